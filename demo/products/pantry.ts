import type { DemoProduct } from "../types.ts";
import { picture } from "./picture.ts";

export const pantry: DemoProduct[] = [
  {
    handle: "red-sichuan-pepper",
    title: { en: "Red Sichuan Pepper", "zh-CN": "大红袍花椒" },
    description: {
      en: "<p>Whole red husks from this year's summer picking, dried in the sun for a day and then sorted by hand until most of the black seeds and thorns are out. They are still oily enough to stain the paper.</p><p>The smell is citrus peel and warm wood; the tingle arrives about three seconds later. Toast them in a dry pan before grinding.</p><ul><li><strong>Use:</strong> a pinch in hot oil, or ground over noodles</li><li><strong>Keep:</strong> corked, away from light; grind only what you need</li><li><strong>Origin:</strong> mountain-grown, Sichuan</li></ul>",
      "zh-CN":
        "<p>当年夏天采的红椒，晒足一个大日头，再手工拣去椒籽和刺。油性足，包在纸上会洇出印子。</p><p>闻着是柑橘皮和暖木头的香，麻味要等三秒才到。用之前干锅小火焙一焙，香气完全不一样。</p><ul><li><strong>用法：</strong>热油里撒一撮，或磨碎拌面</li><li><strong>存放：</strong>塞紧木塞，避光，现用现磨</li><li><strong>产地：</strong>四川山地</li></ul>",
    },
    vendor: "Stall Nine Pantry",
    type: { en: "Spice", "zh-CN": "香料" },
    tags: ["pantry", "spice", "sichuan-pepper"],
    options: [
      {
        name: { en: "Weight", "zh-CN": "净含量" },
        values: [
          { en: "40 g", "zh-CN": "40 克" },
          { en: "90 g", "zh-CN": "90 克" },
        ],
      },
    ],
    variants: [
      { sku: "PAN-PEP-040", options: ["40 g"], price: 3600, grams: 210, barcode: "2000001000281", stock: 52, image: 0 },
      { sku: "PAN-PEP-090", options: ["90 g"], price: 6900, grams: 380, barcode: "2000001000298", stock: 24, image: 0 },
    ],
    images: [
      picture("red-pepper-jar", "Corked glass jar full of red Sichuan pepper husks", "木塞玻璃罐，装满红花椒"),
      picture("red-pepper-scoop", "Wooden scoop of red Sichuan pepper", "一木勺红花椒"),
    ],
    collections: ["pantry"],
    seo: {
      title: { en: "Whole Red Sichuan Pepper", "zh-CN": "四川大红袍花椒" },
      description: {
        en: "Hand-sorted whole Sichuan pepper with a citrus smell and a slow tingle. 40 g or 90 g.",
        "zh-CN": "手工拣籽的大红袍花椒，柑橘香、后劲麻，40 克或 90 克。",
      },
    },
  },
  {
    handle: "peanut-chilli-crisp",
    title: { en: "Peanut Chilli Crisp", "zh-CN": "花生香辣脆" },
    description: {
      en: "<p>Chillies, shallots, garlic and peanuts, each fried on its own and mixed at the end, because they are done at different times. What you hear when you stir is the peanuts.</p><p>Mild uses a fragrant, wrinkled chilli and lets the shallot lead. Hot adds a small pointed one; start with half a spoon.</p><ul><li><strong>Contains:</strong> rapeseed oil, chilli, peanut, shallot, garlic, soybean, sesame, salt, sugar</li><li><strong>Net weight:</strong> 220 g</li><li><strong>Keep:</strong> in the fridge after opening, use a dry spoon, three months</li></ul>",
      "zh-CN":
        "<p>辣椒、红葱、大蒜、花生，火候各不相同，所以分锅炸好，最后才拌到一起。搅动时咔嚓响的，是花生。</p><p>微辣用皱皮的香椒，红葱的甜味走在前面；特辣多加一种小尖椒，建议先来半勺。</p><ul><li><strong>配料：</strong>菜籽油、辣椒、花生、红葱、大蒜、大豆、芝麻、盐、糖</li><li><strong>净含量：</strong>220 克</li><li><strong>存放：</strong>开盖后冷藏，用干勺取，三个月内吃完</li></ul>",
    },
    vendor: "Stall Nine Pantry",
    type: { en: "Condiment", "zh-CN": "酱料" },
    tags: ["pantry", "chilli", "condiment", "contains-peanut"],
    options: [
      {
        name: { en: "Heat", "zh-CN": "辣度" },
        values: [
          { en: "Mild", "zh-CN": "微辣" },
          { en: "Hot", "zh-CN": "特辣" },
        ],
      },
    ],
    variants: [
      { sku: "PAN-CHI-MLD", options: ["Mild"], price: 4200, grams: 430, barcode: "2000001000304", stock: 70, image: 0 },
      { sku: "PAN-CHI-HOT", options: ["Hot"], price: 4200, grams: 430, barcode: "2000001000311", stock: 0, image: 1 },
    ],
    images: [
      picture("chilli-crisp-mild", "Jar of amber mild chilli crisp with a black lid", "黑盖玻璃罐，琥珀色微辣脆"),
      picture("chilli-crisp-hot", "Jar of dark red hot chilli crisp with a black lid", "黑盖玻璃罐，深红特辣脆"),
      picture(
        "chilli-crisp-noodles",
        "A bowl of noodles topped with chilli crisp and spring onion",
        "一碗面，上面盖着香辣脆和葱花",
      ),
    ],
    collections: ["pantry", "new-arrivals"],
    seo: {
      title: { en: "Peanut Chilli Crisp, Mild or Hot", "zh-CN": "花生香辣脆 微辣/特辣" },
      description: {
        en: "Crunchy chilli oil with peanuts, shallot and garlic, fried separately. 220 g jar.",
        "zh-CN": "花生、红葱、大蒜分锅炸制的香辣脆，220 克罐装。",
      },
    },
  },
  {
    handle: "osmanthus-honey",
    title: { en: "Osmanthus Honey", "zh-CN": "桂花蜜" },
    description: {
      en: "<p>Light acacia honey, with osmanthus blossoms stirred in the same week they were picked. The flowers rise to the top and stay there, so turn the jar over before you open it.</p><p>It tastes of apricot more than of perfume. We like it on plain yoghurt, over sticky rice, or a spoonful in a cup of roasted oolong.</p><ul><li><strong>Contains:</strong> honey, 4 % osmanthus flowers; nothing else</li><li><strong>Net weight:</strong> 250 g</li><li><strong>Note:</strong> honey may set in winter; stand the jar in warm water. Not for babies under one year.</li></ul>",
      "zh-CN":
        "<p>清淡的洋槐蜜，桂花采下当周就拌进去。花会慢慢浮到上层，开盖前先把罐子倒过来放一会儿。</p><p>味道偏杏子的甜，不是香水那种香。浇在原味酸奶上、淋糯米饭，或者舀一勺兑进炭焙乌龙，都合适。</p><ul><li><strong>配料：</strong>蜂蜜、桂花（4%），没有别的</li><li><strong>净含量：</strong>250 克</li><li><strong>提示：</strong>冬天结晶属正常，温水坐一坐就化；一岁以下婴儿不宜食用</li></ul>",
    },
    vendor: "Stall Nine Pantry",
    type: { en: "Honey", "zh-CN": "蜂蜜" },
    tags: ["pantry", "honey", "osmanthus", "gift"],
    options: [],
    variants: [
      { sku: "PAN-HON-250", options: [], price: 7800, grams: 470, barcode: "2000001000328", stock: 29, image: 0 },
    ],
    images: [
      picture(
        "osmanthus-honey",
        "Jar of golden honey with small osmanthus blossoms floating near the top",
        "金黄蜂蜜罐，小桂花浮在上层",
      ),
      picture("osmanthus-honey-drip", "Honey running off a wooden dipper into a golden pool", "木蜜棒上淌下的蜂蜜"),
    ],
    collections: ["pantry", "gifts"],
    seo: {
      title: { en: "Acacia Honey with Osmanthus, 250 g", "zh-CN": "洋槐桂花蜜 250 克" },
      description: {
        en: "Light acacia honey with fresh osmanthus flowers. Apricot-sweet, nothing else added.",
        "zh-CN": "洋槐蜜拌当季桂花，杏子般的甜，不添其他。",
      },
    },
  },
  {
    handle: "house-five-spice",
    title: { en: "House Five-Spice", "zh-CN": "本家五香粉" },
    description: {
      en: "<p>Star anise, cassia, Sichuan pepper, fennel seed and clove, toasted one after another and ground the same day in small batches. We go light on the clove, which tends to take over.</p><p>Rub it on pork or tofu with salt, stir a pinch into stewed apples, or dust it over roasted peanuts while they are hot.</p><ul><li><strong>Net weight:</strong> 60 g, in a tin with an inner lid</li><li><strong>Keep:</strong> closed and dry; at its best within six months</li><li><strong>Made in:</strong> a mill that also handles sesame and mustard</li></ul>",
      "zh-CN":
        "<p>八角、桂皮、花椒、小茴香、丁香，一样一样焙香，当天小批量磨好装罐。丁香容易抢味，我们放得轻。</p><p>加盐抹在五花肉或老豆腐上，炖苹果时放一小撮，花生刚出锅趁热撒一层，都好吃。</p><ul><li><strong>净含量：</strong>60 克，铁罐带内盖</li><li><strong>存放：</strong>密封干燥，半年内风味最好</li><li><strong>提示：</strong>同一磨坊也加工芝麻和芥末</li></ul>",
    },
    vendor: "Stall Nine Pantry",
    type: { en: "Spice", "zh-CN": "香料" },
    tags: ["pantry", "spice", "five-spice"],
    options: [],
    variants: [
      { sku: "PAN-FIV-060", options: [], price: 2900, grams: 130, barcode: "2000001000335", stock: 95, image: 0 },
    ],
    images: [
      picture(
        "five-spice-tin",
        "Teal spice tin with a star anise label, whole star anise and cassia beside it",
        "青色五香粉罐，旁边是八角和桂皮",
      ),
      picture("five-spice-flat", "The five whole spices in small dishes", "五味原料分装小碟"),
    ],
    collections: ["pantry"],
    seo: {
      title: { en: "House Five-Spice Powder, 60 g", "zh-CN": "本家五香粉 60 克" },
      description: {
        en: "Freshly toasted and ground five-spice, light on clove. 60 g tin.",
        "zh-CN": "现焙现磨五香粉，丁香放得轻，60 克铁罐。",
      },
    },
  },
];
