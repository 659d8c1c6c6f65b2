import type { DemoProduct } from "../types.ts";
import { picture } from "./picture.ts";

export const scent: DemoProduct[] = [
  {
    handle: "incense-sticks",
    title: { en: "Short Incense Sticks", "zh-CN": "短线香" },
    description: {
      en: "<p>Rolled without a bamboo core, so you smell the wood and the flowers and not the stick. Each is made from ground plants, elm bark to bind it, and water; there is no dipping in fragrance oil.</p><p>Cedar is dry and clean, like a drawer. Osmanthus is round and slightly sweet. Mugwort is green and bitter, and good after cooking fish.</p><ul><li><strong>Inside:</strong> 40 sticks of 14 cm, about 30 minutes each</li><li><strong>Use:</strong> in a holder, away from curtains, with a window ajar</li><li><strong>Keep:</strong> in the tube; the scent settles with time</li></ul>",
      "zh-CN":
        "<p>不用竹芯，点起来只有草木和花的味道。原料磨粉，加榆皮粉和水揉成，不浸香精油。</p><p>雪松干爽，像打开旧抽屉；桂花圆润，带一点甜；艾草青苦，煎完鱼点一支正好。</p><ul><li><strong>内含：</strong>40 支，长 14 厘米，每支约燃 30 分钟</li><li><strong>使用：</strong>插在香座上，离窗帘远些，留一道窗缝</li><li><strong>存放：</strong>收在纸筒里，放久了味道会更稳</li></ul><p>纸筒的盖子翻过来，可以临时接香灰。</p>",
    },
    vendor: "Quiet Yard",
    type: { en: "Incense", "zh-CN": "线香" },
    tags: ["scent", "incense"],
    options: [
      {
        name: { en: "Scent", "zh-CN": "香型" },
        values: [
          { en: "Cedar", "zh-CN": "雪松" },
          { en: "Osmanthus", "zh-CN": "桂花" },
          { en: "Mugwort", "zh-CN": "艾草" },
        ],
      },
    ],
    variants: [
      {
        sku: "SCN-INC-CED",
        options: ["Cedar"],
        price: 5600,
        grams: 110,
        barcode: "2000001000434",
        stock: 48,
        image: 0,
      },
      {
        sku: "SCN-INC-OSM",
        options: ["Osmanthus"],
        price: 5600,
        grams: 110,
        barcode: "2000001000441",
        stock: 4,
        image: 1,
      },
      {
        sku: "SCN-INC-MUG",
        options: ["Mugwort"],
        price: 5600,
        grams: 110,
        barcode: "2000001000458",
        stock: 33,
        image: 2,
      },
    ],
    images: [
      picture("incense-cedar", "Green paper tube of incense sticks with a cedar twig", "绿色纸筒线香，旁边一枝雪松"),
      picture("incense-osmanthus", "Ochre paper tube of incense sticks with osmanthus", "赭黄纸筒线香，旁边是桂花"),
      picture("incense-mugwort", "Sage paper tube of incense sticks with mugwort", "灰绿纸筒线香，旁边是艾草"),
      picture("incense-tubes", "All three tubes lying open from above", "三种香型的纸筒平铺"),
    ],
    collections: ["scent"],
    seo: {
      title: { en: "Coreless Incense Sticks: Cedar, Osmanthus, Mugwort", "zh-CN": "无芯短线香 雪松/桂花/艾草" },
      description: {
        en: "Forty short incense sticks from ground plants and elm bark, without fragrance oil.",
        "zh-CN": "草木研粉手作线香四十支，不浸香精油，三种香型。",
      },
    },
  },
  {
    handle: "pebble-incense-holder",
    title: { en: "Pebble Incense Holder", "zh-CN": "卵石香座" },
    description: {
      en: "<p>A stoneware pebble with one small hole, on a wide white dish that catches all the ash. The stick leans at an angle, and the ash falls inside the rim even at the end.</p><p>The pebbles are shaped by hand around a walnut-sized lump of clay, so each is a little different and sits in its own way. The two parts are separate; the dish is also good for rings.</p><ul><li><strong>Size:</strong> pebble about 7 × 4 cm, dish 16 cm</li><li><strong>Fits:</strong> sticks up to 3 mm thick and 16 cm long</li><li><strong>Care:</strong> empty when cold, wash by hand</li></ul>",
      "zh-CN":
        "<p>一枚炻器卵石，顶上一个小孔，配一只宽口白盘接灰。香是斜着插的，烧到最后一截，灰也落在盘里。</p><p>卵石是拿核桃大的一团泥在手心里揉出来的，每一枚坐着的样子都不同。石和盘可以分开，盘子平时放戒指也好。</p><ul><li><strong>尺寸：</strong>卵石约 7 × 4 厘米，盘径 16 厘米</li><li><strong>适配：</strong>直径 3 毫米以内、长 16 厘米以内的线香</li><li><strong>保养：</strong>放凉再倒灰，手洗</li></ul>",
    },
    vendor: "Quiet Yard",
    type: { en: "Incense holder", "zh-CN": "香具" },
    tags: ["scent", "incense", "ceramics", "gift"],
    options: [
      {
        name: { en: "Glaze", "zh-CN": "釉色" },
        values: [
          { en: "Moss", "zh-CN": "苔绿" },
          { en: "Ink", "zh-CN": "墨蓝" },
        ],
      },
    ],
    variants: [
      {
        sku: "SCN-HLD-MOS",
        options: ["Moss"],
        price: 12800,
        grams: 420,
        barcode: "2000001000465",
        stock: 15,
        image: 0,
      },
      { sku: "SCN-HLD-INK", options: ["Ink"], price: 12800, grams: 420, barcode: "2000001000472", stock: 10, image: 1 },
    ],
    images: [
      picture(
        "pebble-holder-moss",
        "Moss green pebble holding a burning incense stick over a white dish",
        "苔绿卵石香座，插着点燃的线香",
      ),
      picture(
        "pebble-holder-ink",
        "Dark blue pebble holding a burning incense stick over a white dish",
        "墨蓝卵石香座，插着点燃的线香",
      ),
      picture("pebble-holder-top", "Both pebbles in one dish from above", "俯看盘中两枚卵石"),
    ],
    collections: ["scent", "gifts"],
    seo: {
      title: { en: "Stoneware Pebble Incense Holder", "zh-CN": "炻器卵石香座" },
      description: {
        en: "Hand-shaped stoneware pebble on a 16 cm ash dish, in moss or ink glaze.",
        "zh-CN": "手捏炻器卵石配 16 厘米接灰盘，苔绿与墨蓝两色。",
      },
    },
  },
  {
    handle: "stoneware-candle",
    title: { en: "Stoneware Candle", "zh-CN": "炻杯香烛" },
    description: {
      en: "<p>Soy and beeswax, poured into a cup from Rivermouth Kiln that is yours to drink from afterwards. Each scent has its own glaze: cedar in moss, osmanthus in oat, mugwort in celadon.</p><p>Burn it for two hours the first time, until the whole surface is liquid; after that it melts evenly. A cork-lined wooden lid puts it out without smoke.</p><ul><li><strong>Wax:</strong> 200 g, about 42 hours, cotton wick</li><li><strong>Cup:</strong> 8.5 cm across, 9 cm tall</li><li><strong>After:</strong> pour in boiling water, lift out the wax, wash</li></ul>",
      "zh-CN":
        "<p>大豆蜡加蜂蜡，灌在河口窑的杯子里，烧完洗净就是一只茶杯。一种香配一种釉：雪松配苔绿，桂花配燕麦，艾草配青釉。</p><p>头一回点够两小时，让表面全化开，往后就烧得平。木盖内衬软木，盖上即灭，不冒烟。</p><ul><li><strong>蜡：</strong>200 克，约燃 42 小时，棉芯</li><li><strong>杯：</strong>口径 8.5 厘米，高 9 厘米</li><li><strong>烧完以后：</strong>倒入沸水，取出余蜡，洗净即可</li></ul>",
    },
    vendor: "Quiet Yard",
    type: { en: "Scented candle", "zh-CN": "香氛蜡烛" },
    tags: ["scent", "candle", "ceramics", "gift"],
    options: [
      {
        name: { en: "Scent", "zh-CN": "香型" },
        values: [
          { en: "Cedar", "zh-CN": "雪松" },
          { en: "Osmanthus", "zh-CN": "桂花" },
          { en: "Mugwort", "zh-CN": "艾草" },
        ],
      },
    ],
    variants: [
      {
        sku: "SCN-CAN-CED",
        options: ["Cedar"],
        price: 16800,
        grams: 640,
        barcode: "2000001000489",
        stock: 20,
        image: 0,
      },
      {
        sku: "SCN-CAN-OSM",
        options: ["Osmanthus"],
        price: 16800,
        grams: 640,
        barcode: "2000001000496",
        stock: 16,
        image: 1,
      },
      {
        sku: "SCN-CAN-MUG",
        options: ["Mugwort"],
        price: 13800,
        compareAt: 16800,
        grams: 640,
        barcode: "2000001000502",
        stock: 3,
        image: 2,
      },
    ],
    images: [
      picture(
        "candle-cedar",
        "Lit candle in a moss green stoneware cup with a cedar twig",
        "苔绿炻杯香烛，旁边一枝雪松",
      ),
      picture("candle-osmanthus", "Lit candle in an oat stoneware cup with osmanthus", "燕麦色炻杯香烛，旁边是桂花"),
      picture("candle-mugwort", "Lit candle in a celadon stoneware cup with mugwort", "青釉炻杯香烛，旁边是艾草"),
      picture(
        "candle-box",
        "The moss candle closed with its wooden lid beside its carton",
        "盖着木盖的苔绿香烛与包装盒",
      ),
    ],
    collections: ["scent", "new-arrivals"],
    seo: {
      title: { en: "Scented Candle in a Stoneware Cup", "zh-CN": "炻器杯香氛蜡烛" },
      description: {
        en: "Soy and beeswax candle in a reusable stoneware cup with a wooden lid. 42 hours.",
        "zh-CN": "大豆蜡加蜂蜡，炻器杯可继续使用，附木盖，约燃 42 小时。",
      },
    },
  },
];
