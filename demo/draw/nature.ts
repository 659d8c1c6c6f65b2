import { type Art, at, DARK, dim, ellipse, group, line, lit, n, type Point, path, random } from "./kit.ts";

/** A leaf lying from the origin to the right, lit on its upper half. */
export function leaf(art: Art, length: number, width: number, color: string): string {
  const [l, w] = [length, width];
  const upper = `M0 0C${n(l * 0.25)} ${n(-w * 0.75)} ${n(l * 0.7)} ${n(-w * 0.6)} ${l} 0C${n(l * 0.7)} ${n(-w * 0.08)} ${n(l * 0.3)} ${n(w * 0.06)} 0 0Z`;
  const lower = `M0 0C${n(l * 0.25)} ${n(w * 0.7)} ${n(l * 0.7)} ${n(w * 0.6)} ${l} 0C${n(l * 0.7)} ${n(-w * 0.08)} ${n(l * 0.3)} ${n(w * 0.06)} 0 0Z`;
  const veins = [0.25, 0.42, 0.6, 0.76]
    .map((at) => `M${n(l * at)} 0l${n(l * 0.1)} ${n(-w * 0.3)}M${n(l * at)} 0l${n(l * 0.1)} ${n(w * 0.28)}`)
    .join("");
  return art.symbol([
    path(lower, art.linear([at(0, dim(color, 0.1)), at(1, dim(color, 0.35))])),
    path(upper, art.linear([at(0, lit(color, 0.1)), at(1, lit(color, 0.35))])),
    line(
      `M${n(-l * 0.12)} ${n(w * 0.03)}C${n(l * 0.3)} ${n(w * 0.06)} ${n(l * 0.7)} ${n(-w * 0.08)} ${n(l * 0.97)} 0`,
      lit(color, 0.45),
      2.2,
      { opacity: 0.8 },
    ),
    line(veins, lit(color, 0.4), 1.1, { opacity: 0.5 }),
  ]);
}

/** A twig with paired leaves. */
export function sprig(art: Art, x: number, y: number, turn: number, scale: number, color: string, pairs = 3): void {
  const one = leaf(art, 96, 46, color);
  const stem = pairs * 62;
  const parts = [line(`M0 0C${stem * 0.4} -12 ${stem * 0.7} 10 ${stem + 20} 0`, dim(color, 0.35), 5)];
  for (let i = 0; i < pairs; i++) {
    const at = 26 + i * 60;
    parts.push(art.use(one, at, 0, -48 + i * 6, 1 - i * 0.1), art.use(one, at + 16, 0, 46 - i * 5, 0.94 - i * 0.1));
  }
  parts.push(art.use(one, stem + 8, 0, 0, 0.8));
  art.add(group(parts, { transform: `translate(${x} ${y})rotate(${turn})scale(${scale})` }));
}

/** Places copies of symbols inside an ellipse, back to front. */
export function heap(
  art: Art,
  symbols: string[],
  count: number,
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  seed: number,
  scale: [number, number] = [0.8, 1.15],
): void {
  const rnd = random(seed);
  const spots = Array.from({ length: count }, (): [Point, number, number, number] => {
    const angle = rnd(0, Math.PI * 2);
    const far = Math.sqrt(rnd()) * 0.98;
    return [
      [Math.round(cx + Math.cos(angle) * rx * far), Math.round(cy + Math.sin(angle) * ry * far)],
      rnd(0, 360),
      rnd(scale[0], scale[1]),
      rnd(),
    ];
  }).sort((a, b) => a[0][1] - b[0][1]);
  art.add(
    group(
      spots.map(([[x, y], turn, size, pick]) =>
        art.use(symbols[Math.floor(pick * symbols.length)] as string, x, y, Math.round(turn), size),
      ),
    ),
  );
}

/** A tiled bed of symbols, for surfaces full of leaves or seeds. */
export function bed(
  art: Art,
  symbols: string[],
  tile: number,
  count: number,
  seed: number,
  scale: [number, number] = [0.8, 1.2],
): string {
  const rnd = random(seed);
  const parts = Array.from({ length: count }, (_, i) => {
    const x = Math.round(tile * ((i * 0.618) % 1));
    const y = Math.round((tile / count) * i);
    const turn = Math.round(rnd(0, 360));
    const size = rnd(scale[0], scale[1]);
    const href = symbols[i % symbols.length] as string;
    const wraps = x < 16 || x > tile - 16 ? [0, x < 16 ? tile : -tile] : [0];
    const rows = y < 16 || y > tile - 16 ? [0, y < 16 ? tile : -tile] : [0];
    return wraps.flatMap((dx) => rows.map((dy) => art.use(href, x + dx, y + dy, turn, size))).join("");
  });
  return art.pattern(tile, tile, parts);
}

/** A small round thing with a lit side and its own shadow. */
export function bead(art: Art, r: number, color: string): string {
  return art.symbol([
    ellipse(r * 0.25, r * 0.4, r * 1.1, r * 0.85, DARK, { opacity: 0.25 }),
    ellipse(
      0,
      0,
      r,
      r,
      art.radial([at(0, lit(color, 0.6)), at(0.45, color), at(1, dim(color, 0.5))], 0.5, 0.5, 0.6, 0.4, 0.35),
    ),
  ]);
}

/** A rolled tea leaf: a small dark twist. */
export function twist(art: Art, color: string, bend = 1): string {
  return art.symbol([
    path(`M-17 3C-12 ${-9 * bend} 4 ${-13 * bend} 18 ${-4 * bend}C12 ${4 * bend} 0 ${9 * bend} -17 3Z`, color),
    line(`M-12 1C-4 ${-6 * bend} 6 ${-7 * bend} 14 ${-4 * bend}`, lit(color, 0.4), 1.8, { opacity: 0.7 }),
  ]);
}

/** A five-petalled flower seen from above. */
export function flower(art: Art, r: number, color: string, heart = "#e8b23f", petals = 5): string {
  const shape = `M0 0C${n(r * 0.55)} ${n(-r * 0.35)} ${n(r * 0.5)} ${n(-r * 1.05)} 0 ${n(-r)}C${n(-r * 0.5)} ${n(-r * 1.05)} ${n(-r * 0.55)} ${n(-r * 0.35)} 0 0Z`;
  const fill = art.linear([at(0, lit(color, 0.4)), at(1, dim(color, 0.16))], 0, 0, 0, 1);
  return art.symbol([
    ...Array.from({ length: petals }, (_, i) => path(shape, fill, { transform: `rotate(${(i * 360) / petals})` })),
    ellipse(0, 0, r * 0.2, r * 0.2, heart),
  ]);
}

/** Two or three wisps of steam or smoke rising from a point. */
export function steam(art: Art, x: number, y: number, height: number, opacity = 0.5, color = "#ffffff"): void {
  const wisp = (dx: number, s: number) =>
    `M${n(x + dx)} ${n(y)}C${n(x + dx - 34 * s)} ${n(y - height * 0.3)} ${n(x + dx + 44 * s)} ${n(y - height * 0.5)} ${n(x + dx + 4 * s)} ${n(y - height * s)}`;
  art.add(group([line(wisp(-18, 1), color, 13), line(wisp(24, 0.72), color, 9)], { opacity, filter: art.blur(6) }));
}
