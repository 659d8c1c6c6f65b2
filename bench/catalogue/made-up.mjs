import { seeded } from "../scale/random.mjs";
import { csvHead, csvRows } from "./as-csv.mjs";

/** A catalogue that nobody has: as many products as asked for, always the same for one seed. */
const KINDS = words(
  "lamp lantern teapot kettle blanket cushion basket bowl plate mug vase candle rug stool shelf tray",
);
const STUFFS = words("oak walnut linen cotton wool brass copper glass stoneware porcelain bamboo leather steel slate");
const LOOKS = words("small large round tall folded striped plain glazed woven quilted carved painted ribbed soft");
const COLOURS = words("red ochre indigo olive charcoal ivory teal rust plum amber moss sand navy rose");
const MAKERS = words("Kiln Harbour Fold Reed Wick Tannery Loom Orchard Quarry Meadow Lantern Ferry Mill Cove");
const CHINESE = words("台灯 灯笼 茶壶 水壶 毛毯 靠垫 篮子 碗 盘子 马克杯 花瓶 蜡烛 地毯 凳子 架子 托盘");
const SENTENCES = [
  "Made in small runs and checked by hand before it leaves the workshop.",
  "It wipes clean with a damp cloth and takes daily use for years.",
  "The colour deepens a little in the sun, as natural dyes do.",
  "Packed in card, without plastic, and sent within two days.",
];
const SYLLABLES = words("ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo za");

/** The file in pieces of text, so that nobody holds it whole. With `isStocked` every variant names a quantity. */
export function* madeUpCatalogue(products, { isStocked = false, seed = 7 } = {}) {
  yield csvHead;
  for (const product of madeUpProducts(products, isStocked, seed)) yield csvRows(product);
}

function* madeUpProducts(products, isStocked = false, seed = 7) {
  const random = seeded(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  for (let i = 0; i < products; i++) yield madeUpProduct(i, pick, random, isStocked);
}

function madeUpProduct(i, pick, random, isStocked) {
  const kind = Math.floor(random() * KINDS.length);
  const [stuff, look, colour, maker] = [pick(STUFFS), pick(LOOKS), pick(COLOURS), pick(MAKERS)];
  // A name of its own, as product lines have: what a search for one product types.
  const name = Array.from({ length: 3 }, () => pick(SYLLABLES)).join("");
  const price = (5 + Math.floor(random() * 400) + 0.9).toFixed(2);
  return {
    handle: `made-up-${i}`,
    title: `${name} ${look} ${stuff} ${KINDS[kind]} ${colour} ${CHINESE[kind]}`,
    html: `<p>${SENTENCES.map((it) => (random() < 0.7 ? it : `${pick(LOOKS)} ${pick(STUFFS)}. ${it}`)).join(" ")}</p>`.repeat(
      2,
    ),
    vendor: maker,
    type: KINDS[kind],
    tags: [stuff, colour, look],
    variants: ["S", "L"].map((size) => ({
      sku: `MU-${i}-${size}`,
      option: size,
      price,
      ...(isStocked && { onHand: Math.floor(random() * 90) }),
    })),
  };
}

function words(text) {
  return text.split(" ");
}

/** What shoppers of that catalogue type: of twenty, eight one product's name and kind, six two words, four half a word, two misspelt. */
export function* madeUpQueries(count, seed = 13) {
  const random = seeded(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const titles = Array.from(madeUpProducts(count), ({ title }) => title.split(" "));
  const name = () => pick(titles)[0];
  for (let i = 0; i < count; i++) {
    const turn = i % 20;
    const [own, , , kind] = pick(titles);
    if (turn < 8) yield `${own} ${kind}`;
    else if (turn < 14)
      yield turn % 2 ? `${pick(COLOURS)} ${pick(CHINESE)}` : `${pick(LOOKS)} ${pick(STUFFS)} ${pick(KINDS)}`;
    else if (turn < 18) yield `${pick(STUFFS)} ${name().slice(0, 4)}`;
    else yield `${pick(COLOURS)} ${pick(KINDS).replace(/(.)(.)(.)$/, "$1$3$2")}`;
  }
}
