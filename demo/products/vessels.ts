import type { DemoProduct } from "../types.ts";
import { picture } from "./picture.ts";

export const vessels: DemoProduct[] = [
  {
    handle: "narrow-neck-vase",
    title: { en: "Narrow-Neck Vase", "zh-CN": "细颈花插" },
    description: {
      en: "<p>Made for one branch at a time. The neck is 2 cm wide and slightly waisted, so a single stem stands where you put it instead of leaning on the lip.</p><p>Thrown in two parts and joined at the shoulder; if you look along the light you can find the seam. Glazed inside to hold water, bare at the foot, with felt dots underneath for a wooden shelf.</p><ul><li><strong>Size:</strong> 12 cm across, 15 cm tall</li><li><strong>Use:</strong> fill to the shoulder, change the water every other day</li><li><strong>Care:</strong> wash by hand with a thin brush</li></ul>",
      "zh-CN":
        "<p>一次只插一枝。颈口 2 厘米，中间略收，花枝放在哪里就停在哪里，不会歪到瓶沿上。</p><p>分上下两段拉坯，在肩部接起来，顺着光细看能找到那道接缝。内壁满釉，可以盛水；底足露泥，贴了毛毡，放木架上不刮。</p><ul><li><strong>尺寸：</strong>直径 12 厘米，高 15 厘米</li><li><strong>用法：</strong>水加到肩部，隔天一换</li><li><strong>保养：</strong>用细刷手洗</li></ul>",
    },
    vendor: "Rivermouth Kiln",
    type: { en: "Vase", "zh-CN": "花器" },
    tags: ["ceramics", "vase", "home", "gift"],
    options: [
      {
        name: { en: "Glaze", "zh-CN": "釉色" },
        values: [
          { en: "Rust", "zh-CN": "铁锈红" },
          { en: "Ash", "zh-CN": "灰白" },
          { en: "Moss", "zh-CN": "苔绿" },
        ],
      },
    ],
    variants: [
      {
        sku: "CER-VAS-RUS",
        options: ["Rust"],
        price: 11900,
        grams: 480,
        barcode: "2000001000168",
        stock: 13,
        image: 0,
      },
      { sku: "CER-VAS-ASH", options: ["Ash"], price: 11900, grams: 480, barcode: "2000001000175", stock: 10, image: 1 },
      { sku: "CER-VAS-MOS", options: ["Moss"], price: 11900, grams: 480, barcode: "2000001000182", stock: 1, image: 2 },
    ],
    images: [
      picture("vase-rust", "Rust red narrow-neck vase with three dried ears of grain", "铁锈红细颈瓶，插着三枝干谷穗"),
      picture("vase-ash", "Off-white narrow-neck vase with a flowering plum branch", "灰白细颈瓶，插一枝梅花"),
      picture("vase-moss", "Moss green narrow-neck vase with a leafy branch", "苔绿细颈瓶，插一枝绿叶"),
    ],
    collections: ["ceramics", "gifts"],
    seo: {
      title: { en: "Narrow-Neck Stoneware Bud Vase", "zh-CN": "细颈炻器花插" },
      description: {
        en: "A 15 cm stoneware vase for a single branch. Rust, ash or moss glaze.",
        "zh-CN": "15 厘米高的单枝花插，铁锈红、灰白、苔绿三色。",
      },
    },
  },
  {
    handle: "crescent-plate",
    title: { en: "Crescent Plate", "zh-CN": "半月盘" },
    description: {
      en: "<p>A soft, not-quite-round plate with a low wall all the way round, so sauce stays in and buns do not roll out. It is pressed over a hand-carved form, and every rim is trimmed by eye.</p><p>Two glazes meet in the middle: sand, poured first, then ink. Where they overlap they run a little, and that line is different on each plate.</p><ul><li><strong>Size:</strong> 24 × 23 cm, 3 cm deep</li><li><strong>Use:</strong> a shared dish, fruit, six dumplings</li><li><strong>Care:</strong> dishwasher safe; warm it slowly</li></ul>",
      "zh-CN":
        "<p>不太圆的一只盘，四周起了矮墙，汤汁不外流，包子也滚不出去。泥片压在手雕的模子上成形，盘沿全凭眼睛修。</p><p>两种釉在中间相遇：先浇沙色，再浇墨蓝。交界的地方会自己流一流，所以那条线每只盘子都不同。</p><ul><li><strong>尺寸：</strong>24 × 23 厘米，深 3 厘米</li><li><strong>用法：</strong>一道分享的菜、一盘水果，或六只饺子</li><li><strong>保养：</strong>可进洗碗机，温盘要慢</li></ul>",
    },
    vendor: "Rivermouth Kiln",
    type: { en: "Tableware", "zh-CN": "餐具" },
    tags: ["ceramics", "plate", "tableware"],
    options: [],
    variants: [
      { sku: "CER-PLT-24", options: [], price: 13900, grams: 780, barcode: "2000001000199", stock: 17, image: 0 },
    ],
    images: [
      picture(
        "plate-crescent",
        "Softly rounded plate, half sand and half ink blue, seen from above",
        "俯看半月盘，一半沙色一半墨蓝",
      ),
      picture("plate-crescent-served", "The plate with three steamed buns", "盘中放着三只包子"),
    ],
    collections: ["ceramics"],
    seo: {
      title: { en: "Crescent Serving Plate, 24 cm", "zh-CN": "半月餐盘 24 厘米" },
      description: {
        en: "Hand-pressed stoneware plate in two poured glazes, sand and ink, with a low wall.",
        "zh-CN": "手压成形的双釉餐盘，沙色与墨蓝相接，盘沿起矮墙。",
      },
    },
  },
];
