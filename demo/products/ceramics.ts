import type { DemoProduct } from "../types.ts";
import { picture } from "./picture.ts";

export const ceramics: DemoProduct[] = [
  {
    handle: "lidded-gaiwan",
    title: { en: "Lidded Gaiwan", "zh-CN": "三才盖碗" },
    description: {
      en: "<p>Lid, bowl and saucer, thrown in a fine white stoneware and glazed inside and out. The rim flares just enough to keep your fingers off the hot part, and the lid is cut to sit a little low, so it strains cleanly when you tilt it.</p><p>It holds 120 ml, which pours three small cups. The iron in the clay comes through as a light freckle; no two are spotted alike.</p><ul><li><strong>Size:</strong> 9.5 cm across, 9 cm tall with the lid</li><li><strong>Use:</strong> any tea; fill to the inner line, not the lip</li><li><strong>Care:</strong> dishwasher safe, no sudden cold</li></ul>",
      "zh-CN":
        "<p>盖、碗、托三件，细白炻器手工拉坯，里外满釉。口沿外撇得刚好，端起来不烫手；盖子略沉进碗里，斜斜一推就能滤出茶汤。</p><p>容量 120 毫升，分三小杯。泥里的铁质透过釉面成了淡淡的雀斑，每一只都不一样。</p><ul><li><strong>尺寸：</strong>口径 9.5 厘米，连盖高 9 厘米</li><li><strong>用法：</strong>六大茶类都合适，注水到内沿线，别满到口</li><li><strong>保养：</strong>可进洗碗机，忌骤冷</li></ul>",
    },
    vendor: "Rivermouth Kiln",
    type: { en: "Teaware", "zh-CN": "茶器" },
    tags: ["ceramics", "teaware", "gaiwan"],
    options: [
      {
        name: { en: "Glaze", "zh-CN": "釉色" },
        values: [
          { en: "Celadon", "zh-CN": "青釉" },
          { en: "Ash", "zh-CN": "灰白" },
          { en: "Ink", "zh-CN": "墨蓝" },
        ],
      },
    ],
    variants: [
      {
        sku: "CER-GAI-CEL",
        options: ["Celadon"],
        price: 16800,
        grams: 460,
        barcode: "2000001000090",
        stock: 14,
        image: 0,
      },
      { sku: "CER-GAI-ASH", options: ["Ash"], price: 16800, grams: 460, barcode: "2000001000106", stock: 9, image: 1 },
      { sku: "CER-GAI-INK", options: ["Ink"], price: 16800, grams: 460, barcode: "2000001000113", stock: 0, image: 2 },
    ],
    images: [
      picture("gaiwan-celadon", "Celadon green gaiwan with lid on its saucer", "青釉盖碗，连盖带托"),
      picture("gaiwan-ash", "Off-white speckled gaiwan with lid on its saucer", "灰白釉盖碗，带细点"),
      picture("gaiwan-ink", "Dark blue gaiwan with lid on its saucer", "墨蓝釉盖碗"),
      picture("gaiwan-open", "The celadon gaiwan open and steaming, its lid beside it", "揭盖的青釉盖碗，茶汤冒着热气"),
    ],
    collections: ["ceramics"],
    seo: {
      title: { en: "Stoneware Gaiwan, 120 ml", "zh-CN": "炻器三才盖碗 120 毫升" },
      description: {
        en: "Three-piece stoneware gaiwan with a cool flared rim, in celadon, ash or ink glaze.",
        "zh-CN": "手工拉坯三才盖碗，外撇不烫手，青釉、灰白、墨蓝三色。",
      },
    },
  },
  {
    handle: "side-handle-teapot",
    title: { en: "Side-Handle Teapot", "zh-CN": "侧把壶" },
    description: {
      en: "<p>A round pot with its handle at the side, so that one hand pours and the thumb holds the lid. The spout is set low and cut sharp; it stops when you stop.</p><p>Behind the spout, the wall itself is pierced with forty small holes, so there is no metal strainer to lose. The foot is left bare to show the clay.</p><ul><li><strong>180 ml:</strong> for one or two; 10 cm body, 17 cm with handle</li><li><strong>300 ml:</strong> for three or four; 12 cm body, 20 cm with handle</li><li><strong>Care:</strong> rinse with hot water, dry with the lid off; not for the stove</li></ul>",
      "zh-CN":
        "<p>把手在侧面，一只手就能倒茶，拇指顺势压住壶盖。壶嘴压得低、切口利，想停就停，不滴水。</p><p>出水处直接在壶壁上钻了四十个细孔，不用另配滤网。底足不上釉，留着泥胎本来的颜色。</p><ul><li><strong>180 毫升：</strong>一两个人喝，壶身 10 厘米，连把 17 厘米</li><li><strong>300 毫升：</strong>三四个人喝，壶身 12 厘米，连把 20 厘米</li><li><strong>保养：</strong>热水冲净，开盖晾干；不可明火加热</li></ul>",
    },
    vendor: "Rivermouth Kiln",
    type: { en: "Teaware", "zh-CN": "茶器" },
    tags: ["ceramics", "teaware", "teapot", "gift"],
    options: [
      {
        name: { en: "Glaze", "zh-CN": "釉色" },
        values: [
          { en: "Rust", "zh-CN": "铁锈红" },
          { en: "Celadon", "zh-CN": "青釉" },
          { en: "Ink", "zh-CN": "墨蓝" },
        ],
      },
      {
        name: { en: "Size", "zh-CN": "容量" },
        values: [
          { en: "180 ml", "zh-CN": "180 毫升" },
          { en: "300 ml", "zh-CN": "300 毫升" },
        ],
      },
    ],
    variants: [
      { sku: "CER-POT-RUS-180", options: ["Rust", "180 ml"], price: 29800, grams: 520, stock: 8, image: 0 },
      { sku: "CER-POT-RUS-300", options: ["Rust", "300 ml"], price: 35800, grams: 700, stock: 5, image: 0 },
      { sku: "CER-POT-CEL-180", options: ["Celadon", "180 ml"], price: 29800, grams: 520, stock: 6, image: 1 },
      { sku: "CER-POT-CEL-300", options: ["Celadon", "300 ml"], price: 35800, grams: 700, stock: 2, image: 1 },
      { sku: "CER-POT-INK-180", options: ["Ink", "180 ml"], price: 29800, grams: 520, stock: 7, image: 2 },
      { sku: "CER-POT-INK-300", options: ["Ink", "300 ml"], price: 35800, grams: 700, stock: 0, image: 2 },
    ],
    images: [
      picture("teapot-rust", "Rust red side-handle teapot with a bare clay foot", "铁锈红侧把壶，底足露泥"),
      picture("teapot-celadon", "Celadon side-handle teapot", "青釉侧把壶"),
      picture("teapot-ink", "Dark blue side-handle teapot", "墨蓝侧把壶"),
      picture(
        "teapot-cups",
        "Two matching cups of tea on a wooden tray (cups not included)",
        "木盘上两杯同釉色的茶（杯子另售）",
      ),
    ],
    collections: ["ceramics", "gifts"],
    seo: {
      title: { en: "Side-Handle Stoneware Teapot", "zh-CN": "炻器侧把壶" },
      description: {
        en: "One-hand stoneware teapot with a built-in strainer, 180 or 300 ml, three glazes.",
        "zh-CN": "单手可倒的侧把壶，壶壁自带滤孔，180/300 毫升，三种釉色。",
      },
    },
  },
  {
    handle: "ripple-mug",
    title: { en: "Ripple Mug", "zh-CN": "水纹马克杯" },
    description: {
      en: "<p>The rings are the marks of the potter's fingers, left on instead of smoothed away. They give you something to hold on a cold morning and catch the glaze in fine darker lines.</p><p>The handle takes three fingers. Inside it is smooth, so a spoon does not sing on the ridges, and the last centimetre of the foot stays unglazed and warm to the touch.</p><ul><li><strong>Holds:</strong> 320 ml to the brim</li><li><strong>Size:</strong> 8.5 cm across, 9 cm tall</li><li><strong>Care:</strong> dishwasher and microwave safe</li></ul>",
      "zh-CN":
        "<p>杯身一圈圈的纹路，是拉坯时手指留下来的，没有修平。冬天早上握着顺手，釉积在纹里，颜色会深一线。</p><p>杯把容得下三根手指。内壁是光的，搅咖啡不刮勺。底下一厘米不上釉，摸着有泥的暖意。</p><ul><li><strong>容量：</strong>满杯 320 毫升</li><li><strong>尺寸：</strong>口径 8.5 厘米，高 9 厘米</li><li><strong>保养：</strong>洗碗机、微波炉都可以</li></ul>",
    },
    vendor: "Rivermouth Kiln",
    type: { en: "Mug", "zh-CN": "杯子" },
    tags: ["ceramics", "mug", "everyday"],
    options: [
      {
        name: { en: "Glaze", "zh-CN": "釉色" },
        values: [
          { en: "Oat", "zh-CN": "燕麦" },
          { en: "Celadon", "zh-CN": "青釉" },
          { en: "Rust", "zh-CN": "铁锈红" },
          { en: "Ink", "zh-CN": "墨蓝" },
        ],
      },
    ],
    variants: [
      { sku: "CER-MUG-OAT", options: ["Oat"], price: 8900, grams: 390, barcode: "2000001000120", stock: 33, image: 0 },
      {
        sku: "CER-MUG-CEL",
        options: ["Celadon"],
        price: 8900,
        grams: 390,
        barcode: "2000001000137",
        stock: 27,
        image: 1,
      },
      { sku: "CER-MUG-RUS", options: ["Rust"], price: 8900, grams: 390, barcode: "2000001000144", stock: 18, image: 2 },
      { sku: "CER-MUG-INK", options: ["Ink"], price: 8900, grams: 390, barcode: "2000001000151", stock: 2, image: 3 },
    ],
    images: [
      picture("mug-oat", "Oat-coloured ribbed stoneware mug", "燕麦色水纹马克杯"),
      picture("mug-celadon", "Celadon ribbed stoneware mug", "青釉水纹马克杯"),
      picture("mug-rust", "Rust red ribbed stoneware mug", "铁锈红水纹马克杯"),
      picture("mug-ink", "Dark blue ribbed stoneware mug", "墨蓝水纹马克杯"),
      picture("mug-top", "The oat mug from above, full of coffee", "俯看燕麦色马克杯，盛着咖啡"),
    ],
    collections: ["ceramics", "new-arrivals"],
    seo: {
      title: { en: "Ripple Stoneware Mug, 320 ml", "zh-CN": "水纹炻器马克杯 320 毫升" },
      description: {
        en: "Hand-thrown mug with finger-ring texture and a bare clay foot. Four glazes.",
        "zh-CN": "手工拉坯，指纹肌理，底足露泥，四种釉色可选。",
      },
    },
  },
  {
    handle: "everyday-bowl",
    title: { en: "Everyday Bowl", "zh-CN": "日常碗" },
    description: {
      en: "<p>One shape in three sizes: rice, noodles, and something to share. The foot is tall enough to lift with hot soup inside, and the three nest in a stack 14 cm high.</p><p>The rim is wiped back before firing so that a thin brown line of clay shows. It is the part that chips first on most bowls, so we make it thicker than it looks.</p><ul><li><strong>12 cm:</strong> rice or dessert, 280 ml</li><li><strong>15 cm:</strong> soup or porridge, 520 ml</li><li><strong>18 cm:</strong> noodles or a shared dish, 900 ml</li><li><strong>Care:</strong> dishwasher and microwave safe</li></ul>",
      "zh-CN":
        "<p>一个碗形三个尺寸：盛饭、盛面、盛一道大家分的菜。碗足拉得高，装了热汤也端得起来；三只套在一起，只有 14 厘米高。</p><p>入窑前把口沿的釉擦薄，露出一线棕色的泥。碗最容易磕的就是口，所以这里做得比看上去厚。</p><ul><li><strong>12 厘米：</strong>米饭、甜品，280 毫升</li><li><strong>15 厘米：</strong>汤、粥，520 毫升</li><li><strong>18 厘米：</strong>面、大菜，900 毫升</li><li><strong>保养：</strong>洗碗机、微波炉都可以</li></ul>",
    },
    vendor: "Rivermouth Kiln",
    type: { en: "Tableware", "zh-CN": "餐具" },
    tags: ["ceramics", "bowl", "everyday", "tableware"],
    options: [
      {
        name: { en: "Glaze", "zh-CN": "釉色" },
        values: [
          { en: "Oat", "zh-CN": "燕麦" },
          { en: "Celadon", "zh-CN": "青釉" },
          { en: "Ink", "zh-CN": "墨蓝" },
        ],
      },
      {
        name: { en: "Size", "zh-CN": "口径" },
        values: [
          { en: "12 cm", "zh-CN": "12 厘米" },
          { en: "15 cm", "zh-CN": "15 厘米" },
          { en: "18 cm", "zh-CN": "18 厘米" },
        ],
      },
    ],
    variants: [
      { sku: "CER-BWL-OAT-12", options: ["Oat", "12 cm"], price: 4900, grams: 260, stock: 40, image: 0 },
      { sku: "CER-BWL-OAT-15", options: ["Oat", "15 cm"], price: 6900, grams: 420, stock: 36, image: 0 },
      { sku: "CER-BWL-OAT-18", options: ["Oat", "18 cm"], price: 9900, grams: 640, stock: 20, image: 0 },
      { sku: "CER-BWL-CEL-12", options: ["Celadon", "12 cm"], price: 4900, grams: 260, stock: 31, image: 1 },
      { sku: "CER-BWL-CEL-15", options: ["Celadon", "15 cm"], price: 6900, grams: 420, stock: 4, image: 1 },
      { sku: "CER-BWL-CEL-18", options: ["Celadon", "18 cm"], price: 9900, grams: 640, stock: 12, image: 1 },
      { sku: "CER-BWL-INK-12", options: ["Ink", "12 cm"], price: 4900, grams: 260, stock: 22, image: 2 },
      { sku: "CER-BWL-INK-15", options: ["Ink", "15 cm"], price: 6900, grams: 420, stock: 0, image: 2 },
      { sku: "CER-BWL-INK-18", options: ["Ink", "18 cm"], price: 9900, grams: 640, stock: 9, image: 2 },
    ],
    images: [
      picture("bowl-oat", "Oat-coloured footed bowl", "燕麦色高足碗"),
      picture("bowl-celadon", "Celadon footed bowl", "青釉高足碗"),
      picture("bowl-ink", "Dark blue footed bowl", "墨蓝高足碗"),
      picture("bowl-stack", "Three bowls nested, steaming rice on top", "三只碗叠在一起，最上面盛着热米饭"),
    ],
    collections: ["ceramics"],
    seo: {
      title: { en: "Everyday Stoneware Bowl, Three Sizes", "zh-CN": "日常炻器碗 三种口径" },
      description: {
        en: "Nesting stoneware bowls with a tall foot and a strong rim: 12, 15 and 18 cm, three glazes.",
        "zh-CN": "高足厚口的日常碗，12、15、18 厘米可套叠，三种釉色。",
      },
    },
  },
];
