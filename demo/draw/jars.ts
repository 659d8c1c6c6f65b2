import { vessel } from "./form.ts";
import { type Art, at, DARK, dim, ellipse, group, LIGHT, line, lit, n, path } from "./kit.ts";
import { shadow } from "./scene.ts";

/** A glass jar: its contents first, then the glass and its reflections over them. */
export function jar(
  art: Art,
  cx: number,
  r: number,
  top: number,
  bottom: number,
  fill: string,
  tint = "#e8f1ee",
): string {
  const d = `M${n(cx - r * 0.82)} ${n(top)}C${n(cx - r * 0.84)} ${n(top + 26)} ${n(cx - r)} ${n(top + 30)} ${n(cx - r)} ${n(top + 70)}V${n(bottom - 20)}Q${n(cx - r)} ${n(bottom)} ${n(cx - r * 0.86)} ${n(bottom + 10)}A${n(r * 0.86)} ${n(r * 0.17)} 0 0 0 ${n(cx + r * 0.86)} ${n(bottom + 10)}Q${n(cx + r)} ${n(bottom)} ${n(cx + r)} ${n(bottom - 20)}V${n(top + 70)}C${n(cx + r)} ${n(top + 30)} ${n(cx + r * 0.84)} ${n(top + 26)} ${n(cx + r * 0.82)} ${n(top)}Z`;
  shadow(art, cx, bottom, r, bottom - top);
  const paint = art.outline(d);
  const level = top + 74;
  art.add(
    paint(tint, { opacity: 0.55 }),
    group(
      [
        path(`M${cx - r} ${level}A${r} ${n(r * 0.16)} 0 0 0 ${cx + r} ${level}V${bottom + 60}H${cx - r}Z`, fill),
        ellipse(cx, level, r, r * 0.16, fill),
      ],
      { "clip-path": art.clip(d) },
    ),
  );
  return d;
}

export function glass(art: Art, d: string, cx: number, r: number, top: number, bottom: number): void {
  const paint = art.outline(d);
  art.add(
    paint(
      art.linear([
        at(0, DARK, 0.34),
        at(0.08, DARK, 0.06),
        at(0.3, LIGHT, 0.2),
        at(0.5, LIGHT, 0),
        at(0.85, DARK, 0.28),
        at(0.95, LIGHT, 0.1),
        at(1, DARK, 0.3),
      ]),
    ),
    paint("none", { stroke: "#fff", "stroke-width": 3, opacity: 0.45 }),
    path(
      `M${n(cx - r * 0.8)} ${n(top + 66)}C${n(cx - r * 0.84)} ${n(top + 160)} ${n(cx - r * 0.82)} ${n(bottom - 140)} ${n(cx - r * 0.78)} ${n(bottom - 40)}`,
      "none",
      { stroke: "#fff", "stroke-width": r * 0.09, opacity: 0.65, filter: art.blur(3) },
    ),
    line(`M${n(cx + r * 0.86)} ${top + 80}V${bottom - 60}`, "#fff", 5, { opacity: 0.35 }),
  );
}

export function lid(art: Art, cx: number, r: number, top: number, bottom: number, color: string, cork = false): void {
  vessel(art, cx, [at(r, top), at(r, bottom)], { color, gloss: cork ? 0 : 0.6, speckle: cork ? "#7d5433" : undefined });
  art.add(ellipse(cx, top, r, r * 0.2, art.linear([at(0, lit(color, 0.55)), at(1, dim(color, 0.05))], 0, 0, 1, 1)));
  if (!cork)
    art.add(
      ellipse(cx, top, r - 12, r * 0.2 - 4, "none", { stroke: lit(color, 0.5), "stroke-width": 2, opacity: 0.6 }),
    );
}

/** One star anise, 60 units in radius, so that every size of it shares one drawing. */
export function star(art: Art, x: number, y: number, r: number, turn = 0): void {
  const arm = art.symbol([
    path("M0 0C12 -14 16 -44 0 -60C-16 -44 -12 -14 0 0Z", art.linear([at(0, "#a4623a"), at(1, "#5b2f1c")])),
    ellipse(0, -31, 4.5, 10, "#e0b070"),
  ]);
  const whole = art.symbol([
    ellipse(6, 10, 52, 48, DARK, { opacity: 0.28 }),
    ...Array.from({ length: 8 }, (_, i) => art.use(arm, 0, 0, i * 45)),
    ellipse(0, 0, 7, 7, "#4a2616"),
  ]);
  art.add(art.use(whole, x, y, turn, r / 60));
}

export const berry = (art: Art, r = 12): string[] =>
  ["#a5352a", "#c24a34", "#8a2823"].map((c) =>
    art.symbol([
      ellipse(2, 4, r, r * 0.9, DARK, { opacity: 0.25 }),
      ellipse(
        0,
        0,
        r,
        r * 0.95,
        art.radial([at(0, lit(c, 0.5)), at(0.5, c), at(1, dim(c, 0.5))], 0.5, 0.5, 0.6, 0.36, 0.3),
      ),
      path(
        `M${n(-r * 0.6)} ${n(-r * 0.1)}Q0 ${n(r * 0.5)} ${n(r * 0.6)} ${n(-r * 0.2)}Q0 ${n(r * 0.1)} ${n(-r * 0.6)} ${n(-r * 0.1)}Z`,
        "#f0d9b0",
        { opacity: 0.85 },
      ),
    ]),
  );
