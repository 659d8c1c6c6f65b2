import { picture } from "./products/picture.ts";
import type { DemoCollection, DemoProduct, DemoShop } from "./types.ts";

/** A second shop, unlike the first in currency and trade, to show that shops cannot see one another. */
export const shop: DemoShop = {
  name: { en: "Acme Workshop", "zh-CN": "顶点工坊" },
  tagline: { en: "Tools that hold an edge", "zh-CN": "趁手，耐用" },
  story: {
    en: "Four tools, made to be sharpened, re-handled and handed on. We keep the range small and the spare parts in stock.",
    "zh-CN": "只做四样工具：能磨、能换柄、能传下去。品类不多，配件常备。",
  },
};

export const collections: DemoCollection[] = [
  {
    handle: "hand-tools",
    title: { en: "Hand Tools", "zh-CN": "手工工具" },
    description: { en: "Everything for a first bench.", "zh-CN": "第一张工作台需要的都在这里。" },
    image: picture("acme-chisels", "Three chisels on a bench", "工作台上的三把凿子"),
  },
];

export const products: DemoProduct[] = [
  {
    handle: "bench-hammer",
    title: { en: "Bench Hammer", "zh-CN": "木工锤" },
    description: {
      en: "<p>A 450 g forged head on a straight-grained ash handle, wedged so it can be changed. One round face for nails, one tapered peen for starting small pins.</p>",
      "zh-CN": "<p>450 克锻钢锤头，直纹白蜡木柄，楔子固定，可以更换。一头圆面敲钉，一头扁尖起小钉。</p>",
    },
    vendor: "Acme Workshop",
    type: { en: "Hammer", "zh-CN": "锤子" },
    tags: ["tools", "hammer"],
    options: [],
    variants: [{ sku: "ACM-HAM-450", options: [], price: 3400, grams: 680, stock: 25, image: 0 }],
    images: [picture("acme-hammer", "Cross-peen hammer with an ash handle on a bench", "工作台上的白蜡木柄锤")],
    collections: ["hand-tools"],
    seo: {
      title: { en: "Bench Hammer, 450 g", "zh-CN": "木工锤 450 克" },
      description: { en: "Forged 450 g hammer with an ash handle.", "zh-CN": "450 克锻钢锤头，白蜡木柄。" },
    },
  },
  {
    handle: "smoothing-plane",
    title: { en: "Smoothing Plane", "zh-CN": "手推刨" },
    description: {
      en: "<p>Cast iron, ground flat, with a 50 mm blade and hardwood handles. It arrives sharp; ten strokes on a stone keep it so.</p>",
      "zh-CN": "<p>铸铁刨身，底面研平，50 毫米刨刃，硬木把手。出厂已开刃，偶尔在磨石上走十来下就够。</p>",
    },
    vendor: "Acme Workshop",
    type: { en: "Plane", "zh-CN": "刨子" },
    tags: ["tools", "plane"],
    options: [],
    variants: [{ sku: "ACM-PLN-50", options: [], price: 12900, compareAt: 14900, grams: 1900, stock: 3, image: 0 }],
    images: [picture("acme-plane", "Hand plane with curled shavings", "手推刨与卷曲的刨花")],
    collections: ["hand-tools"],
    seo: {
      title: { en: "Smoothing Plane, 50 mm", "zh-CN": "手推刨 50 毫米" },
      description: { en: "Cast iron smoothing plane with hardwood handles.", "zh-CN": "铸铁手推刨，硬木把手。" },
    },
  },
  {
    handle: "bevel-edge-chisel",
    title: { en: "Bevel-Edge Chisel", "zh-CN": "斜边凿" },
    description: {
      en: "<p>Tempered steel, brass ferrule, ash handle. Each width has its own colour dip, so you can find it in a full drawer.</p>",
      "zh-CN": "<p>回火钢刃，黄铜箍，白蜡木柄。每个宽度蘸一种颜色，抽屉再满也找得到。</p>",
    },
    vendor: "Acme Workshop",
    type: { en: "Chisel", "zh-CN": "凿子" },
    tags: ["tools", "chisel"],
    options: [
      {
        name: { en: "Width", "zh-CN": "刃宽" },
        values: [
          { en: "12 mm", "zh-CN": "12 毫米" },
          { en: "18 mm", "zh-CN": "18 毫米" },
          { en: "25 mm", "zh-CN": "25 毫米" },
        ],
      },
    ],
    variants: [
      { sku: "ACM-CHI-12", options: ["12 mm"], price: 2800, grams: 210, stock: 18, image: 0 },
      { sku: "ACM-CHI-18", options: ["18 mm"], price: 3100, grams: 240, stock: 12, image: 0 },
      { sku: "ACM-CHI-25", options: ["25 mm"], price: 3500, grams: 280, stock: 0, image: 0 },
    ],
    images: [
      picture("acme-chisels", "Three chisels with red, grey and ochre handle ends", "三把凿子，柄尾分别是红、灰、赭色"),
    ],
    collections: ["hand-tools"],
    seo: {
      title: { en: "Bevel-Edge Chisel", "zh-CN": "斜边木工凿" },
      description: { en: "Bevel-edge chisel, 12, 18 or 25 mm.", "zh-CN": "斜边凿，12、18、25 毫米。" },
    },
  },
  {
    handle: "shop-apron",
    title: { en: "Shop Apron", "zh-CN": "工坊围裙" },
    description: {
      en: "<p>Twill that shrugs off glue, leather straps that cross at the back, and one wide pocket for a rule and two pencils.</p>",
      "zh-CN": "<p>斜纹布不怕胶水，皮带在背后交叉，一只宽口袋放尺子和两支铅笔。</p>",
    },
    vendor: "Acme Workshop",
    type: { en: "Apron", "zh-CN": "围裙" },
    tags: ["workwear", "apron"],
    options: [],
    variants: [{ sku: "ACM-APR-1", options: [], price: 5900, grams: 620, stock: 9, image: 0 }],
    images: [
      picture("acme-apron", "Slate blue apron with leather straps and a wide pocket", "石板蓝围裙，皮带，宽口袋"),
    ],
    collections: ["hand-tools"],
    seo: {
      title: { en: "Twill Shop Apron", "zh-CN": "斜纹布工坊围裙" },
      description: { en: "Heavy twill apron with leather straps.", "zh-CN": "厚斜纹布围裙，皮带。" },
    },
  },
];
