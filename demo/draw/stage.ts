import { weave } from "./cloth.ts";
import { Art, at, DARK, dim, ellipse, LIGHT, line, lit, n, path, rect } from "./kit.ts";
import type { Tint } from "./scene.ts";

const FLOOR = 600;

/** A wide counter. The left third stays calm, so that a title can stand on it. */
export function stage({ wall, table, night }: Tint): Art {
  const art = new Art(1600, 900);
  art.add(
    rect(
      0,
      0,
      1600,
      900,
      art.linear([at(0, lit(wall, night ? 0 : 0.25)), at(0.62, wall), at(1, dim(wall, 0.12))], 0, 0, 1, 0.5),
    ),
    ellipse(420, 120, 900, 560, art.radial([at(0, LIGHT, night ? 0.2 : 0.7), at(1, LIGHT, 0)])),
    rect(
      0,
      FLOOR,
      1600,
      300,
      art.linear([at(0, dim(table, 0.1)), at(0.3, table), at(1, lit(table, night ? 0.06 : 0.2))], 0, 0, 0, 1),
    ),
    ellipse(520, 760, 900, 150, art.radial([at(0, LIGHT, night ? 0.14 : 0.45), at(1, LIGHT, 0)])),
    rect(0, FLOOR - 14, 1600, 14, art.linear([at(0, DARK, 0), at(1, DARK, 0.14)], 0, 0, 0, 1)),
    rect(0, FLOOR, 1600, 3, LIGHT, { opacity: 0.35 }),
  );
  return art;
}

export function bolt(art: Art, x: number, y: number, length: number, r: number, fill: string, side: string): void {
  art.add(
    ellipse(x + length / 2, y + r, length * 0.54, r * 0.4, DARK, { opacity: 0.35, filter: art.blur(10) }),
    rect(x, y - r, length, r * 2, fill),
    rect(x, y - r, length, r * 2, weave(art, 1.3)),
    rect(
      x,
      y - r,
      length,
      r * 2,
      art.linear([at(0, LIGHT, 0.2), at(0.25, LIGHT, 0.42), at(0.55, DARK, 0.05), at(1, DARK, 0.5)], 0, 0, 0, 1),
    ),
    ellipse(x, y, r * 0.42, r, lit(side, 0.25)),
    line(
      `M${x} ${n(y - r * 0.7)}a${n(r * 0.3)} ${n(r * 0.7)} 0 1 0 ${n(r * 0.24)} ${n(r * 0.9)}a${n(r * 0.2)} ${n(r * 0.45)} 0 1 0 ${n(-r * 0.3)} ${n(-r * 0.5)}`,
      dim(side, 0.35),
      4,
    ),
  );
}

export function awning(art: Art, y: number, drop: number): void {
  const stripes = (from: number) =>
    Array.from({ length: 10 }, (_, i) => `M${from + i * 160} 0h80v${y}a40 ${drop} 0 0 1-80 0Z`).join("");
  art.add(path(stripes(0), "#b5482f"), path(stripes(80), "#f6e7c8"));
  art.add(
    rect(
      0,
      0,
      1600,
      y + drop,
      art.linear([at(0, DARK, 0.42), at(0.5, DARK, 0.05), at(0.8, LIGHT, 0.16), at(1, DARK, 0.16)], 0, 0, 0, 1),
      { opacity: 0.7 },
    ),
    rect(0, y + drop - 4, 1600, 80, art.linear([at(0, DARK, 0.22), at(1, DARK, 0)], 0, 0, 0, 1)),
  );
}
