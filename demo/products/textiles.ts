import type { DemoProduct } from "../types.ts";
import { picture } from "./picture.ts";

export const textiles: DemoProduct[] = [
  {
    handle: "striped-linen-towel",
    title: { en: "Striped Linen Towel", "zh-CN": "条纹亚麻厨巾" },
    description: {
      en: "<p>A kitchen towel in undyed linen with a woven stripe: one wide band, a row of thin ones, and a loop in the same colour to hang it by.</p><p>Linen is stiff for the first few washes. Then it softens, drinks more water, and dries a glass without leaving fluff. The hem is stitched by machine and the corners are folded by hand.</p><ul><li><strong>Size:</strong> 50 × 70 cm before washing; it shrinks by about 4 %</li><li><strong>Material:</strong> 100 % linen, 210 g/m²</li><li><strong>Care:</strong> wash at 60 °C, dry on the line</li></ul>",
      "zh-CN":
        "<p>本色亚麻厨巾，条纹是织进去的：一道宽边，几道细线，再配一个同色的挂襻。</p><p>亚麻刚开始有点硬，洗上几回就软了，吸水更快，擦玻璃杯不掉毛。四边机缝，四角手折。</p><ul><li><strong>尺寸：</strong>50 × 70 厘米（下水前），约缩 4%</li><li><strong>材质：</strong>100% 亚麻，210 克/平方米</li><li><strong>保养：</strong>60 ℃ 机洗，自然晾干</li></ul>",
    },
    vendor: "Two Looms",
    type: { en: "Kitchen textile", "zh-CN": "厨房布品" },
    tags: ["textiles", "linen", "kitchen"],
    options: [
      {
        name: { en: "Colour", "zh-CN": "颜色" },
        values: [
          { en: "Indigo", "zh-CN": "靛蓝" },
          { en: "Madder", "zh-CN": "茜红" },
          { en: "Ochre", "zh-CN": "赭黄" },
        ],
      },
    ],
    variants: [
      {
        sku: "TEX-TWL-IND",
        options: ["Indigo"],
        price: 5900,
        grams: 90,
        barcode: "2000001000205",
        stock: 46,
        image: 0,
      },
      {
        sku: "TEX-TWL-MAD",
        options: ["Madder"],
        price: 5900,
        grams: 90,
        barcode: "2000001000212",
        stock: 38,
        image: 1,
      },
      { sku: "TEX-TWL-OCH", options: ["Ochre"], price: 5900, grams: 90, barcode: "2000001000229", stock: 21, image: 2 },
    ],
    images: [
      picture("towel-indigo", "Linen towel with indigo stripes hanging from a peg", "挂在木钉上的靛蓝条纹亚麻巾"),
      picture("towel-madder", "Linen towel with madder red stripes hanging from a peg", "茜红条纹亚麻巾"),
      picture("towel-ochre", "Linen towel with ochre stripes hanging from a peg", "赭黄条纹亚麻巾"),
      picture("towel-stack", "Three folded towels in a stack with a green sprig", "三条叠好的厨巾，上面放着一枝绿叶"),
    ],
    collections: ["textiles"],
    seo: {
      title: { en: "Striped Linen Kitchen Towel", "zh-CN": "条纹亚麻厨房巾" },
      description: {
        en: "Pure linen towel with woven stripes in indigo, madder or ochre. 50 × 70 cm.",
        "zh-CN": "纯亚麻色织条纹厨巾，靛蓝、茜红、赭黄，50 × 70 厘米。",
      },
    },
  },
  {
    handle: "indigo-table-runner",
    title: { en: "Indigo Table Runner", "zh-CN": "蓝染桌旗" },
    description: {
      en: "<p>Each ring on this runner is a line of stitches, pulled tight before dyeing so that the cloth inside stays white. The cotton goes into the indigo vat eight times and hangs in the air after each, which is when it turns blue.</p><p>The threads are drawn out last, leaving tiny needle holes that close with the first wash. Both ends are fringed.</p><ul><li><strong>Width:</strong> 34 cm; length without the fringe</li><li><strong>Material:</strong> handwoven cotton, natural indigo</li><li><strong>Care:</strong> wash cold and alone; a little blue comes off at first</li></ul>",
      "zh-CN":
        "<p>桌旗上每一圈白线，都是染前一针一针缝出来、再抽紧的。线里的布染不到色，就留了白。棉布下靛缸八次，每次出缸见风，蓝色才一层层上来。</p><p>最后拆线，留下的小针眼洗一次就合上了。两头留穗。</p><ul><li><strong>宽：</strong>34 厘米，长度不含穗</li><li><strong>材质：</strong>手织棉布，植物靛蓝</li><li><strong>保养：</strong>冷水单独洗，头几次会掉一点浮色</li></ul>",
    },
    vendor: "Two Looms",
    type: { en: "Table textile", "zh-CN": "餐桌布品" },
    tags: ["textiles", "indigo", "cotton", "table"],
    options: [
      {
        name: { en: "Length", "zh-CN": "长度" },
        values: [
          { en: "140 cm", "zh-CN": "140 厘米" },
          { en: "180 cm", "zh-CN": "180 厘米" },
        ],
      },
    ],
    variants: [
      { sku: "TEX-RUN-140", options: ["140 cm"], price: 28900, grams: 240, stock: 7, image: 0 },
      { sku: "TEX-RUN-180", options: ["180 cm"], price: 34900, grams: 310, stock: 3, image: 0 },
    ],
    images: [
      picture(
        "runner-indigo",
        "Indigo runner with white rings on a wooden table, a bowl of oranges on it",
        "木桌上的蓝染桌旗，放着一碗橘子",
      ),
      picture("runner-detail", "Close view of the stitched rings and the fringe", "缝扎圆纹与流苏的细部"),
    ],
    collections: ["textiles"],
    seo: {
      title: { en: "Stitch-Resist Indigo Table Runner", "zh-CN": "缝扎蓝染桌旗" },
      description: {
        en: "Handwoven cotton runner, stitched and dyed eight times in natural indigo. 140 or 180 cm.",
        "zh-CN": "手织棉布缝扎，植物靛蓝染八遍，140 或 180 厘米。",
      },
    },
  },
  {
    handle: "quilted-cushion-cover",
    title: { en: "Quilted Cushion Cover", "zh-CN": "绗缝靠垫套" },
    description: {
      en: "<p>Washed cotton over a thin layer of cotton wadding, quilted in a wide grid with a thread one shade lighter than the cloth. The stitching lines are slightly uneven because the cover is washed after sewing, and that is how it gets its puckers.</p><p>A concealed zip runs along the bottom edge. The insert is not included; a pad 5 cm larger than the cover fills the corners well.</p><ul><li><strong>Material:</strong> 100 % cotton, inside and out</li><li><strong>Care:</strong> machine wash at 40 °C with the zip closed; no ironing needed</li></ul>",
      "zh-CN":
        "<p>水洗棉布夹一层薄棉，绗成大方格，线比布浅一个色。先缝后洗，针脚微微起皱，正是要的那点松软。</p><p>底边是隐形拉链。不含枕芯，买比套子大 5 厘米的芯，四个角才饱满。</p><ul><li><strong>材质：</strong>里外都是 100% 棉</li><li><strong>保养：</strong>拉好拉链，40 ℃ 机洗，不用熨</li></ul><p>三个颜色放在一起也好看，茜红暖，苔绿静，靛蓝压得住场。</p>",
    },
    vendor: "Two Looms",
    type: { en: "Home textile", "zh-CN": "家居布品" },
    tags: ["textiles", "cotton", "cushion", "home"],
    options: [
      {
        name: { en: "Colour", "zh-CN": "颜色" },
        values: [
          { en: "Madder", "zh-CN": "茜红" },
          { en: "Moss", "zh-CN": "苔绿" },
          { en: "Indigo", "zh-CN": "靛蓝" },
        ],
      },
      {
        name: { en: "Size", "zh-CN": "尺寸" },
        values: [
          { en: "45 × 45 cm", "zh-CN": "45 × 45 厘米" },
          { en: "60 × 60 cm", "zh-CN": "60 × 60 厘米" },
        ],
      },
    ],
    variants: [
      { sku: "TEX-CUS-MAD-45", options: ["Madder", "45 × 45 cm"], price: 15900, grams: 320, stock: 15, image: 0 },
      { sku: "TEX-CUS-MAD-60", options: ["Madder", "60 × 60 cm"], price: 21900, grams: 520, stock: 8, image: 0 },
      { sku: "TEX-CUS-MOS-45", options: ["Moss", "45 × 45 cm"], price: 15900, grams: 320, stock: 19, image: 1 },
      { sku: "TEX-CUS-MOS-60", options: ["Moss", "60 × 60 cm"], price: 21900, grams: 520, stock: 0, image: 1 },
      { sku: "TEX-CUS-IND-45", options: ["Indigo", "45 × 45 cm"], price: 15900, grams: 320, stock: 12, image: 2 },
      { sku: "TEX-CUS-IND-60", options: ["Indigo", "60 × 60 cm"], price: 21900, grams: 520, stock: 6, image: 2 },
    ],
    images: [
      picture("cushion-madder", "Madder red cushion with a quilted grid", "茜红方格绗缝靠垫"),
      picture("cushion-moss", "Moss green cushion with a quilted grid", "苔绿方格绗缝靠垫"),
      picture("cushion-indigo", "Indigo blue cushion with a quilted grid", "靛蓝方格绗缝靠垫"),
    ],
    collections: ["textiles"],
    seo: {
      title: { en: "Quilted Cotton Cushion Cover", "zh-CN": "水洗棉绗缝靠垫套" },
      description: {
        en: "Washed cotton cover with a wide quilted grid, in madder, moss or indigo. Two sizes.",
        "zh-CN": "水洗棉大格绗缝，茜红、苔绿、靛蓝，两种尺寸。",
      },
    },
  },
  {
    handle: "market-tote",
    title: { en: "Market Tote", "zh-CN": "赶集袋" },
    description: {
      en: "<p>The bag we use ourselves. Twelve-ounce cotton canvas, a flat base that stands up on the counter, and straps long enough for a winter coat. They run all the way down inside the seams, so leeks, bread and a jar of honey are no trouble.</p><p>The lantern is printed by hand with water-based ink. A loose pocket inside keeps your keys off the bottom.</p><ul><li><strong>Size:</strong> 38 × 40 × 12 cm, straps 62 cm</li><li><strong>Material:</strong> cotton canvas, 400 g/m²</li><li><strong>Care:</strong> wash cold, inside out</li></ul>",
      "zh-CN":
        "<p>我们自己天天背的袋子。十二安帆布，平底，放台面上能站住；带子够长，穿着大衣也背得上肩。背带顺着侧缝一直缝到底，大葱、面包加一罐蜂蜜，不成问题。</p><p>灯笼图案用水性墨手工印。里头另有一个小口袋，钥匙不会沉底。</p><ul><li><strong>尺寸：</strong>38 × 40 × 12 厘米，背带 62 厘米</li><li><strong>材质：</strong>棉帆布，400 克/平方米</li><li><strong>保养：</strong>翻面冷水洗</li></ul>",
    },
    vendor: "Two Looms",
    type: { en: "Bag", "zh-CN": "布袋" },
    tags: ["textiles", "canvas", "bag", "everyday"],
    options: [
      {
        name: { en: "Colour", "zh-CN": "颜色" },
        values: [
          { en: "Undyed", "zh-CN": "本色" },
          { en: "Indigo", "zh-CN": "靛蓝" },
          { en: "Ochre", "zh-CN": "赭黄" },
        ],
      },
    ],
    variants: [
      {
        sku: "TEX-TOT-UND",
        options: ["Undyed"],
        price: 7900,
        grams: 340,
        barcode: "2000001000236",
        stock: 64,
        image: 0,
      },
      {
        sku: "TEX-TOT-IND",
        options: ["Indigo"],
        price: 7900,
        grams: 340,
        barcode: "2000001000243",
        stock: 35,
        image: 1,
      },
      {
        sku: "TEX-TOT-OCH",
        options: ["Ochre"],
        price: 7900,
        compareAt: 9900,
        grams: 340,
        barcode: "2000001000250",
        stock: 4,
        image: 2,
      },
    ],
    images: [
      picture("tote-undyed", "Undyed canvas tote with a red lantern print", "本色帆布袋，印红灯笼"),
      picture("tote-indigo", "Indigo canvas tote with a cream lantern print", "靛蓝帆布袋，印米色灯笼"),
      picture("tote-ochre", "Ochre canvas tote with a cream lantern print", "赭黄帆布袋，印米色灯笼"),
      picture("tote-full", "The undyed tote holding leeks and a loaf of bread", "本色袋里装着大葱和面包"),
    ],
    collections: ["textiles", "new-arrivals"],
    seo: {
      title: { en: "Canvas Market Tote with Lantern Print", "zh-CN": "手印灯笼帆布赶集袋" },
      description: {
        en: "Heavy cotton tote with a flat base and long straps, hand-printed with our lantern.",
        "zh-CN": "厚棉帆布、平底长带，手工印灯笼，三色可选。",
      },
    },
  },
  {
    handle: "checked-wool-throw",
    title: { en: "Checked Wool Throw", "zh-CN": "格纹羊毛毯" },
    description: {
      en: "<p>Lambswool, woven in a broad check and brushed on one side only, so it is soft against you and tidy on the outside. It is the weight of a coat rather than a blanket: enough for the sofa, and thin enough to fold over a bench.</p><p>The fringe is twisted by hand, two threads at a time. New wool sheds a little for the first month.</p><ul><li><strong>Size:</strong> 130 × 170 cm with fringe</li><li><strong>Material:</strong> 100 % lambswool</li><li><strong>Care:</strong> air it outside; dry clean when needed</li></ul>",
      "zh-CN":
        "<p>羊羔毛织成宽格，只拉绒一面：贴身的一面软，朝外的一面利落。分量像件外套而不是棉被，窝沙发够暖，搭在长凳上也不臃肿。</p><p>毯边的穗子两股一搓，全是手工。新毛毯头一个月会掉些浮毛，拍一拍就好。</p><ul><li><strong>尺寸：</strong>130 × 170 厘米（含穗）</li><li><strong>材质：</strong>100% 羊羔毛</li><li><strong>保养：</strong>平时挂出去透气，需要时干洗</li></ul>",
    },
    vendor: "Two Looms",
    type: { en: "Home textile", "zh-CN": "家居布品" },
    tags: ["textiles", "wool", "throw", "winter"],
    options: [
      {
        name: { en: "Colour", "zh-CN": "颜色" },
        values: [
          { en: "Moss", "zh-CN": "苔绿" },
          { en: "Madder", "zh-CN": "茜红" },
        ],
      },
    ],
    variants: [
      {
        sku: "TEX-THR-MOS",
        options: ["Moss"],
        price: 69900,
        compareAt: 79900,
        grams: 980,
        barcode: "2000001000267",
        stock: 5,
        image: 0,
      },
      {
        sku: "TEX-THR-MAD",
        options: ["Madder"],
        price: 69900,
        compareAt: 79900,
        grams: 980,
        barcode: "2000001000274",
        stock: 2,
        image: 1,
      },
    ],
    images: [
      picture("throw-moss", "Moss and cream checked throw over a wooden bench", "木凳上搭着苔绿格纹毯"),
      picture("throw-madder", "Madder and cream checked throw over a wooden bench", "木凳上搭着茜红格纹毯"),
      picture("throw-detail", "Close view of the weave and the woven label", "织纹与布标的细部"),
    ],
    collections: ["textiles"],
    seo: {
      title: { en: "Checked Lambswool Throw", "zh-CN": "格纹羊羔毛盖毯" },
      description: {
        en: "Lambswool throw in a broad check, brushed on one side. 130 × 170 cm.",
        "zh-CN": "宽格羊羔毛盖毯，单面拉绒，130 × 170 厘米。",
      },
    },
  },
];
