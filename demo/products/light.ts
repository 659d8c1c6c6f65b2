import type { DemoProduct } from "../types.ts";
import { picture } from "./picture.ts";

export const light: DemoProduct[] = [
  {
    handle: "paper-lantern",
    title: { en: "Ribbed Paper Lantern", "zh-CN": "竹骨纸灯笼" },
    description: {
      en: "<p>The lantern that hangs over our own stall. Long-fibre mulberry paper is pasted over a single spiral of bamboo, so it opens with one pull and folds flat again in January.</p><p>Natural gives a warm, even light to eat by. Persimmon is dyed in the sheet and glows like the inside of the fruit; it is for mood more than for reading.</p><ul><li><strong>Fits:</strong> an E27 pendant cord with an LED bulb up to 9 W (not included)</li><li><strong>Use:</strong> indoors, or outside on a dry night</li><li><strong>Care:</strong> dust with a soft brush</li></ul>",
      "zh-CN":
        "<p>我们摊子上挂的就是这一款。长纤维桑皮纸糊在一根螺旋竹骨上，一拉就开，收的时候一压就平。</p><p>原色的光匀而暖，适合照着吃饭；柿子红是整张纸先染后糊，亮起来像剖开的柿子，更适合添气氛，看书就暗了些。</p><ul><li><strong>适配：</strong>E27 吊线，9 瓦以内 LED 灯泡（均另购）</li><li><strong>使用：</strong>室内，或不下雨的晚上挂室外</li><li><strong>保养：</strong>软毛刷掸灰</li></ul>",
    },
    vendor: "Reed and Wick",
    type: { en: "Lantern", "zh-CN": "灯笼" },
    tags: ["light", "lantern", "paper", "bamboo"],
    options: [
      {
        name: { en: "Colour", "zh-CN": "颜色" },
        values: [
          { en: "Natural", "zh-CN": "原色" },
          { en: "Persimmon", "zh-CN": "柿子红" },
        ],
      },
      {
        name: { en: "Diameter", "zh-CN": "直径" },
        values: [
          { en: "30 cm", "zh-CN": "30 厘米" },
          { en: "40 cm", "zh-CN": "40 厘米" },
          { en: "60 cm", "zh-CN": "60 厘米" },
        ],
      },
    ],
    variants: [
      { sku: "LGT-LAN-NAT-30", options: ["Natural", "30 cm"], price: 6900, grams: 180, stock: 44, image: 0 },
      { sku: "LGT-LAN-NAT-40", options: ["Natural", "40 cm"], price: 9900, grams: 260, stock: 31, image: 0 },
      { sku: "LGT-LAN-NAT-60", options: ["Natural", "60 cm"], price: 16900, grams: 480, stock: 4, image: 0 },
      { sku: "LGT-LAN-PER-30", options: ["Persimmon", "30 cm"], price: 7900, grams: 180, stock: 26, image: 1 },
      { sku: "LGT-LAN-PER-40", options: ["Persimmon", "40 cm"], price: 10900, grams: 260, stock: 18, image: 1 },
      { sku: "LGT-LAN-PER-60", options: ["Persimmon", "60 cm"], price: 17900, grams: 480, stock: 0, image: 1 },
    ],
    images: [
      picture("paper-lantern-natural", "Round natural paper lantern glowing at dusk", "黄昏里亮着的原色圆纸灯笼"),
      picture("paper-lantern-persimmon", "Round persimmon paper lantern glowing at dusk", "黄昏里亮着的柿子红纸灯笼"),
      picture(
        "paper-lantern-trio",
        "Three sizes of paper lantern hung together over a table",
        "桌子上方挂着三种尺寸的纸灯笼",
      ),
    ],
    collections: ["light"],
    seo: {
      title: { en: "Ribbed Bamboo and Paper Lantern", "zh-CN": "竹骨桑皮纸灯笼" },
      description: {
        en: "Mulberry paper over a bamboo spiral; folds flat. 30, 40 or 60 cm, natural or persimmon.",
        "zh-CN": "桑皮纸糊螺旋竹骨，可折平收纳，30/40/60 厘米，原色与柿子红。",
      },
    },
  },
  {
    handle: "pleated-table-lamp",
    title: { en: "Pleated Table Lamp", "zh-CN": "百褶台灯" },
    description: {
      en: "<p>A stoneware base from Rivermouth Kiln, and a shade of pleated paper made by the woman who has the stall next to theirs. The pleats are scored and folded by hand, 96 to a shade, then lined so the bulb never shows.</p><p>There is an in-line dimmer, a cloth-covered cord and a brass pull. The light falls wide enough for a bedside book.</p><ul><li><strong>Size:</strong> 36 cm across, 52 cm tall; 2 m cord</li><li><strong>Bulb:</strong> E27, dimmable LED 6 W, included</li><li><strong>Care:</strong> dry cloth for the base, hairdryer on cool for the pleats</li></ul>",
      "zh-CN":
        "<p>底座是河口窑的炻器，灯罩出自隔壁摊的大姐之手：纸先划线再手折，一只 96 道褶，里面加了衬，看不见灯泡。</p><p>线控调光，布面电线，黄铜拉绳。光铺得开，放床头看书够用。</p><ul><li><strong>尺寸：</strong>宽 36 厘米，高 52 厘米，线长 2 米</li><li><strong>光源：</strong>E27 可调光 LED 6 瓦，随灯附送</li><li><strong>保养：</strong>底座用干布擦，褶子里的灰用吹风机冷风吹</li></ul><p>三种底座都是手工上釉，深浅会有些出入。</p>",
    },
    vendor: "Reed and Wick",
    type: { en: "Lamp", "zh-CN": "台灯" },
    tags: ["light", "lamp", "ceramics", "home"],
    options: [
      {
        name: { en: "Base", "zh-CN": "底座" },
        values: [
          { en: "Celadon", "zh-CN": "青釉" },
          { en: "Rust", "zh-CN": "铁锈红" },
          { en: "Ash", "zh-CN": "灰白" },
        ],
      },
    ],
    variants: [
      {
        sku: "LGT-LMP-CEL",
        options: ["Celadon"],
        price: 89900,
        grams: 2600,
        barcode: "2000001000342",
        stock: 4,
        image: 0,
      },
      {
        sku: "LGT-LMP-RUS",
        options: ["Rust"],
        price: 89900,
        grams: 2600,
        barcode: "2000001000359",
        stock: 6,
        image: 1,
      },
      { sku: "LGT-LMP-ASH", options: ["Ash"], price: 89900, grams: 2600, barcode: "2000001000366", stock: 0, image: 2 },
    ],
    images: [
      picture(
        "table-lamp-celadon",
        "Lit table lamp with a pleated shade and a celadon base",
        "亮着的百褶台灯，青釉底座",
      ),
      picture(
        "table-lamp-rust",
        "Lit table lamp with a pleated shade and a rust red base",
        "亮着的百褶台灯，铁锈红底座",
      ),
      picture(
        "table-lamp-ash",
        "Lit table lamp with a pleated shade and an off-white base",
        "亮着的百褶台灯，灰白底座",
      ),
      picture("table-lamp-shade", "Close view of the paper pleats and the brass pull", "纸褶与黄铜拉绳的细部"),
    ],
    collections: ["light", "new-arrivals"],
    seo: {
      title: { en: "Pleated Paper and Stoneware Table Lamp", "zh-CN": "百褶纸罩炻器台灯" },
      description: {
        en: "Hand-folded paper shade on a glazed stoneware base, with dimmer. Three base colours.",
        "zh-CN": "手折纸罩配炻器底座，可调光，三种釉色。",
      },
    },
  },
  {
    handle: "carry-lantern",
    title: { en: "Carry Lantern", "zh-CN": "提灯" },
    description: {
      en: "<p>For the walk from the kitchen to the far end of the garden. An ash frame, stained walnut and joined without screws, holds four panes of laminated paper that can be wiped with a damp cloth.</p><p>Inside is a small rechargeable lamp with three levels and a slow flicker you can switch off. It lifts out through the base when you want it bare.</p><ul><li><strong>Size:</strong> 18 × 18 × 32 cm without the handle</li><li><strong>Light:</strong> 2 W LED, 8 to 40 hours, USB-C cable included</li><li><strong>Use:</strong> splash-proof, not for standing in the rain</li></ul>",
      "zh-CN":
        "<p>从厨房走到院子那一头，提着它正好。白蜡木框架染成胡桃色，全用榫卯，不打钉；四面覆膜纸，湿布能擦。</p><p>里面是一枚充电小灯，三档亮度，另有一档慢慢摇曳的烛光，不喜欢可以关掉。灯芯从底部取出来，单独用也行。</p><ul><li><strong>尺寸：</strong>18 × 18 × 32 厘米（不含提手）</li><li><strong>光源：</strong>2 瓦 LED，续航 8 到 40 小时，附 USB-C 线</li><li><strong>使用：</strong>防溅水，别长时间淋雨</li></ul>",
    },
    vendor: "Reed and Wick",
    type: { en: "Lantern", "zh-CN": "灯笼" },
    tags: ["light", "lantern", "rechargeable", "wood", "gift"],
    options: [],
    variants: [
      {
        sku: "LGT-CAR-1",
        options: [],
        price: 35900,
        compareAt: 39900,
        grams: 1150,
        barcode: "2000001000373",
        stock: 12,
        image: 0,
      },
    ],
    images: [
      picture("carry-lantern", "Wooden lantern with paper panes and a handle, glowing", "亮着的木框纸面提灯"),
      picture(
        "carry-lantern-step",
        "The lantern on stone steps by a door, a pair of boots beside it",
        "门前石阶上的提灯，旁边一双靴子",
      ),
    ],
    collections: ["light", "gifts"],
    seo: {
      title: { en: "Rechargeable Wood and Paper Carry Lantern", "zh-CN": "榫卯木框充电提灯" },
      description: {
        en: "A joined ash frame with wipeable paper panes and a rechargeable three-level lamp.",
        "zh-CN": "白蜡木榫卯框，可擦拭纸面，三档充电灯芯。",
      },
    },
  },
  {
    handle: "beeswax-tapers",
    title: { en: "Beeswax Tapers", "zh-CN": "蜂蜡长烛" },
    description: {
      en: "<p>Hand-dipped, about thirty times each, which is why they are slightly thicker at the foot than at the tip. Beeswax burns slowly and smells faintly of honey when you put it out.</p><p>Sold in threes and wrapped in a paper band. The colour is only in the outer layers; the heart of every candle stays yellow.</p><ul><li><strong>Size:</strong> 2.2 cm at the foot, 28 cm long; about eight hours each</li><li><strong>Use:</strong> trim the wick to 5 mm, keep out of draughts, never leave alone</li><li><strong>Note:</strong> brass holders not included</li></ul>",
      "zh-CN":
        "<p>每支蘸蜡三十来次，所以上细下粗，不是模子里倒出来的。蜂蜡烧得慢，吹灭时有一点蜜香。</p><p>三支一组，纸腰封捆好。颜色只染在外面几层，烛心始终是蜂蜡本来的黄。</p><ul><li><strong>尺寸：</strong>底径 2.2 厘米，长 28 厘米，每支约燃八小时</li><li><strong>使用：</strong>烛芯剪到 5 毫米，避开风口，人走烛灭</li><li><strong>提示：</strong>黄铜烛台另售，不随烛附送</li></ul>",
    },
    vendor: "Reed and Wick",
    type: { en: "Candle", "zh-CN": "蜡烛" },
    tags: ["light", "candle", "beeswax"],
    options: [
      {
        name: { en: "Colour", "zh-CN": "颜色" },
        values: [
          { en: "Honey", "zh-CN": "蜜黄" },
          { en: "Brick", "zh-CN": "砖红" },
          { en: "Indigo", "zh-CN": "靛蓝" },
        ],
      },
    ],
    variants: [
      {
        sku: "LGT-TAP-HON",
        options: ["Honey"],
        price: 8800,
        grams: 330,
        barcode: "2000001000380",
        stock: 28,
        image: 0,
      },
      {
        sku: "LGT-TAP-BRI",
        options: ["Brick"],
        price: 8800,
        grams: 330,
        barcode: "2000001000397",
        stock: 17,
        image: 1,
      },
      {
        sku: "LGT-TAP-IND",
        options: ["Indigo"],
        price: 8800,
        grams: 330,
        barcode: "2000001000403",
        stock: 9,
        image: 2,
      },
    ],
    images: [
      picture(
        "tapers-honey",
        "Three lit honey-coloured beeswax tapers in brass holders",
        "三支点燃的蜜黄色长烛，插在铜烛台上",
      ),
      picture("tapers-brick", "Three lit brick red tapers in brass holders", "三支点燃的砖红色长烛"),
      picture("tapers-indigo", "Three lit indigo tapers in brass holders", "三支点燃的靛蓝色长烛"),
      picture(
        "tapers-bundle",
        "Tapers of all three colours tied together with a paper band",
        "三色长烛用纸腰封捆在一起",
      ),
    ],
    collections: ["light"],
    seo: {
      title: { en: "Hand-Dipped Beeswax Tapers, Set of Three", "zh-CN": "手蘸蜂蜡长烛 三支装" },
      description: {
        en: "Pure beeswax tapers, dipped by hand, in honey, brick or indigo. Eight hours each.",
        "zh-CN": "纯蜂蜡手工蘸制，蜜黄、砖红、靛蓝，每支约燃八小时。",
      },
    },
  },
];
