import { dip, knob, liquid, mouth, round, tube, vessel } from "./form.ts";
import { CLAY, type Drawings, glazes } from "./index.ts";
import { type Art, at, DARK, dim, ellipse, group, LIGHT, lit, type Point, path } from "./kit.ts";
import { bead, leaf, sprig, steam } from "./nature.ts";
import { ground, scene, shadow, tints } from "./scene.ts";

function saucer(art: Art, cx: number, y: number, r: number, color: string, speckle?: string): void {
  vessel(art, cx, [at(r, y), at(r * 0.86, y + 16), at(r * 0.5, y + 30), at(r * 0.46, y + 38)], {
    color,
    gloss: 0,
    speckle,
    tilt: 0.24,
  });
  art.add(
    ellipse(
      cx,
      y,
      r,
      r * 0.24,
      art.linear([at(0, lit(color, 0.5)), at(0.5, lit(color, 0.2)), at(1, dim(color, 0.12))]),
    ),
    ellipse(
      cx,
      y + 3,
      r * 0.9,
      r * 0.205,
      art.linear([at(0, dim(color, 0.22)), at(0.5, color), at(1, lit(color, 0.35))]),
    ),
  );
}

function gaiwanBowl(art: Art, y: number, color: string, speckle?: string): void {
  const profile: Point[] = [
    at(178, y),
    at(166, y + 30),
    at(150, y + 90),
    at(112, y + 165),
    at(76, y + 200),
    at(72, y + 214),
  ];
  vessel(art, 400, profile, { color, gloss: 1, speckle });
}

export function gaiwanOn(art: Art, color: string, speckle?: string): void {
  shadow(art, 400, 800, 210, 260);
  saucer(art, 400, 762, 208, color, speckle);
  art.add(ellipse(412, 772, 110, 24, DARK, { opacity: 0.35, filter: art.blur(6) }));
  gaiwanBowl(art, 548, color, speckle);
  mouth(art, 400, 548, 178, color, color);
  const lid: Point[] = [at(34, 448), at(62, 462), at(118, 488), at(146, 524), at(152, 542)];
  vessel(art, 400, lid, { color, gloss: 0.9, speckle });
  art.add(ellipse(400, 449, 36, 9, dim(color, 0.3)));
  vessel(art, 400, [at(44, 416), at(36, 428), at(26, 440), at(28, 448)], { color, gloss: 0.4 });
  mouth(art, 400, 416, 44, color, color, 0.24, 6);
}

function gaiwan(color: string, speckle: string): Art {
  const art = scene(tints.ceramics).zoom(1.32, 10);
  gaiwanOn(art, color, speckle);
  return art;
}

function gaiwanPour(): Art {
  const color = glazes.celadon.color;
  const art = scene(tints.ceramics, 560);
  shadow(art, 330, 800, 240, 220);
  saucer(art, 330, 770, 238, color, glazes.celadon.speckle);
  const profile: Point[] = [at(210, 530), at(196, 566), at(176, 630), at(132, 716), at(92, 754), at(88, 770)];
  vessel(art, 330, profile, { color, gloss: 1, speckle: glazes.celadon.speckle, tilt: 0.26 });
  mouth(art, 330, 530, 210, color, lit(color, 0.3), 0.26, 10);
  liquid(art, 330, 530, 198, "#c99a3f", 0.26, 0.35);
  const one = leaf(art, 86, 40, "#6f7d3c");
  art.add(art.use(one, 300, 560, 12, 0.8), art.use(one, 390, 566, 160, 0.7));
  steam(art, 330, 500, 300);
  shadow(art, 640, 880, 130, 70);
  vessel(art, 640, [at(36, 772), at(62, 786), at(112, 818), at(134, 862), at(136, 884)], {
    color,
    gloss: 0.9,
    speckle: glazes.celadon.speckle,
  });
  vessel(art, 640, [at(42, 742), at(34, 754), at(26, 766), at(28, 774)], { color, gloss: 0.3 });
  mouth(art, 640, 742, 42, color, color, 0.24, 6);
  return art;
}

export function teapotOn(art: Art, color: string, speckle: string): void {
  shadow(art, 380, 800, 190, 230);
  art.add(path("M250 640C190 640 176 560 128 530L158 508C214 530 240 580 300 590Z", round(art, color)));
  art.add(ellipse(143, 519, 20, 8, dim(color, 0.6), { transform: "rotate(-36 143 519)" }));
  const body: Point[] = [at(96, 520), at(150, 540), at(196, 610), at(200, 680), at(168, 760), at(128, 796)];
  const made = vessel(art, 380, body, { color, gloss: 1, speckle });
  dip(art, made.d, 380, 752, 190, CLAY);
  art.add(ellipse(380, 522, 104, 21, dim(color, 0.45)));
  vessel(art, 380, [at(20, 466), at(60, 480), at(92, 504), at(98, 518)], { color, gloss: 0.8, speckle });
  knob(art, 380, 448, 27, color);
  art.add(
    path(
      "M548 604L690 540C708 534 720 566 704 578L566 670Z",
      art.linear([at(0, lit(color, 0.35)), at(0.45, color), at(1, dim(color, 0.45))], 0.2, 0, 0.5, 1),
    ),
    ellipse(702, 558, 15, 25, art.linear([at(0, dim(color, 0.6)), at(1, dim(color, 0.3))]), {
      transform: "rotate(-22 702 558)",
    }),
    path("M566 604L686 552", "none", { stroke: "#fffaf0", "stroke-width": 9, opacity: 0.45, filter: art.blur(3) }),
  );
}

function teapot(color: string, speckle: string): Art {
  const art = scene(tints.ceramics).zoom(1.14, 20, 420);
  teapotOn(art, color, speckle);
  return art;
}

function teapotSet(): Art {
  const { color, speckle } = glazes.rust;
  const art = scene(tints.ceramics, 520).zoom(1.08, 60);
  shadow(art, 400, 850, 330, 40, 0.8);
  art.add(
    path("M70 800H730L690 868C680 880 120 880 110 868Z", art.linear([at(0, "#8d5b39"), at(1, "#5d3826")])),
    ellipse(400, 800, 332, 72, art.linear([at(0, "#c08a5c"), at(0.5, "#a9744a"), at(1, "#8d5b39")])),
    ellipse(400, 804, 306, 60, art.linear([at(0, "#8d5b39"), at(1, "#b07c50")])),
  );
  for (const [x, y, r] of [at(250, 700, 76), at(560, 716, 76)] as const) {
    art.add(ellipse(x + 20, y + 112, r, 16, DARK, { opacity: 0.4, filter: art.blur(6) }));
    const cup = vessel(art, x, [at(r, y), at(r * 0.98, y + 40), at(r * 0.8, y + 90), at(r * 0.56, y + 112)], {
      color,
      gloss: 0.9,
      speckle,
    });
    dip(art, cup.d, x, y + 82, r, CLAY);
    mouth(art, x, y, r, color, lit(color, 0.2), 0.26, 6);
    liquid(art, x, y, r - 7, "#b9772d", 0.26, 0.3);
  }
  steam(art, 250, 690, 240);
  steam(art, 560, 700, 220, 0.4);

  return art;
}

export function mugOn(art: Art, color: string, speckle?: string): void {
  shadow(art, 380, 806, 160, 260);
  tube(art, "M520 560C640 530 650 710 514 716", 36, color);
  const body: Point[] = [at(158, 498), at(156, 540), at(154, 640), at(152, 740), at(136, 796), at(122, 806)];
  const made = vessel(art, 380, body, { color, gloss: 0.6, speckle });
  const rings = Array.from({ length: 8 }, (_, i) => `M215 ${546 + i * 29}A165 33 0 0 0 545 ${546 + i * 29}`).join("");
  const ring = art.outline(rings);
  art.add(
    group(
      [
        ring("none", { stroke: dim(color, 0.42), "stroke-width": 5, opacity: 0.5 }),
        ring("none", { stroke: LIGHT, "stroke-width": 3, opacity: 0.4, transform: "translate(0 5)" }),
      ],
      { "clip-path": art.clip(made.d) },
    ),
  );
  dip(art, made.d, 380, 764, 150, CLAY);
  mouth(art, 380, 498, 158, color, lit(color, 0.3));
}

function mug(color: string, speckle: string): Art {
  const art = scene(tints.ceramics).zoom(1.32, 10);
  mugOn(art, color, speckle);
  return art;
}

function mugTop(): Art {
  const { color } = glazes.oat;
  const art = ground(tints.ceramics, "#d9b898");
  art.add(ellipse(440, 590, 260, 250, DARK, { opacity: 0.4, filter: art.blur(26) }));
  tube(art, "M590 400C700 300 760 400 640 480", 46, color);
  art.add(
    ellipse(400, 520, 250, 250, art.linear([at(0, lit(color, 0.5)), at(1, dim(color, 0.35))], 0, 0, 1, 1)),
    ellipse(400, 520, 228, 228, art.linear([at(0, dim(color, 0.4)), at(1, lit(color, 0.3))], 0, 0, 1, 1)),
    ellipse(406, 528, 208, 208, art.radial([at(0, "#8a5230"), at(0.75, "#6e3d22"), at(1, "#4a2617")])),
    ellipse(406, 528, 202, 202, "none", { stroke: "#c58a55", "stroke-width": 8, opacity: 0.7 }),
    path("M270 470C300 400 380 380 430 400C370 410 310 440 290 500Z", LIGHT, { opacity: 0.45, filter: art.blur(5) }),
  );
  const seed = bead(art, 8, "#7a4a2a");
  for (const [x, y] of [at(130, 840), at(170, 872), at(118, 890), at(690, 160)] as const) art.add(art.use(seed, x, y));
  sprig(art, 90, 210, 30, 0.9, "#7d8a55", 3);
  return art;
}

export const ceramics: Drawings = {
  "gaiwan-celadon": () => gaiwan(glazes.celadon.color, glazes.celadon.speckle),
  "gaiwan-ash": () => gaiwan(glazes.ash.color, glazes.ash.speckle),
  "gaiwan-ink": () => gaiwan(glazes.ink.color, glazes.ink.speckle),
  "gaiwan-open": gaiwanPour,
  "teapot-rust": () => teapot(glazes.rust.color, glazes.rust.speckle),
  "teapot-celadon": () => teapot(glazes.celadon.color, glazes.celadon.speckle),
  "teapot-ink": () => teapot(glazes.ink.color, glazes.ink.speckle),
  "teapot-cups": teapotSet,
  "mug-oat": () => mug(glazes.oat.color, glazes.oat.speckle),
  "mug-celadon": () => mug(glazes.celadon.color, glazes.celadon.speckle),
  "mug-rust": () => mug(glazes.rust.color, glazes.rust.speckle),
  "mug-ink": () => mug(glazes.ink.color, glazes.ink.speckle),
  "mug-top": mugTop,
};
