import type { DemoProduct } from "../types.ts";
import { picture } from "./picture.ts";

export const paper: DemoProduct[] = [
  {
    handle: "thread-bound-notebook",
    title: { en: "Thread-Bound Notebook", "zh-CN": "线装笔记本" },
    description: {
      en: "<p>Sewn through the side with one length of waxed linen thread, the way account books were kept on this street. The six holes are drilled, the knot is hidden inside the spine, and it can be re-sewn if it ever comes loose.</p><p>The cover is indigo, brick or moss paper, printed with a wave you can feel. Inside are 120 pages of soft white that take a fountain pen without bleeding.</p><ul><li><strong>Size:</strong> 13 × 19 cm, 120 pages, 90 g/m²</li><li><strong>Pages:</strong> plain, ruled or grid</li></ul>",
      "zh-CN":
        "<p>从侧边打孔，一根上蜡麻线穿到底，从前街上的账本就是这么订的。线结藏在书脊里，哪天松了还能重新穿。</p><p>封面用靛蓝、砖红或苔绿的色纸，印着摸得出来的水波纹。内页 120 面，软白不刺眼，钢笔写上去不洇。</p><ul><li><strong>尺寸：</strong>13 × 19 厘米，120 面，90 克纸</li><li><strong>内页：</strong>空白、横线、方格三种</li></ul><p>封面右上贴着我们的小签，下面留了空，写名字或年份都好。</p>",
    },
    vendor: "Fold Lane Paper",
    type: { en: "Notebook", "zh-CN": "笔记本" },
    tags: ["paper", "notebook", "stationery"],
    options: [
      {
        name: { en: "Cover", "zh-CN": "封面" },
        values: [
          { en: "Indigo", "zh-CN": "靛蓝" },
          { en: "Brick", "zh-CN": "砖红" },
          { en: "Moss", "zh-CN": "苔绿" },
        ],
      },
      {
        name: { en: "Pages", "zh-CN": "内页" },
        values: [
          { en: "Plain", "zh-CN": "空白" },
          { en: "Ruled", "zh-CN": "横线" },
          { en: "Grid", "zh-CN": "方格" },
        ],
      },
    ],
    variants: [
      { sku: "PAP-NTB-IND-PL", options: ["Indigo", "Plain"], price: 4800, grams: 240, stock: 30, image: 0 },
      { sku: "PAP-NTB-IND-RU", options: ["Indigo", "Ruled"], price: 4800, grams: 240, stock: 26, image: 0 },
      { sku: "PAP-NTB-IND-GR", options: ["Indigo", "Grid"], price: 4800, grams: 240, stock: 3, image: 0 },
      { sku: "PAP-NTB-BRI-PL", options: ["Brick", "Plain"], price: 4800, grams: 240, stock: 22, image: 1 },
      { sku: "PAP-NTB-BRI-RU", options: ["Brick", "Ruled"], price: 4800, grams: 240, stock: 19, image: 1 },
      { sku: "PAP-NTB-BRI-GR", options: ["Brick", "Grid"], price: 4800, grams: 240, stock: 14, image: 1 },
      { sku: "PAP-NTB-MOS-PL", options: ["Moss", "Plain"], price: 4800, grams: 240, stock: 11, image: 2 },
      { sku: "PAP-NTB-MOS-RU", options: ["Moss", "Ruled"], price: 4800, grams: 240, stock: 0, image: 2 },
      { sku: "PAP-NTB-MOS-GR", options: ["Moss", "Grid"], price: 4800, grams: 240, stock: 8, image: 2 },
    ],
    images: [
      picture(
        "notebook-indigo",
        "Indigo notebook with white side stitching and a paper label",
        "靛蓝线装本，白线侧订，贴纸签",
      ),
      picture("notebook-brick", "Brick red notebook with white side stitching", "砖红线装本"),
      picture("notebook-moss", "Moss green notebook with white side stitching", "苔绿线装本"),
      picture(
        "notebook-open",
        "The notebook open at a written page and a drawn flower, a pencil below",
        "翻开的线装本，一面是字，一面画着花，旁边一支铅笔",
      ),
    ],
    collections: ["paper"],
    seo: {
      title: { en: "Thread-Bound Notebook, 120 Pages", "zh-CN": "线装笔记本 120 面" },
      description: {
        en: "Side-sewn notebook with wave-printed covers; plain, ruled or grid pages for fountain pens.",
        "zh-CN": "侧订线装，水波纹封面，空白/横线/方格内页，钢笔不洇。",
      },
    },
  },
  {
    handle: "letter-writing-set",
    title: { en: "Letter-Writing Set", "zh-CN": "信笺套装" },
    description: {
      en: "<p>Twelve sheets and eight envelopes, for the letters that deserve more than a screen. The sheets are ruled from top to bottom in a thin red, with a frame and ten small dots at the head, one for each lamp of the row.</p><p>The envelopes are a warm clay pink, lined with a wave print, and come with eight wax-look seals that press down with a thumb.</p><ul><li><strong>Sheets:</strong> 14.5 × 20 cm, 100 g/m² laid paper</li><li><strong>Envelopes:</strong> 15.5 × 10.8 cm, fits a sheet folded once</li><li><strong>Writes well with:</strong> fountain pen, brush pen, pencil</li></ul>",
      "zh-CN":
        "<p>十二张笺，八只信封，留给值得动笔的那封信。笺纸是竖格，细红线带框，天头十个小圆点，一点是一盏灯。</p><p>信封是暖暖的陶土粉，内衬水波纹，另附八枚仿火漆封贴，拇指一按就牢。</p><ul><li><strong>信笺：</strong>14.5 × 20 厘米，100 克直纹纸</li><li><strong>信封：</strong>15.5 × 10.8 厘米，信笺对折一次刚好装入</li><li><strong>适合：</strong>钢笔、软头笔、铅笔</li></ul><p>纸盒可以立着放，抽一张写一张。</p>",
    },
    vendor: "Fold Lane Paper",
    type: { en: "Stationery", "zh-CN": "文具" },
    tags: ["paper", "letter", "stationery", "gift"],
    options: [],
    variants: [
      { sku: "PAP-LET-12", options: [], price: 5800, grams: 210, barcode: "2000001000410", stock: 37, image: 0 },
    ],
    images: [
      picture(
        "letter-set",
        "Ruled letter sheets and a clay pink envelope with a red seal",
        "竖格信笺与陶土粉信封，红色封缄",
      ),
      picture("letter-set-open", "An open envelope with a written letter coming out", "打开的信封，露出写好的信"),
    ],
    collections: ["paper", "gifts"],
    seo: {
      title: { en: "Letter-Writing Set, Paper and Envelopes", "zh-CN": "竖格信笺信封套装" },
      description: {
        en: "Twelve ruled sheets, eight lined envelopes and eight seals, in a box.",
        "zh-CN": "竖格信笺十二张、内衬信封八只、封贴八枚，盒装。",
      },
    },
  },
  {
    handle: "brush-and-ink-set",
    title: { en: "Brush and Ink Set", "zh-CN": "笔墨小套" },
    description: {
      en: "<p>Everything for a first character and for the next few hundred. Three bamboo-handled brushes of goat and weasel hair, a pine-soot ink stick, and a small slate stone with a well.</p><p>Put a few drops of water on the flat of the stone, rub the stick in slow circles for three minutes, and you have ink that no bottle matches for depth. Rinse the brushes in cold water and hang them tip down.</p><ul><li><strong>Brushes:</strong> large, medium, small; 24 to 27 cm</li><li><strong>Stone:</strong> 7 × 15 cm, slate</li><li><strong>Ink:</strong> 30 g stick</li></ul>",
      "zh-CN":
        "<p>写第一个字，和往后几百个字，都够了。兼毫竹杆笔大、中、小三支，松烟墨一锭，带墨池的小石砚一方。</p><p>砚面滴几滴清水，墨锭慢慢打圈磨三分钟，那种层次是瓶装墨汁没有的。用完冷水洗净，笔尖朝下挂起来。</p><ul><li><strong>毛笔：</strong>羊毫与狼毫兼制，长 24 至 27 厘米</li><li><strong>石砚：</strong>7 × 15 厘米</li><li><strong>墨锭：</strong>30 克松烟墨</li></ul><p>附一张描红小样，第一个字是“灯”。</p>",
    },
    vendor: "Fold Lane Paper",
    type: { en: "Calligraphy", "zh-CN": "书法用品" },
    tags: ["paper", "calligraphy", "brush", "ink", "gift"],
    options: [],
    variants: [
      {
        sku: "PAP-BRU-3",
        options: [],
        price: 22800,
        compareAt: 25800,
        grams: 690,
        barcode: "2000001000427",
        stock: 6,
        image: 0,
      },
    ],
    images: [
      picture("brush-set", "Three bamboo brushes, an ink stick and an ink stone laid out", "三支竹杆毛笔、墨锭与石砚"),
      picture(
        "brush-set-ink",
        "The character for lamp written in ink on paper, an inked brush beside it",
        "宣纸上写着“灯”字，旁边是蘸墨的毛笔",
      ),
    ],
    collections: ["paper"],
    seo: {
      title: { en: "Brush, Ink Stick and Stone Set", "zh-CN": "毛笔墨锭石砚小套装" },
      description: {
        en: "Three bamboo brushes, a pine-soot ink stick and a slate ink stone for beginners.",
        "zh-CN": "毛笔三支、松烟墨一锭、小石砚一方，入门正好。",
      },
    },
  },
];
