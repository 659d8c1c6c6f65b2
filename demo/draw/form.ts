import {
  type Art,
  at,
  DARK,
  dim,
  ellipse,
  group,
  LIGHT,
  line,
  lit,
  n,
  type Point,
  path,
  random,
  rect,
  smooth,
} from "./kit.ts";

export const TILT = 0.2;

export interface Body {
  d: string;
  /** Half width and height of the lip. */
  top: { r: number; y: number };
  bottom: { r: number; y: number };
  wide: number;
}

export interface Look {
  color: string;
  /** 0 matt, 1 shining glaze. */
  gloss?: number;
  speckle?: string;
  tilt?: number;
  /** Strength of the side shading. */
  depth?: number;
}

/** Round shading from left to right: light from the upper left, core shade, a little light bounced back. */
export function round(art: Art, color: string, depth = 1): string {
  return art.linear([
    at(0, dim(color, 0.2 * depth)),
    at(0.1, dim(color, 0.04 * depth)),
    at(0.28, lit(color, 0.34 * depth)),
    at(0.48, color),
    at(0.8, dim(color, 0.36 * depth)),
    at(0.94, dim(color, 0.44 * depth)),
    at(1, dim(color, 0.28 * depth)),
  ]);
}

/** The same shading to lay over a flat colour, so that every vessel in a picture shares it. */
function shading(art: Art, depth: number): string {
  return art.linear([
    at(0, DARK, 0.2 * depth),
    at(0.1, DARK, 0.03 * depth),
    at(0.28, LIGHT, 0.36 * depth),
    at(0.48, LIGHT, 0),
    at(0.5, DARK, 0),
    at(0.8, DARK, 0.36 * depth),
    at(0.94, DARK, 0.44 * depth),
    at(1, DARK, 0.28 * depth),
  ]);
}

export function outline(cx: number, profile: Point[], tilt = TILT): string {
  const right = profile.map(([r, y]): Point => [cx + r, y]);
  const left = profile.map(([r, y]): Point => [cx - r, y]);
  const [topR, topY] = profile[0] as Point;
  const [endR] = profile[profile.length - 1] as Point;
  const back = [...right].reverse();
  return `M${n(cx - topR)} ${n(topY)}${smooth(left)}A${n(endR)} ${n(endR * tilt)} 0 0 0 ${n(cx + endR)} ${n((profile.at(-1) as Point)[1])}${smooth(back)}A${n(topR)} ${n(topR * tilt)} 0 0 1 ${n(cx - topR)} ${n(topY)}Z`;
}

export function speckles(art: Art, color: string, seed = 3, size = 110): string {
  const rnd = random(seed);
  const dots = (count: number) =>
    Array.from({ length: count }, () => `M${Math.round(rnd(4, size - 4))} ${Math.round(rnd(4, size - 4))}h.1`).join("");
  const small = line(dots(14), color, 2.4, { opacity: 0.5 });
  return art.pattern(size, size, [small, line(dots(6), color, 4, { opacity: 0.7 })]);
}

/** A turned form: its right-hand profile spun round the middle line. */
export function vessel(art: Art, cx: number, profile: Point[], look: Look): Body {
  const { color, gloss = 0.5, speckle, tilt = TILT, depth = 1 } = look;
  const d = outline(cx, profile, tilt);
  const first = profile[0] as Point;
  const last = profile.at(-1) as Point;
  const wide = Math.max(...profile.map(([r]) => r));
  const paint = art.outline(d);
  art.add(paint(color), paint(shading(art, depth)));
  if (speckle) art.add(paint(speckles(art, speckle), { opacity: 0.75 }));
  art.add(paint(art.linear([at(0, LIGHT, 0.16), at(0.35, LIGHT, 0), at(0.6, DARK, 0), at(1, DARK, 0.3)], 0, 0, 0, 1)));
  if (gloss > 0) {
    const inside = profile.filter(
      ([, y]) => y > first[1] + (last[1] - first[1]) * 0.06 && y < first[1] + (last[1] - first[1]) * 0.86,
    );
    if (inside.length > 1) {
      const outer = inside.map(([r, y]): Point => [cx - r * 0.74, y + r * tilt * 0.6]);
      const inner = inside.map(([r, y]): Point => [cx - r * 0.58, y + r * tilt * 0.75]).reverse();
      const start = outer[0] as Point;
      const turn = inner[0] as Point;
      art.add(
        path(`M${n(start[0])} ${n(start[1])}${smooth(outer)}L${n(turn[0])} ${n(turn[1])}${smooth(inner)}Z`, "#fffaf0", {
          opacity: 0.62 * gloss,
          filter: art.blur(Math.max(3, wide * 0.025)),
        }),
      );
    }
  }
  return { d, top: { r: first[0], y: first[1] }, bottom: { r: last[0], y: last[1] }, wide };
}

/** The open mouth of a vessel, seen from a little above. */
export function mouth(
  art: Art,
  cx: number,
  y: number,
  r: number,
  color: string,
  inside = color,
  tilt = TILT,
  wall = 9,
): void {
  const ry = r * tilt;
  art.add(
    ellipse(cx, y, r, ry, art.linear([at(0, lit(color, 0.45)), at(0.4, lit(color, 0.55)), at(1, dim(color, 0.12))])),
    ellipse(
      cx,
      y + 1.5,
      r - wall,
      Math.max(2, ry - wall * 0.55),
      art.linear([at(0, dim(inside, 0.42)), at(0.45, dim(inside, 0.22)), at(1, lit(inside, 0.25))]),
    ),
  );
}

/** A drink or other filling, showing inside a mouth drawn before. */
export function liquid(art: Art, cx: number, y: number, r: number, color: string, tilt = TILT, drop = 0.3): void {
  const ry = r * tilt;
  const cut = `M${n(cx - r)} ${n(y)}A${n(r)} ${n(ry)} 0 0 1 ${n(cx + r)} ${n(y)}A${n(r)} ${n(ry)} 0 0 1 ${n(cx - r)} ${n(y)}Z`;
  art.add(
    group(
      [
        ellipse(
          cx,
          y + ry * drop,
          r * 0.96,
          ry * 0.96,
          art.linear([at(0, dim(color, 0.3)), at(0.5, color), at(1, lit(color, 0.25))]),
        ),
        ellipse(cx - r * 0.3, y + ry * (drop + 0.15), r * 0.3, ry * 0.2, LIGHT, { opacity: 0.5 }),
      ],
      { "clip-path": art.clip(cut) },
    ),
  );
}

/** A band wrapped round an upright cylinder: curved top and bottom edge. */
export function band(cx: number, r: number, top: number, bottom: number, tilt = TILT, from = -1, to = 1): string {
  const x1 = cx + r * from;
  const x2 = cx + r * to;
  const sag = (at: number) => r * tilt * Math.sqrt(Math.max(0, 1 - at * at));
  const mid = (x1 + x2) / 2;
  const bulge = 2 * sag((from + to) / 2) - (sag(from) + sag(to)) / 2;
  return `M${n(x1)} ${n(top + sag(from))}Q${n(mid)} ${n(top + bulge)} ${n(x2)} ${n(top + sag(to))}L${n(x2)} ${n(bottom + sag(to))}Q${n(mid)} ${n(bottom + bulge)} ${n(x1)} ${n(bottom + sag(from))}Z`;
}

export interface BoxLook {
  color: string;
  top?: string;
  depth?: number;
}

/** A box seen from the front and a little above. */
export function box(art: Art, x: number, y: number, w: number, h: number, look: BoxLook): void {
  const { color, top = lit(color, 0.25), depth = 60 } = look;
  const inset = depth * 0.5;
  art.add(
    path(
      `M${x} ${y}L${x + inset} ${y - depth}H${x + w - inset}L${x + w} ${y}Z`,
      art.linear([at(0, lit(top, 0.3)), at(1, dim(top, 0.08))]),
    ),
    rect(x, y, w, h, art.linear([at(0, lit(color, 0.2)), at(0.5, color), at(1, dim(color, 0.26))], 0, 0, 1, 0.35)),
    rect(x, y, w, 3, LIGHT, { opacity: 0.55 }),
    rect(x, y + h * 0.6, w, h * 0.4, art.linear([at(0, DARK, 0), at(1, DARK, 0.22)], 0, 0, 0, 1)),
  );
}

/** The part of a form below (or above) a line in another material: bare clay, a dipped glaze. */
export function dip(art: Art, d: string, cx: number, y: number, r: number, color: string, above = false): void {
  const sag = r * TILT;
  const far = above ? -600 : 600;
  const edge = `M${n(cx - r - 20)} ${n(y)}C${n(cx - r * 0.5)} ${n(y + sag * 1.5)} ${n(cx + r * 0.4)} ${n(y + sag * 1.25)} ${n(cx + r + 20)} ${n(y)}`;
  const part = art.outline(`${edge}V${n(y + far)}H${n(cx - r - 20)}Z`);
  art.add(
    group(
      [part(color), part(shading(art, 1)), path(edge, "none", { stroke: LIGHT, "stroke-width": 2.5, opacity: 0.35 })],
      {
        "clip-path": art.clip(d),
      },
    ),
  );
}

/** A bent tube such as a handle or a spout: a thick line with a lit and a shaded side. */
export function tube(art: Art, d: string, width: number, color: string): void {
  const bend = art.outline(d);
  const side = (stroke: string, share: number, shift: number, opacity?: number) =>
    bend("none", {
      stroke,
      "stroke-width": width * share,
      transform: `translate(${n(-width * shift)} ${n(-width * shift)})`,
      opacity,
    });
  art.add(side(dim(color, 0.42), 1, 0), side(dim(color, 0.12), 0.72, 0.1), side(lit(color, 0.45), 0.2, 0.23, 0.8));
}

export function knob(art: Art, cx: number, y: number, r: number, color: string): void {
  art.add(
    ellipse(cx + r * 0.2, y + r * 0.85, r * 0.9, r * 0.3, DARK, { opacity: 0.3 }),
    ellipse(
      cx,
      y,
      r,
      r * 0.9,
      art.radial(
        [at(0, lit(color, 0.75)), at(0.35, lit(color, 0.1)), at(1, dim(color, 0.5))],
        0.5,
        0.5,
        0.62,
        0.32,
        0.28,
      ),
    ),
  );
}
