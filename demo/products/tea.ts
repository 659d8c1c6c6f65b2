import type { DemoProduct } from "../types.ts";
import { picture } from "./picture.ts";

export const tea: DemoProduct[] = [
  {
    handle: "charcoal-roasted-oolong",
    title: { en: "Charcoal-Roasted Oolong", "zh-CN": "炭焙乌龙" },
    description: {
      en: "<p>A dark, settled oolong, roasted three times over longan-wood charcoal with a month's rest between each firing. The leaf is rolled long rather than into balls, so it opens quickly in a small pot.</p><p>Expect toasted grain, a little dried fig, and a sweetness that stays after the cup is empty. It is gentle enough for the evening.</p><ul><li><strong>Brew:</strong> 5 g to 120 ml, water just off the boil, 20 seconds, then add 10 seconds each time</li><li><strong>Good for:</strong> six to seven infusions</li><li><strong>Keep:</strong> in the tin, lid down, away from the spice shelf</li></ul>",
      "zh-CN":
        "<p>龙眼木炭三道慢焙，每焙一道歇足一个月，火气退尽才装罐。条索状的叶子，小壶里舒展得快，不用等。</p><p>入口是焙谷物的香，中段有一点无花果干的味道，喝完杯底还留着甜。火足而不燥，晚上喝也稳当。</p><ul><li><strong>冲泡：</strong>5 克茶配 120 毫升沸水，第一泡 20 秒，往后每泡加 10 秒</li><li><strong>耐泡：</strong>六到七泡</li><li><strong>存放：</strong>盖紧罐盖，别和香料放一处</li></ul>",
    },
    vendor: "Tenlamp Tea",
    type: { en: "Oolong tea", "zh-CN": "乌龙茶" },
    tags: ["tea", "oolong", "roasted", "loose-leaf"],
    options: [
      {
        name: { en: "Weight", "zh-CN": "净含量" },
        values: [
          { en: "50 g", "zh-CN": "50 克" },
          { en: "100 g", "zh-CN": "100 克" },
          { en: "250 g", "zh-CN": "250 克" },
        ],
      },
    ],
    variants: [
      { sku: "TEA-OOL-050", options: ["50 g"], price: 5800, grams: 140, barcode: "2000001000014", stock: 42, image: 0 },
      {
        sku: "TEA-OOL-100",
        options: ["100 g"],
        price: 10800,
        grams: 210,
        barcode: "2000001000021",
        stock: 30,
        image: 0,
      },
      {
        sku: "TEA-OOL-250",
        options: ["250 g"],
        price: 24800,
        compareAt: 27000,
        grams: 420,
        barcode: "2000001000038",
        stock: 3,
        image: 0,
      },
    ],
    images: [
      picture(
        "oolong-tin",
        "Dark green tea tin with a brass lid and a cream label, rolled oolong leaves beside it",
        "深绿色铜盖茶罐，罐旁散着一小撮乌龙茶叶",
      ),
      picture(
        "oolong-cup",
        "A pale cup of amber oolong seen from above, with dry leaves on the table",
        "俯看一杯琥珀色茶汤，桌上是干茶",
      ),
    ],
    collections: ["tea"],
    seo: {
      title: { en: "Charcoal-Roasted Oolong Tea", "zh-CN": "炭焙乌龙茶" },
      description: {
        en: "Loose-leaf oolong roasted three times over longan charcoal. Toasted grain, dried fig, a long sweet finish.",
        "zh-CN": "龙眼木炭三道慢焙的条形乌龙，焙谷香、果干甜，耐泡六到七次。",
      },
    },
  },
  {
    handle: "jasmine-pearls",
    title: { en: "Jasmine Pearls", "zh-CN": "茉莉龙珠" },
    description: {
      en: "<p>Young spring buds, rolled by hand into pearls and laid with fresh jasmine on five summer nights. The flowers open after dark, give up their scent, and are sifted out before morning; no oil or flavouring is added.</p><p>The cup is pale and soft. The jasmine sits on top of a real green tea, not instead of it.</p><ul><li><strong>Brew:</strong> eight to ten pearls in a 200 ml glass, 80 °C, two minutes</li><li><strong>Refill:</strong> at least three times, with half the glass left in each time</li><li><strong>Keep:</strong> closed and cool; best within a year of opening</li></ul>",
      "zh-CN":
        "<p>春天的嫩芽手工搓成小珠，伏天里用鲜茉莉窨五个夜晚。花在入夜后开，香气让茶吃进去，天亮前筛净花渣，不添香精。</p><p>茶汤浅亮，花香浮在前头，底下仍是一杯正经绿茶。投进玻璃杯里，看它一颗颗松开，也是乐趣。</p><ul><li><strong>冲泡：</strong>200 毫升杯放八到十颗，80 ℃ 水，两分钟</li><li><strong>续水：</strong>留半杯再添，可续三次以上</li><li><strong>存放：</strong>密封阴凉，开封一年内喝完最好</li></ul>",
    },
    vendor: "Tenlamp Tea",
    type: { en: "Scented green tea", "zh-CN": "花茶" },
    tags: ["tea", "green", "jasmine", "loose-leaf"],
    options: [
      {
        name: { en: "Weight", "zh-CN": "净含量" },
        values: [
          { en: "50 g", "zh-CN": "50 克" },
          { en: "100 g", "zh-CN": "100 克" },
        ],
      },
    ],
    variants: [
      { sku: "TEA-JAS-050", options: ["50 g"], price: 6800, grams: 120, barcode: "2000001000045", stock: 25, image: 0 },
      {
        sku: "TEA-JAS-100",
        options: ["100 g"],
        price: 12800,
        grams: 190,
        barcode: "2000001000052",
        stock: 0,
        image: 0,
      },
    ],
    images: [
      picture(
        "jasmine-tube",
        "Tall cream tea canister with jasmine flowers and rolled green tea pearls",
        "米白色高茶罐，旁边是茉莉花和龙珠茶",
      ),
      picture("jasmine-pearls", "A bowl full of rolled jasmine tea pearls from above", "一碗茉莉龙珠，俯视"),
    ],
    collections: ["tea", "new-arrivals"],
    seo: {
      title: { en: "Hand-Rolled Jasmine Pearls Green Tea", "zh-CN": "手搓茉莉龙珠花茶" },
      description: {
        en: "Spring buds rolled by hand and scented five times with fresh jasmine. No added flavouring.",
        "zh-CN": "春芽手搓成珠，鲜茉莉五窨，不添香精。",
      },
    },
  },
  {
    handle: "aged-white-tea-cake",
    title: { en: "Aged White Tea Cake", "zh-CN": "老白茶饼" },
    description: {
      en: "<p>A 200 g cake of sun-withered white tea, picked in 2019, pressed in 2020 and kept dry since. Time has turned the fresh hay note into dates and dry wood.</p><p>It comes wrapped by hand in one sheet of mulberry paper, with thirty pleats at the back. Break off what you need along the edge with a tea pick and fold the paper closed again.</p><ul><li><strong>Brew:</strong> 5 g to 150 ml, boiling water, 15 seconds</li><li><strong>Simmer:</strong> the spent leaf with a slice of dried tangerine peel, ten minutes</li><li><strong>Keep:</strong> dry, dark and out of the fridge</li></ul>",
      "zh-CN":
        "<p>2019 年的春料，日光萎凋，2020 年压饼，一直干仓存着。当年的青草气已经转成枣香和干木头的味道。</p><p>一整张桑皮纸手工包裹，背面三十道褶。用茶针从边缘撬下一小块，纸照原样折回去就好。</p><ul><li><strong>冲泡：</strong>5 克茶配 150 毫升沸水，15 秒出汤</li><li><strong>煮饮：</strong>泡淡以后加一片陈皮，小火煮十分钟</li><li><strong>存放：</strong>干燥避光，不进冰箱</li></ul>",
    },
    vendor: "Tenlamp Tea",
    type: { en: "White tea", "zh-CN": "白茶" },
    tags: ["tea", "white", "aged", "gift"],
    options: [],
    variants: [
      { sku: "TEA-WHT-200", options: [], price: 26800, grams: 260, barcode: "2000001000069", stock: 11, image: 0 },
    ],
    images: [
      picture(
        "white-tea-cake",
        "Round tea cake in pleated paper with a red seal, a broken piece in front",
        "桑皮纸包的圆茶饼，红色印记，前面是撬下的一小块",
      ),
      picture("white-tea-open", "The opened cake on its paper with a tea pick", "摊开的茶饼与茶针"),
    ],
    collections: ["tea", "gifts"],
    seo: {
      title: { en: "Aged White Tea Cake, 200 g", "zh-CN": "2019 春料老白茶饼 200 克" },
      description: {
        en: "Sun-withered white tea from 2019, pressed in 2020 and stored dry. Dates, dry wood, easy to simmer.",
        "zh-CN": "2019 年春料，干仓存放，枣香沉稳，可泡可煮。",
      },
    },
  },
  {
    handle: "toasted-buckwheat-tea",
    title: { en: "Toasted Buckwheat Tea", "zh-CN": "焙炒苦荞茶" },
    description: {
      en: "<p>Whole grains of tartary buckwheat, hulled, steamed and slowly toasted in a drum until they smell like the crust of a loaf. There is no tea leaf in it and so no caffeine. (Buckwheat is an allergen for some people.)</p><p>Pour boiling water over a spoonful in a glass and wait. The water turns gold in three minutes, and the softened grains at the bottom are good to eat.</p><ul><li><strong>Brew:</strong> 8 g to 300 ml, boiling, three minutes; refill twice</li><li><strong>Cold:</strong> leave overnight in the fridge and strain</li><li><strong>Net weight:</strong> 200 g in a resealable pouch</li></ul>",
      "zh-CN":
        "<p>整粒苦荞去壳、蒸透，再用滚筒慢慢焙到有面包皮的香气。没有茶叶，也就没有咖啡因，晚上也能喝。（对荞麦过敏的朋友请留意。）</p><p>抓一小把放玻璃杯，沸水冲下去，三分钟汤色金黄。杯底泡软的荞麦粒可以直接嚼着吃。</p><ul><li><strong>冲泡：</strong>8 克配 300 毫升沸水，三分钟，可续两次</li><li><strong>冷泡：</strong>冰箱里放一夜，滤去麦粒</li><li><strong>净含量：</strong>200 克，自封口袋装</li></ul>",
    },
    vendor: "Tenlamp Tea",
    type: { en: "Grain infusion", "zh-CN": "谷物茶" },
    tags: ["tea", "caffeine-free", "buckwheat"],
    options: [],
    variants: [
      { sku: "TEA-BUC-200", options: [], price: 3900, grams: 230, barcode: "2000001000076", stock: 88, image: 0 },
    ],
    images: [
      picture(
        "buckwheat-pouch",
        "Kraft paper pouch with a window showing toasted buckwheat",
        "牛皮纸袋，小窗里看得见苦荞粒",
      ),
      picture("buckwheat-glass", "A steaming glass of golden buckwheat tea", "一杯冒着热气的金黄苦荞茶"),
    ],
    collections: ["tea"],
    seo: {
      title: { en: "Toasted Buckwheat Tea, Caffeine-Free", "zh-CN": "焙炒苦荞茶 不含咖啡因" },
      description: {
        en: "Whole tartary buckwheat, slowly drum-toasted. A golden, bready, caffeine-free cup.",
        "zh-CN": "整粒苦荞慢火焙炒，汤色金黄，麦香足，不含咖啡因。",
      },
    },
  },
  {
    handle: "five-stall-tea-sampler",
    title: { en: "Five-Stall Tea Sampler", "zh-CN": "五摊试茶盒" },
    description: {
      en: "<p>Five of our teas in one red box, the way you would taste along the street: roasted oolong, jasmine pearls, aged white, toasted buckwheat and a malty black tea that we only sell here.</p><p>Each compartment holds enough for four pots. A folded card gives the water, the time and one thing to eat with each.</p><ul><li><strong>Inside:</strong> 5 × 20 g, loose leaf, in paper liners</li><li><strong>Box:</strong> 24 × 30 × 8 cm, paper over board, with a paper band</li><li><strong>After:</strong> the dividers lift out and the box keeps letters or thread</li></ul>",
      "zh-CN":
        "<p>五款茶装进一只红盒子，像沿着街一摊一摊试过去：炭焙乌龙、茉莉龙珠、老白茶、焙炒苦荞，还有一款只在盒里有的麦香红茶。</p><p>每格够泡四壶。盒里附一张折页，写着水温、时间，还有配什么点心。</p><ul><li><strong>内含：</strong>散茶 5 × 20 克，纸衬分装</li><li><strong>盒子：</strong>24 × 30 × 8 厘米，裱纸硬盒配纸腰封</li><li><strong>喝完以后：</strong>隔板可以取出，留着放信或针线</li></ul>",
    },
    vendor: "Tenlamp Tea",
    type: { en: "Tea gift box", "zh-CN": "茶礼盒" },
    tags: ["tea", "gift", "sampler"],
    options: [],
    variants: [
      {
        sku: "TEA-SAM-5",
        options: [],
        price: 18800,
        compareAt: 21800,
        grams: 620,
        barcode: "2000001000083",
        stock: 16,
        image: 0,
      },
    ],
    images: [
      picture(
        "tea-sampler",
        "Red gift box printed with a string of lanterns, with a paper band and seal",
        "印着一串灯笼的红色礼盒，系纸腰封",
      ),
      picture("tea-sampler-open", "The open box with five teas in their compartments", "打开的礼盒，五格各装一款茶"),
    ],
    collections: ["tea", "gifts"],
    seo: {
      title: { en: "Five-Stall Tea Sampler Gift Box", "zh-CN": "五摊试茶礼盒" },
      description: {
        en: "Five loose teas, 20 g each, in a reusable red box with a brewing card.",
        "zh-CN": "五款散茶各 20 克，红色硬盒，附冲泡折页。",
      },
    },
  },
];
