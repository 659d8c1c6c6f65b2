import { flame } from "./candles.ts";
import { gaiwanOn, mugOn, teapotOn } from "./ceramics.ts";
import { dyes, resist, weave } from "./cloth.ts";
import { box, round, vessel } from "./form.ts";
import { type Drawings, glazes } from "./index.ts";
import { berry, glass, jar, lid, star } from "./jars.ts";
import { type Art, at, curve, DARK, dim, ellipse, group, LIGHT, line, lit, path, rect } from "./kit.ts";
import { glyph, label, lantern, tenDots } from "./label.ts";
import { carry, paperLantern } from "./light.ts";
import { bead, flower, heap, sprig, twist } from "./nature.ts";
import { brush, envelope, waves } from "./paper.ts";
import { glow, shadow, tints } from "./scene.ts";
import { awning, bolt, stage } from "./stage.ts";
import { bowlAt } from "./tableware.ts";
import { canister } from "./tea.ts";

function tea(): Art {
  const art = stage(tints.tea);
  canister(art, 720, 330, 740, 104, "#efe6d2", "#efe6d2");
  label(art, 712, 450, 126, 220, { paper: "#dfe8d2", glyph: "tea", ink: "#3f5a47", accent: "#d79a3c" }, 16);
  canister(art, 1380, 260, 730, 128, "#2f4f43", "#b98a46");
  label(art, 1370, 396, 150, 240, { glyph: "tea" }, 20);
  art.place(660, 84, 0.86, () => gaiwanOn(art, glazes.celadon.color));
  heap(art, [twist(art, "#3a2c22")], 14, 1270, 812, 130, 22, 4);
  sprig(art, 560, 820, -8, 1, "#6f8a58", 3);
  return art;
}

function ceramics(): Art {
  const art = stage(tints.ceramics);
  art.place(470, 60, 0.86, () => mugOn(art, glazes.oat.color, glazes.oat.speckle));
  art.place(1130, 44, 0.92, () => bowlAtWithShadow(art));
  art.place(660, 22, 1.02, () => teapotOn(art, glazes.rust.color, glazes.rust.speckle));
  return art;
}

function bowlAtWithShadow(art: Art): void {
  shadow(art, 250, 800, 100, 160);
  bowlAt(art, 250, 670, 180, glazes.celadon.color, glazes.celadon.speckle);
}

function textiles(): Art {
  const art = stage(tints.textiles);
  bolt(art, 700, 730, 640, 70, dyes.ochre, dyes.ochre);
  bolt(art, 780, 736, 640, 72, dyes.madder, dyes.madder);
  bolt(art, 740, 604, 640, 68, dyes.indigo, dyes.indigo);
  const drape =
    "M900 536C900 526 910 530 930 530H1130C1144 530 1150 540 1150 560V820C1110 840 1080 812 1040 830C990 848 950 812 900 832Z";
  art.add(
    path(drape, DARK, { opacity: 0.4, transform: "translate(16 16)", filter: art.blur(12) }),
    path(drape, resist(art, 96)),
    path(drape, weave(art)),
    path(
      drape,
      art.linear([
        at(0, DARK, 0.2),
        at(0.2, LIGHT, 0.26),
        at(0.42, DARK, 0.2),
        at(0.64, LIGHT, 0.24),
        at(1, DARK, 0.36),
      ]),
    ),
    path(drape, art.linear([at(0, LIGHT, 0.4), at(0.14, LIGHT, 0), at(1, DARK, 0.2)], 0, 0, 0, 1)),
  );
  bolt(art, 810, 482, 520, 58, dyes.moss, dyes.moss);
  art.add(
    line("M700 800C640 830 600 790 560 826C540 844 556 862 590 852", dyes.madder, 6),
    group(
      [
        rect(-26, -60, 52, 120, art.linear([at(0, "#d9b27c"), at(1, "#8a5f35")])),
        rect(-34, -40, 68, 80, round(art, dyes.madder)),
        line("M-34 -24H34M-34 -8H34M-34 8H34M-34 24H34", lit(dyes.madder, 0.3), 3),
      ],
      { transform: "translate(670 800)rotate(-78)" },
    ),
  );
  return art;
}

function pantry(): Art {
  const art = stage(tints.pantry);
  const red = jar(art, 720, 110, 370, 740, "#7d2a22");
  glass(art, red, 720, 110, 370, 740);
  lid(art, 720, 92, 320, 378, "#c99d68", true);
  label(
    art,
    714,
    500,
    132,
    170,
    {
      motif: [
        ellipse(-14, -8, 16, 16, "#b5402f"),
        ellipse(18, 4, 16, 16, "#b5402f"),
        ellipse(-4, 24, 16, 16, "#b5402f"),
        line("M-14 -8L4 -40L18 4", "#5d6a35", 5),
      ],
      accent: "#b5402f",
    },
    16,
  );
  const gold = jar(art, 1010, 140, 420, 756, "#d98a1f", "#fbe7bb");
  glass(art, gold, 1010, 140, 420, 756);
  lid(art, 1010, 122, 362, 430, "#b98a46");
  label(art, 1004, 560, 160, 150, { motif: [art.use(flower(art, 44, "#e9a83c", "#a8432f", 4), 0, 0)] }, 18);
  shadow(art, 1320, 744, 116, 240);
  vessel(art, 1320, [at(116, 500), at(116, 744)], { color: "#2d5a5c", gloss: 0.4 });
  lid(art, 1320, 120, 452, 508, "#e2b25a");
  art.add(ellipse(1320, 646, 66, 66, "#f7ead2"));
  star(art, 1320, 644, 54);
  star(art, 1180, 826, 60, 10);
  heap(art, berry(art, 12), 12, 560, 800, 70, 22, 6);
  return art;
}

function light(): Art {
  const art = stage(tints.light);
  paperLantern(art, 760, 210, 104, "#f6d9a0");
  paperLantern(art, 1390, 250, 140, "#e07a45");
  glow(art, 1080, 560, 330, "#ffce78", 0.6);
  art.add(ellipse(1080, 752, 420, 90, art.radial([at(0, "#ffce78", 0.6), at(1, "#ffce78", 0)])));
  shadow(art, 1080, 746, 130, 30);
  carry(art, 1080, 402, 0.8);
  for (const [x, y] of [at(780, 540), at(850, 590)] as const) {
    shadow(art, x, 756, 44, 20, 0.8);
    vessel(art, x, [at(15, y), at(20, y + 40), at(22, 750)], { color: "#e3a94a", gloss: 0.5, tilt: 0.3 });
    vessel(art, x, [at(30, 716), at(30, 734), at(60, 752), at(62, 760)], { color: "#c39a4e", gloss: 0.8, tilt: 0.24 });
    flame(art, x, y, 0.62);
  }
  return art;
}

function paper(): Art {
  const art = stage({ wall: tints.paper.wall, table: tints.paper.wall });
  art.add(rect(0, 0, 1600, 900, art.linear([at(0, lit("#ecd5cb", 0.4)), at(1, dim("#ecd5cb", 0.16))], 0, 0, 1, 1)));
  const cover = (x: number, y: number, turn: number, c: string) =>
    art.add(
      group(
        [
          rect(-170, -250, 340, 500, DARK, { opacity: 0.36, transform: "translate(20 24)", filter: art.blur(16) }),
          rect(-166, -246, 350, 506, "#efe2c8"),
          rect(-175, -255, 350, 510, art.linear([at(0, lit(c, 0.28)), at(1, dim(c, 0.26))], 0, 0, 1, 1)),
          rect(-175, -255, 350, 510, waves(art, lit(c, 0.4)), { opacity: 0.28 }),
          line("M-130 -255V255M-175 -150H-130M-175 -50H-130M-175 50H-130M-175 150H-130", "#f8eedb", 5),
          rect(30, -210, 100, 240, "#fbf3e2", { stroke: "#a8432f", "stroke-width": 2 }),
          glyph("ten", 80, -150, 50, "#3b2a2c", 9),
          glyph("lamp", 80, -74, 56, "#3b2a2c", 9),
          lantern(80, -8, 30, "#a8432f"),
        ],
        { transform: `translate(${x} ${y})rotate(${turn})` },
      ),
    );
  cover(1330, 420, 12, "#6b7849");
  cover(1020, 400, -8, "#34527a");
  envelope(art, 780, 650, -10, "#e2a58c", true);
  brush(art, 1380, 640, 58, 0.95, true);
  sprig(art, 540, 300, -30, 1.1, "#7d8a55", 3);
  return art;
}

function scent(): Art {
  const art = stage(tints.scent);
  const cup = (x: number, r: number, c: keyof typeof glazes) => {
    const { color, speckle } = glazes[c];
    shadow(art, x, 748, r, 160);
    vessel(art, x, [at(r, 500), at(r * 1.02, 560), at(r, 660), at(r * 0.88, 736), at(r * 0.78, 748)], {
      color,
      gloss: 0.7,
      speckle,
    });
    art.add(ellipse(x, 500, r, r * 0.2, lit(color, 0.4)), ellipse(x, 504, r - 10, r * 0.17, "#f6dfae"));
    flame(art, x, 496, 0.8);
    label(art, x - 6, 560, r * 0.84, 124, { glyph: "scent" }, 12);
  };
  cup(800, 116, "celadon");
  cup(1370, 132, "moss");
  shadow(art, 1080, 750, 66, 300);
  const sticks = Array.from(
    { length: 9 },
    (_, i) => `M${1060 + i * 5} 450L${1004 + i * 20} ${280 + Math.abs(i - 4) * 8}`,
  ).join("");
  art.add(line(sticks, "#5b4436", 7), line(sticks, "#a98667", 2.4));
  vessel(art, 1080, [at(66, 440), at(66, 750)], { color: "#c4873a", gloss: 0.2 });
  label(art, 1076, 520, 90, 180, { glyph: "scent" }, 10);
  sprig(art, 560, 812, -8, 1, "#7f9475", 3);
  heap(art, [flower(art, 14, "#f6bf5f", "#d98a1f", 4)], 16, 1150, 822, 110, 20, 4);
  return art;
}

function arrivals(): Art {
  const art = stage({ wall: "#e9cfa8", table: "#b98558" });
  awning(art, 130, 36);
  paperLantern(art, 1440, 330, 84, "#e07a45");
  art.place(480, 60, 0.84, () => mugOn(art, glazes.ink.color));
  canister(art, 1010, 380, 744, 96, "#2f4f43", "#b98a46");
  label(art, 1002, 490, 116, 190, { glyph: "tea" }, 15);
  art.place(1010, 100, 0.8, () => {
    shadow(art, 400, 806, 130, 260);
    sprig(art, 400, 480, -78, 1.2, "#6d8156", 3);
    vessel(art, 400, [at(34, 470), at(26, 500), at(34, 560), at(96, 620), at(136, 700), at(116, 776), at(84, 806)], {
      color: glazes.rust.color,
      gloss: 0.9,
    });
  });
  return art;
}

function gifts(): Art {
  const art = stage({ wall: "#e3c3b4", table: "#a8705c" });
  shadow(art, 1190, 760, 250, 240);
  box(art, 960, 470, 460, 290, { color: "#a8472f", depth: 90 });
  art.add(
    path("M1146 470H1234V760H1146Z", art.linear([at(0, "#fbf0da"), at(1, "#d8c5a0")])),
    path("M1152 470L1158 380H1222L1228 470Z", "#fdf6e6"),
    ellipse(1190, 610, 62, 62, "#2f4f43"),
    lantern(1190, 612, 66, "#f7ead2"),
  );
  art.add(tenDots(1190, 720, 200, "#f7ead2"));
  shadow(art, 790, 780, 170, 180);
  const cloth = curve([
    at(620, 770),
    at(606, 660),
    at(660, 560),
    at(770, 520),
    at(800, 516),
    at(880, 540),
    at(960, 640),
    at(966, 770),
    at(966, 770),
    at(800, 796),
    at(620, 770),
    at(620, 770),
  ]);
  art.add(
    path(cloth, resist(art, 90)),
    path(cloth, art.radial([at(0, LIGHT, 0.35), at(0.5, LIGHT, 0), at(1, DARK, 0.55)], 0.5, 0.5, 0.7, 0.3, 0.3)),
    line("M780 530C740 600 680 640 640 760M800 530C800 620 790 700 800 790M820 534C880 600 920 660 946 760", DARK, 7, {
      opacity: 0.22,
    }),
  );
  const ear = "M790 530C700 520 650 470 640 410C710 400 770 450 796 514Z";
  const other = "M796 530C880 510 940 460 940 390C870 390 810 450 790 514Z";
  for (const d of [ear, other])
    art.add(path(d, resist(art, 90)), path(d, art.linear([at(0, LIGHT, 0.4), at(1, DARK, 0.45)], 0, 0, 0.4, 1)));
  art.add(
    ellipse(794, 524, 42, 36, lit(dyes.indigo, 0.1)),
    path("M760 510q34 -26 68 4", "none", { stroke: LIGHT, "stroke-width": 5, opacity: 0.5 }),
  );
  sprig(art, 1440, 800, -14, 0.9, "#6f8a58", 2);
  heap(art, [bead(art, 12, "#b5402f")], 7, 1450, 812, 40, 12, 3);
  return art;
}

export const banners: Drawings = {
  "banner-tea": tea,
  "banner-ceramics": ceramics,
  "banner-textiles": textiles,
  "banner-pantry": pantry,
  "banner-light": light,
  "banner-paper": paper,
  "banner-scent": scent,
  "banner-new-arrivals": arrivals,
  "banner-gifts": gifts,
};
