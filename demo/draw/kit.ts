export type Stop = [offset: number, color: string, opacity?: number];
export type Point = [x: number, y: number];

/** A tuple. Written as a call so that lists of stops and points stay on one line. */
export const at = <T extends unknown[]>(...values: T): T => values;

export const LIGHT = "#fff1d6";
export const DARK = "#2a1d33";

/** The shortest way to write a number; a picture has thousands of them. */
const short = (value: number, steps: number): string =>
  String(Math.round(value * steps) / steps).replace(/^(-?)0\./, "$1.");

/** A coordinate: tenths near the origin of a shape, whole units elsewhere. */
export const n = (value: number): string => short(value, Math.abs(value) < 20 ? 10 : 1);

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

export function mix(from: string, to: string, amount: number): string {
  const a = channels(from);
  const b = channels(to);
  return `#${a
    .map((v, i) =>
      Math.round(v + ((b[i] ?? v) - v) * amount)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

/** Lights lean to warm cream and shades to plum, so every object sits in the same lamplight. */
export const lit = (color: string, amount: number): string => mix(color, LIGHT, amount);
export const dim = (color: string, amount: number): string => mix(color, DARK, amount);

/** Seeded, so that a redraw gives the same bytes. */
export function random(seed: number): (low?: number, high?: number) => number {
  let state = seed * 2654435761;
  return (low = 0, high = 1) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return low + (((t ^ (t >>> 14)) >>> 0) / 4294967296) * (high - low);
  };
}

type Attributes = Record<string, string | number | undefined>;

export function attrs(values: Attributes): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) => ` ${key}="${typeof value === "number" ? short(value, Math.abs(value) < 20 ? 100 : 1) : value}"`,
    )
    .join("");
}

export const path = (d: string, fill: string, more: Attributes = {}): string =>
  `<path d="${d}"${attrs({ fill, ...more })}/>`;

export const line = (d: string, stroke: string, width: number, more: Attributes = {}): string =>
  `<path d="${d}"${attrs({ fill: "none", stroke, "stroke-width": width, ...more })}/>`;

export const ellipse = (cx: number, cy: number, rx: number, ry: number, fill: string, more: Attributes = {}): string =>
  `<ellipse${attrs({ cx: cx || undefined, cy: cy || undefined, rx, ry, fill, ...more })}/>`;

export const rect = (
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  more: Attributes = {},
): string => `<rect${attrs({ x: x || undefined, y: y || undefined, width, height, fill, ...more })}/>`;

export const group = (parts: string[], more: Attributes = {}): string => `<g${attrs(more)}>${parts.join("")}</g>`;

/** A smooth curve through points; a doubled point makes a corner. Without the leading move. */
export function smooth(points: Point[]): string {
  let d = "";
  for (let i = 0; i < points.length - 1; i++) {
    const a = points[i] as Point;
    const b = points[i + 1] as Point;
    if (a[0] === b[0] && a[1] === b[1]) continue;
    const before = points[i - 1] ?? a;
    const after = points[i + 2] ?? b;
    d += `C${n(a[0] + (b[0] - before[0]) / 6)} ${n(a[1] + (b[1] - before[1]) / 6)} ${n(b[0] - (after[0] - a[0]) / 6)} ${n(
      b[1] - (after[1] - a[1]) / 6,
    )} ${n(b[0])} ${n(b[1])}`;
  }
  return d;
}

export const curve = (points: Point[]): string =>
  `M${n(points[0]?.[0] ?? 0)} ${n(points[0]?.[1] ?? 0)}${smooth(points)}`;

export const poly = (points: Point[]): string => `M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join("L")}Z`;

function stops(list: Stop[]): string {
  return list
    .map(
      ([offset, color, opacity]) =>
        `<stop${attrs({ offset: offset || undefined, "stop-color": color, "stop-opacity": opacity })}/>`,
    )
    .join("");
}

/** One picture: collects shapes and the definitions they use. */
export class Art {
  width: number;
  height: number;
  private shapes: string[] = [];
  private closing = "";
  private known = new Map<string, string>();

  constructor(width = 800, height = 1000) {
    this.width = width;
    this.height = height;
  }

  add(...shapes: string[]): this {
    this.shapes.push(...shapes);
    return this;
  }

  private define(make: (id: string) => string): string {
    const key = make("");
    const id = this.known.get(key) ?? `d${this.known.size.toString(36)}`;
    this.known.set(key, id);
    return id;
  }

  linear(list: Stop[], x1 = 0, y1 = 0, x2 = 1, y2 = 0): string {
    const id = this.define(
      (name) =>
        `<linearGradient${attrs({ id: name, x1: x1 || undefined, y1: y1 || undefined, x2: x2 === 1 ? undefined : x2, y2: y2 || undefined })}>${stops(list)}</linearGradient>`,
    );
    return `url(#${id})`;
  }

  radial(list: Stop[], cx = 0.5, cy = 0.5, r = 0.5, fx = cx, fy = cy): string {
    const other = (value: number, usual: number) => (value === usual ? undefined : value);
    const place = { cx: other(cx, 0.5), cy: other(cy, 0.5), r: other(r, 0.5), fx: other(fx, cx), fy: other(fy, cy) };
    const id = this.define((name) => `<radialGradient${attrs({ id: name, ...place })}>${stops(list)}</radialGradient>`);
    return `url(#${id})`;
  }

  pattern(width: number, height: number, shapes: string[], patternTransform?: string): string {
    const id = this.define(
      (name) =>
        `<pattern${attrs({ id: name, width, height, patternUnits: "userSpaceOnUse", patternTransform })}>${shapes.join("")}</pattern>`,
    );
    return `url(#${id})`;
  }

  /** An outline kept once, to be painted several times over. */
  outline(d: string): (fill: string, more?: Attributes) => string {
    const href = `#${this.define((name) => `<path${attrs({ id: name })} d="${d}"/>`)}`;
    return (fill, more = {}) => `<use${attrs({ href, fill, ...more })}/>`;
  }

  /** Moves and resizes what is drawn inside. */
  place(x: number, y: number, scale: number, draw: () => void): this {
    this.add(`<g transform="translate(${n(x)} ${n(y)})scale(${scale})">`);
    draw();
    return this.add("</g>");
  }

  /** Everything drawn from here on is enlarged around a point and lifted. */
  zoom(scale: number, lift = 0, x = 400, y = 810): this {
    this.closing = "</g>";
    const shift = `${n(x - x * scale)} ${n(y - y * scale - lift)}`;
    return this.add(`<g transform="translate(${shift})scale(${scale})">`);
  }

  clip(d: string): string {
    const href = `#${this.define((name) => `<path${attrs({ id: name })} d="${d}"/>`)}`;
    return `url(#${this.define((name) => `<clipPath${attrs({ id: name })}><use href="${href}"/></clipPath>`)})`;
  }

  blur(deviation: number): string {
    const box = { x: "-50%", y: "-50%", width: "200%", height: "200%" };
    const id = this.define(
      (name) =>
        `<filter${attrs({ id: name, ...box })}><feGaussianBlur stdDeviation="${Math.round(deviation)}"/></filter>`,
    );
    return `url(#${id})`;
  }

  /** A shape kept once and placed many times with `use`. */
  symbol(shapes: string[]): string {
    return `#${this.define((name) => `<g${attrs({ id: name })}>${shapes.join("")}</g>`)}`;
  }

  use(href: string, x: number, y: number, turn = 0, scale = 1, more: Attributes = {}): string {
    const transform = `translate(${n(x)} ${n(y)})${turn ? `rotate(${n(turn)})` : ""}${
      scale === 1 ? "" : `scale(${short(scale, 10)})`
    }`;
    return `<use${attrs({ href, transform, ...more })}/>`;
  }

  toString(): string {
    const defs = [...this.known].map(([key, id]) => key.replace('id=""', `id="${id}"`)).join("");
    const size = `viewBox="0 0 ${this.width} ${this.height}" width="${this.width}" height="${this.height}"`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size} stroke-linecap="round"><defs>${defs}</defs>${this.shapes.join("")}${this.closing}</svg>\n`;
    return svg.replace(
      / (d|transform)="([^"]+)"/g,
      (_, name, value) => ` ${name}="${value.replace(/(\d) -/g, "$1-")}"`,
    );
  }
}
