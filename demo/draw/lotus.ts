import { FLAME, flame } from "./candles.ts";
import type { Drawings } from "./index.ts";
import { type Art, at, dim, ellipse, group, line, lit, n, path, random, rect } from "./kit.ts";
import { glow, scene, tints } from "./scene.ts";

type Row = [lean: number, size: number][];

const WATER = "#2b3563";
const WATERLINE = 410;
const PETAL = "M0 0C-74 -70 -84 -196 0 -292C84 -196 74 -70 0 0Z";
const VEINS = "M0 -24V-256M-13 -34C-34 -90 -36 -170 -12 -232M13 -34C34 -90 36 -170 12 -232";
const BACK: Row = [at(-64, 0.94), at(64, 0.94), at(-37, 1.04), at(37, 1.04), at(-12, 1.1), at(13, 1.1)];
const FRONT: Row = [at(-82, 0.86), at(82, 0.86), at(-55, 0.8), at(55, 0.8), at(-28, 0.7), at(28, 0.7), at(0, 0.62)];

function pond(seed: number): Art {
  const art = scene(tints.light, WATERLINE);
  art.add(
    rect(0, WATERLINE, 800, 1000 - WATERLINE, art.linear([at(0, lit(WATER, 0.2)), at(1, dim(WATER, 0.5))], 0, 0, 0, 1)),
  );
  const rnd = random(seed);
  const ripples = Array.from({ length: 26 }, () => {
    const y = rnd(WATERLINE + 14, 985);
    const half = 18 + (y - WATERLINE) * rnd(0.08, 0.24);
    const x = rnd(0, 800);
    return `M${n(x - half)} ${n(y)}Q${n(x)} ${n(y + 5)} ${n(x + half)} ${n(y)}`;
  }).join("");
  art.add(line(ripples, "#c9bfe6", 2.5, { opacity: 0.24 }));
  return art;
}

/** One row of paper petals, brightest at the foot, where the candle is. */
function petals(art: Art, row: Row, paper: string): string[] {
  const fill = art.linear(
    [at(0, dim(paper, 0.16)), at(0.4, lit(paper, 0.14)), at(0.75, lit(paper, 0.62)), at(1, "#fff4d4")],
    0,
    0,
    0,
    1,
  );
  const petal = art.symbol([
    path(PETAL, fill, { stroke: dim(paper, 0.42), "stroke-width": 3 }),
    line(VEINS, dim(paper, 0.34), 2.5, { opacity: 0.32 }),
  ]);
  return row.map(([lean, size]) => art.use(petal, 0, 0, lean, size));
}

/** A paper lotus with a candle in it, afloat, its light on the water. */
function lotus(art: Art, x: number, y: number, size: number, paper: string): void {
  const place = `translate(${x} ${y})scale(${size})`;
  const light = art.radial([at(0, FLAME, 0.8), at(0.45, paper, 0.4), at(1, paper, 0)]);
  glow(art, x, y - 150 * size, 440 * size, FLAME, 0.55);
  art.add(
    ellipse(x, y + 70 * size, 400 * size, 120 * size, light),
    group([group(petals(art, BACK, dim(paper, 0.1)), { transform: "scale(1 -.42)" })], {
      transform: place,
      opacity: 0.3,
      filter: art.blur(6),
    }),
    group(petals(art, BACK, dim(paper, 0.1)), { transform: place }),
  );
  flame(art, x, y - 150 * size, 0.9 * size);
  art.add(
    group(petals(art, FRONT, paper), { transform: place }),
    ellipse(x, y - 20 * size, 150 * size, 110 * size, art.radial([at(0, "#fff4d0", 0.75), at(1, "#ffe3a1", 0)])),
    ellipse(x, y + 12 * size, 200 * size, 16 * size, dim(WATER, 0.4), { opacity: 0.5, filter: art.blur(6) }),
    line(`M${x - 190 * size} ${y + 16 * size}Q${x} ${y + 46 * size} ${x + 190 * size} ${y + 16 * size}`, "#ffe9bd", 3, {
      opacity: 0.55,
    }),
  );
}

function afloat(paper: string, seed: number): Art {
  const art = pond(seed);
  lotus(art, 650, 456, 0.28, paper);
  lotus(art, 130, 500, 0.36, paper);
  lotus(art, 400, 690, 1.16, paper);
  return art;
}

function together(): Art {
  const art = pond(9);
  lotus(art, 540, 560, 0.82, "#e8a53c");
  lotus(art, 270, 790, 0.98, "#df6a78");
  return art;
}

export const lotusLanterns: Drawings = {
  "lotus-lantern-rose": () => afloat("#df6a78", 5),
  "lotus-lantern-gold": () => afloat("#e8a53c", 7),
  "lotus-lantern-pair": together,
};
