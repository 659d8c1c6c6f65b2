import { mouth, round, vessel } from "./form.ts";
import type { Drawings } from "./index.ts";
import { type Art, at, curve, DARK, ellipse, group, LIGHT, line, lit, n, type Point, path, rect } from "./kit.ts";
import { glyph, tenDots } from "./label.ts";
import { glow, scene, shadow, tints } from "./scene.ts";

export const FLAME = "#ffce78";

export function flame(art: Art, x: number, y: number, s = 1): void {
  glow(art, x, y - 40 * s, 190 * s, FLAME, 0.7);
  art.add(
    line(`M${x} ${y + 4}V${n(y - 22 * s)}`, "#3a2420", 4),
    path(
      "M0 0C-26 -18 -24 -52 0 -104C24 -52 26 -18 0 0Z",
      art.linear([at(0, "#fff6d0"), at(0.6, "#ffc24d"), at(1, "#f0862c")], 0, 0, 0, 1),
      { transform: `translate(${x} ${n(y - 6 * s)})scale(${s})` },
    ),
    path("M0 -6C-11 -16 -10 -34 0 -58C10 -34 11 -16 0 -6Z", "#fffdf2", {
      transform: `translate(${x} ${n(y - 6 * s)})scale(${s})`,
    }),
  );
}

function tapers(color: string): Art {
  const art = scene(tints.light, 700);
  for (const [x, top, bottom] of [at(250, 350, 800), at(400, 250, 836), at(550, 410, 808)] as const) {
    art.add(ellipse(x, bottom + 14, 150, 40, art.radial([at(0, FLAME, 0.55), at(1, FLAME, 0)])));
    shadow(art, x, bottom + 14, 62, 40, 0.8);
    const wax: Point[] = [at(15, top), at(24, top + 50), at(27, bottom - 60)];
    vessel(art, x, wax, { color, gloss: 0.5, tilt: 0.3 });
    art.add(
      ellipse(x, top, 15, 5, lit(color, 0.65)),
      path(
        `M${x - 15} ${top}C${x - 19} ${top + 90} ${x - 8} ${top + 110} ${x - 8} ${top + 60}C${x - 4} ${top + 40} ${x + 2} ${top + 30} ${x + 15} ${top}Z`,
        lit(color, 0.35),
        { opacity: 0.8 },
      ),
      rect(x - 26, top, 52, 130, art.linear([at(0, "#ffe9b0", 0.7), at(1, "#ffe9b0", 0)], 0, 0, 0, 1)),
    );
    vessel(
      art,
      x,
      [at(38, bottom - 66), at(34, bottom - 52), at(40, bottom - 26), at(84, bottom), at(86, bottom + 12)],
      { color: "#c39a4e", gloss: 0.8, tilt: 0.24 },
    );
    mouth(art, x, bottom - 66, 38, "#c39a4e", "#c39a4e", 0.24, 6);
    vessel(art, x, [at(27, bottom - 110), at(27, bottom - 64)], { color, gloss: 0.4, tilt: 0.26, depth: 0.9 });
    flame(art, x, top - 2, 0.9);
  }
  return art;
}

function tapersBundle(): Art {
  const art = scene(tints.light, -20);
  const set: Point[] = [at(-150, 0), at(-90, 20), at(-30, -10), at(30, 14), at(90, -6), at(150, 24)];
  const tones = ["#e3a94a", "#e3a94a", "#a8432f", "#a8432f", "#34527a", "#34527a"];
  const shapes = set.map(([x, y], i) => {
    const c = tones[i] ?? "#e3a94a";
    return `${line(`M${x} ${y - 350}q-6 -30 8 -52`, "#e9dcc0", 5)}${path(`M${x - 15} ${y - 348}Q${x} ${y - 362} ${x + 15} ${y - 348}L${x + 28} ${y + 330}Q${x} ${y + 346} ${x - 28} ${y + 330}Z`, round(art, c))}`;
  });
  const box = curve([at(-190, -330), at(190, -330), at(200, 350), at(-200, 350), at(-190, -330)]);
  art.add(
    group([path(box, DARK, { opacity: 0.5, transform: "translate(26 30)", filter: art.blur(22) }), ...shapes], {
      transform: "translate(400 500)rotate(-12)",
    }),
  );
  art.add(
    group(
      [
        path(
          "M-196 -70Q0 -50 196 -70V90Q0 112 -196 90Z",
          art.linear([at(0, "#fbf0da"), at(0.6, "#efe0c0"), at(1, "#b9a27c")]),
        ),
        path(
          "M-196 -70Q0 -50 196 -70V90Q0 112 -196 90Z",
          art.pattern(60, 60, [line("M0 30H60M30 0V60", "#a8432f", 1.5)]),
          { opacity: 0.25 },
        ),
        glyph("lamp", 0, 8, 84, "#a8432f"),
        tenDots(0, 74, 150, "#a8432f", 6),
        path("M-196 -70Q0 -50 196 -70V-60Q0 -40 -196 -60Z", LIGHT, { opacity: 0.5 }),
      ],
      { transform: "translate(400 500)rotate(-12)" },
    ),
  );
  return art;
}

export const candles: Drawings = {
  "tapers-honey": () => tapers("#e3a94a"),
  "tapers-brick": () => tapers("#a8432f"),
  "tapers-indigo": () => tapers("#3f5f8c"),
  "tapers-bundle": tapersBundle,
};
