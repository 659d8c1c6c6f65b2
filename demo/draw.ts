import { mkdirSync, writeFileSync } from "node:fs";
import { acme } from "./draw/acme.ts";
import { banners } from "./draw/banners.ts";
import { blends } from "./draw/blends.ts";
import { candles } from "./draw/candles.ts";
import { ceramics } from "./draw/ceramics.ts";
import { hero } from "./draw/hero.ts";
import type { Drawings } from "./draw/index.ts";
import { light } from "./draw/light.ts";
import { lotusLanterns } from "./draw/lotus.ts";
import { favicon, logo } from "./draw/mark.ts";
import { pantry } from "./draw/pantry.ts";
import { paper } from "./draw/paper.ts";
import { scent } from "./draw/scent.ts";
import { soft } from "./draw/soft.ts";
import { tableware } from "./draw/tableware.ts";
import { tea } from "./draw/tea.ts";
import { textiles } from "./draw/textiles.ts";

const LIMIT = 12 * 1024;
const out = new URL("../public/demo", import.meta.url).pathname;
const all: Drawings = {
  ...tea,
  ...blends,
  ...ceramics,
  ...tableware,
  ...textiles,
  ...soft,
  ...pantry,
  ...light,
  ...lotusLanterns,
  ...candles,
  ...paper,
  ...scent,
  ...banners,
  hero,
  ...acme,
};

mkdirSync(out, { recursive: true });
const heavy: string[] = [];
for (const [name, draw] of Object.entries(all)) {
  const svg = draw().toString();
  if (Buffer.byteLength(svg) > LIMIT) heavy.push(`${name}.svg ${svg.length}`);
  writeFileSync(`${out}/${name}.svg`, svg);
}
writeFileSync(`${out}/logo.svg`, logo);
writeFileSync(`${out}/favicon.svg`, favicon);
console.log(`${Object.keys(all).length} pictures`);
if (heavy.length) {
  console.error(`over ${LIMIT} bytes: ${heavy.join(", ")}`);
  process.exitCode = 1;
}
