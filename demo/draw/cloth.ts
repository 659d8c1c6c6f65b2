import { type Art, at, DARK, ellipse, LIGHT, line, n, rect } from "./kit.ts";

export const dyes = { indigo: "#34527a", madder: "#b9573f", undyed: "#e6d9bf", moss: "#7b8455", ochre: "#cf9a45" };

/** A close weave laid over cloth. */
export function weave(art: Art, scale = 1): string {
  const size = 8 * scale;
  return art.pattern(size, size, [
    line(`M0 ${n(size / 4)}H${n(size / 2)}M${n(size / 2)} ${n((size * 3) / 4)}H${n(size)}`, "#fff", 1.6 * scale, {
      opacity: 0.22,
    }),
    line(`M${n(size / 4)} ${n(size / 2)}V${n(size)}M${n((size * 3) / 4)} 0V${n(size / 2)}`, DARK, 1.4 * scale, {
      opacity: 0.16,
    }),
  ]);
}

/** Soft upright folds across hanging cloth. */
export function folds(art: Art): string {
  return art.linear([
    at(0, DARK, 0.16),
    at(0.1, LIGHT, 0.3),
    at(0.24, DARK, 0.2),
    at(0.38, LIGHT, 0.32),
    at(0.55, DARK, 0.05),
    at(0.66, DARK, 0.26),
    at(0.8, LIGHT, 0.14),
    at(1, DARK, 0.32),
  ]);
}

export function peg(art: Art, x: number, y: number): void {
  art.add(
    rect(0, y - 40, 800, 46, art.linear([at(0, "#c49a6c"), at(1, "#8f6440")], 0, 0, 0, 1)),
    rect(0, y + 6, 800, 22, art.linear([at(0, DARK, 0.3), at(1, DARK, 0)], 0, 0, 0, 1)),
    ellipse(x + 10, y - 6, 22, 22, DARK, { opacity: 0.35, filter: art.blur(5) }),
    ellipse(
      x,
      y - 16,
      20,
      20,
      art.radial([at(0, "#f2cf9f"), at(0.5, "#b98555"), at(1, "#6d452a")], 0.5, 0.5, 0.6, 0.35, 0.3),
    ),
  );
}

/** The runner's resist motif: rings and dots left white in the dye. */
export function resist(art: Art, size = 120): string {
  const h = size / 2;
  const c = "#eef0ea";
  const ring = (x: number, y: number, r: number) =>
    ellipse(x, y, r, r, "none", { stroke: c, "stroke-width": 4.5, "stroke-dasharray": "9 5", opacity: 0.9 });
  return art.pattern(size, size, [
    rect(0, 0, size, size, dyes.indigo),
    ring(h, h, h * 0.68),
    ring(h, h, h * 0.36),
    ellipse(h, h, 6, 6, c),
    ...[at(0, 0), at(size, 0), at(0, size), at(size, size)].map(([x = 0, y = 0]) =>
      ellipse(x, y, 13, 13, c, { opacity: 0.85 }),
    ),
    line(`M${h} 0v8M${h} ${size}v-8M0 ${h}h8M${size} ${h}h-8`, c, 5),
  ]);
}
