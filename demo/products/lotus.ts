import type { DemoProduct } from "../types.ts";
import { picture } from "./picture.ts";

export const lotus: DemoProduct[] = [
  {
    handle: "floating-lotus-lantern",
    title: { en: "Floating Lotus Lantern", "zh-CN": "荷花河灯" },
    description: {
      en: "<p>Thirteen petals of waxed mulberry paper on a cork float, folded the way they are folded for the river festival. Set it on a pond, a bath or a wide bowl and light the candle in the middle; the petals do the rest.</p><p>It is made for one long evening and survives several. When it is done, paper, cork and wax can all go on the compost.</p><ul><li><strong>Size:</strong> 26 cm across, 15 cm tall</li><li><strong>Light:</strong> one beeswax tealight, about four hours, included</li><li><strong>Use:</strong> still water, no wind, and bring it home afterwards</li></ul>",
      "zh-CN":
        "<p>十三瓣上蜡桑皮纸，软木托底，照着放河灯的老办法折。搁在池塘里、浴缸里、一只大碗里都行，点上中间的蜡烛，剩下的交给花瓣。</p><p>为一个长长的夜晚做的，多用几次也撑得住。用完了，纸、软木和蜡都能堆肥。</p><ul><li><strong>尺寸：</strong>宽 26 厘米，高 15 厘米</li><li><strong>光源：</strong>蜂蜡茶烛一枚，约燃四小时，随灯附送</li><li><strong>使用：</strong>放在静水上，避风，用完记得带回家</li></ul>",
    },
    vendor: "Reed and Wick",
    type: { en: "Lantern", "zh-CN": "灯笼" },
    tags: ["light", "lantern", "paper", "festival", "gift"],
    options: [
      {
        name: { en: "Colour", "zh-CN": "颜色" },
        values: [
          { en: "Rose", "zh-CN": "荷粉" },
          { en: "Gold", "zh-CN": "金盏" },
        ],
      },
    ],
    variants: [
      { sku: "LGT-LOT-ROS", options: ["Rose"], price: 12800, grams: 190, stock: 90, image: 0 },
      { sku: "LGT-LOT-GLD", options: ["Gold"], price: 12800, grams: 190, stock: 36, image: 1 },
    ],
    images: [
      picture(
        "lotus-lantern-rose",
        "Rose paper lotus with a lit candle, afloat at dusk",
        "暮色水面上点着烛的荷粉纸荷花",
      ),
      picture(
        "lotus-lantern-gold",
        "Gold paper lotus with a lit candle, afloat at dusk",
        "暮色水面上点着烛的金色纸荷花",
      ),
      picture("lotus-lantern-pair", "A rose and a gold lotus lantern side by side", "荷粉与金盏两盏河灯并排漂着"),
    ],
    collections: ["light", "gifts", "new-arrivals"],
    seo: {
      title: { en: "Floating Paper Lotus Lantern", "zh-CN": "纸荷花河灯" },
      description: {
        en: "Waxed mulberry paper petals on a cork float, with a beeswax tealight. Rose or gold.",
        "zh-CN": "上蜡桑皮纸花瓣，软木托底，附蜂蜡茶烛，荷粉与金盏两色。",
      },
    },
  },
];
