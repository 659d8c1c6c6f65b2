import { Art, at, DARK, dim, ellipse, LIGHT, lit, path, rect } from "./kit.ts";

export interface Tint {
  wall: string;
  table: string;
  night?: boolean;
}

export const tints = {
  tea: { wall: "#d5dcc4", table: "#b9a583" },
  ceramics: { wall: "#e8d9c4", table: "#c9a988" },
  textiles: { wall: "#ccd7dc", table: "#a9a79f" },
  pantry: { wall: "#f2cfa4", table: "#c98f5c" },
  light: { wall: "#4b4468", table: "#4a3440", night: true },
  paper: { wall: "#ecd5cb", table: "#c79f90" },
  scent: { wall: "#d6cedb", table: "#a58d99" },
  acme: { wall: "#cfd6d4", table: "#8f8069" },
} satisfies Record<string, Tint>;

export const HORIZON = 640;

/** The wall and counter every picture is set on, lit by a lantern at the upper left. */
export function scene(tint: Tint, horizon = HORIZON): Art {
  const art = new Art();
  const { wall, table, night } = tint;
  art.add(
    rect(
      0,
      0,
      800,
      1000,
      art.linear([at(0, lit(wall, night ? 0 : 0.25)), at(0.62, wall), at(1, dim(wall, 0.12))], 0, 0, 1, 0.7),
    ),
    ellipse(200, 190, 560, 520, art.radial([at(0, LIGHT, night ? 0.22 : 0.75), at(1, LIGHT, 0)])),
    rect(
      0,
      horizon,
      800,
      1000 - horizon,
      art.linear([at(0, dim(table, 0.1)), at(0.25, table), at(1, lit(table, night ? 0.06 : 0.2))], 0, 0, 0, 1),
    ),
    ellipse(250, horizon + 190, 560, 190, art.radial([at(0, LIGHT, night ? 0.16 : 0.5), at(1, LIGHT, 0)])),
    rect(0, horizon - 14, 800, 14, art.linear([at(0, DARK, 0), at(1, DARK, 0.14)], 0, 0, 0, 1)),
    rect(0, horizon, 800, 3, LIGHT, { opacity: night ? 0.15 : 0.4 }),
  );
  return art;
}

/** A plain tinted ground seen from above, for flat lays and details. */
export function ground(tint: Tint, color = tint.wall): Art {
  const art = new Art();
  art.add(
    rect(0, 0, 800, 1000, art.linear([at(0, lit(color, 0.3)), at(0.6, color), at(1, dim(color, 0.16))], 0, 0, 1, 1)),
    ellipse(180, 160, 620, 620, art.radial([at(0, LIGHT, 0.6), at(1, LIGHT, 0)])),
  );
  return art;
}

/** The soft shadow of an object standing on the counter: dark where it touches, then thrown right. */
export function shadow(art: Art, cx: number, y: number, rx: number, height = rx, strength = 1): void {
  const reach = rx + height * 0.42;
  const ry = Math.max(rx * 0.24, 14);
  art.add(
    ellipse(
      cx + reach * 0.36,
      y - ry * 0.1,
      reach * 1.12,
      ry * 1.25,
      art.radial([at(0, DARK, 0.34 * strength), at(0.55, DARK, 0.2 * strength), at(1, DARK, 0)]),
    ),
    ellipse(
      cx + rx * 0.05,
      y + ry * 0.1,
      rx * 1.12,
      ry * 0.9,
      art.radial([at(0, DARK, 0.7 * strength), at(0.75, DARK, 0.45 * strength), at(1, DARK, 0)]),
    ),
  );
}

/** The blurred shadow of something lying flat, given by its outline. */
export function flatShadow(art: Art, d: string, dx = 16, dy = 20, deviation = 14, opacity = 0.34): void {
  art.add(path(d, DARK, { opacity, transform: `translate(${dx} ${dy})`, filter: art.blur(deviation) }));
}

export function glow(art: Art, cx: number, cy: number, r: number, color = "#ffcf7a", opacity = 0.7): void {
  art.add(ellipse(cx, cy, r, r, art.radial([at(0, color, opacity), at(0.35, color, opacity * 0.5), at(1, color, 0)])));
}
