import { ceramics } from "./products/ceramics.ts";
import { light } from "./products/light.ts";
import { lotus } from "./products/lotus.ts";
import { pantry } from "./products/pantry.ts";
import { paper } from "./products/paper.ts";
import { scent } from "./products/scent.ts";
import { tea } from "./products/tea.ts";
import { textiles } from "./products/textiles.ts";
import { vessels } from "./products/vessels.ts";
import type { DemoCollection, DemoImage, DemoProduct, DemoShop } from "./types.ts";

export const shop: DemoShop = {
  name: { en: "Tenlamp Row", "zh-CN": "十灯集" },
  tagline: { en: "Good things from a lamplit street", "zh-CN": "灯下慢慢挑" },
  story: {
    en: "Tenlamp Row began as ten stalls on a street that only opened at dusk, each with one lantern over the counter. We still know everyone who makes what we sell: the kiln, the two looms, the woman who folds the lampshades. Come and look around; nobody will hurry you.",
    "zh-CN":
      "十灯集原是一条傍晚才开张的小街，十个摊子，一摊一盏灯。烧窑的、织布的、折灯罩的，我们都认得，东西是谁做的说得清楚。你慢慢逛，没人催。",
  },
  hero: {
    src: "/demo/hero.svg",
    alt: { en: "A market street at dusk, its stalls lit by lanterns", "zh-CN": "黄昏的集市，摊位上灯火通明" },
    width: 2000,
    height: 1000,
  },
};

const banner = (handle: string, en: string, zh: string): DemoImage => ({
  src: `/demo/banner-${handle}.svg`,
  alt: { en, "zh-CN": zh },
  width: 1600,
  height: 900,
});

export const collections: DemoCollection[] = [
  {
    handle: "new-arrivals",
    title: { en: "New on the Row", "zh-CN": "新上摊" },
    description: {
      en: "The latest to be unpacked, one or two from each stall.",
      "zh-CN": "刚开箱的几样，每个摊子都挑了一两件。",
    },
    image: banner("new-arrivals", "A mug, a tea tin and a vase under a striped awning", "条纹雨棚下的杯子、茶罐和花瓶"),
  },
  {
    handle: "tea",
    title: { en: "Tea", "zh-CN": "茶" },
    description: {
      en: "Loose leaf we drink ourselves, from roasted oolong to a grain brew for late evenings.",
      "zh-CN": "都是自己也在喝的散茶，从炭焙乌龙到夜里喝的苦荞。",
    },
    image: banner("tea", "Two tea canisters and a celadon gaiwan on a counter", "台面上的两只茶罐和一只青釉盖碗"),
  },
  {
    handle: "ceramics",
    title: { en: "Ceramics", "zh-CN": "陶瓷" },
    description: {
      en: "Stoneware from Rivermouth Kiln, thrown by hand and made to be used every day.",
      "zh-CN": "河口窑的炻器，手工拉坯，天天用才好看。",
    },
    image: banner(
      "ceramics",
      "A rust red teapot between an oat mug and a celadon bowl",
      "铁锈红的壶，两旁是燕麦色杯和青釉碗",
    ),
  },
  {
    handle: "textiles",
    title: { en: "Textiles", "zh-CN": "布艺" },
    description: {
      en: "Linen, cotton and wool from two looms and one indigo vat.",
      "zh-CN": "两张织机，一口靛缸，织出来的麻、棉和羊毛。",
    },
    image: banner(
      "textiles",
      "Rolled bolts of coloured cloth with an indigo runner over them",
      "几卷色布，搭着一条蓝染桌旗",
    ),
  },
  {
    handle: "pantry",
    title: { en: "Pantry", "zh-CN": "厨房与香料" },
    description: {
      en: "Small jars that change a dinner: pepper, chilli, honey, five-spice.",
      "zh-CN": "几只小罐子，一顿饭就不一样：花椒、辣脆、桂花蜜、五香粉。",
    },
    image: banner("pantry", "Jars of Sichuan pepper and honey beside a spice tin", "花椒罐、蜂蜜罐和香料罐"),
  },
  {
    handle: "light",
    title: { en: "Lamps and Light", "zh-CN": "灯与光" },
    description: {
      en: "Paper lanterns, a lamp to read by, candles for the long table.",
      "zh-CN": "纸灯笼、看书的台灯，还有长桌上的烛。",
    },
    image: banner(
      "light",
      "Paper lanterns, candles and a wooden lantern glowing at dusk",
      "暮色里的纸灯笼、蜡烛和木提灯",
    ),
  },
  {
    handle: "paper",
    title: { en: "Paper", "zh-CN": "纸与文具" },
    description: {
      en: "For lists, letters and slow characters in black ink.",
      "zh-CN": "记事、写信，或者慢慢磨墨写几个字。",
    },
    image: banner("paper", "Two thread-bound notebooks, a sealed envelope and a brush", "两本线装本、一封信和一支毛笔"),
  },
  {
    handle: "scent",
    title: { en: "Home Scent", "zh-CN": "居家香氛" },
    description: {
      en: "Cedar, osmanthus and mugwort, in sticks and in candles.",
      "zh-CN": "雪松、桂花、艾草，做成线香和香烛。",
    },
    image: banner("scent", "Two lit stoneware candles and a tube of incense", "两只点亮的炻杯香烛和一筒线香"),
  },
  {
    handle: "gifts",
    title: { en: "Gifts", "zh-CN": "送礼" },
    description: {
      en: "Things that are easy to give. We wrap each one in cloth or paper at no charge.",
      "zh-CN": "送得出手，也不用多解释。每件都免费用布或纸包好。",
    },
    image: banner(
      "gifts",
      "A gift tied in indigo cloth beside a red box with a paper band",
      "蓝布包起的礼物，旁边是系纸腰封的红盒",
    ),
  },
];

export const products: DemoProduct[] = [
  ...tea,
  ...ceramics,
  ...vessels,
  ...textiles,
  ...pantry,
  ...light,
  ...paper,
  ...scent,
  ...lotus,
];
