import { FLAME } from "./candles.ts";
import { round, tube, vessel } from "./form.ts";
import { type Drawings, glazes } from "./index.ts";
import { type Art, at, dim, ellipse, group, line, lit, n, path, rect } from "./kit.ts";
import { glow, scene, shadow, tints } from "./scene.ts";

/** A ribbed paper lantern, lit from inside. */
export function paperLantern(art: Art, cx: number, cy: number, r: number, paper: string): void {
  const ry = r * 0.9;
  glow(art, cx, cy, r * 2.1, FLAME, 0.55);
  art.add(line(`M${cx} -10V${n(cy - ry - 20)}`, "#1f1829", 5));
  art.add(
    ellipse(
      cx,
      cy,
      r,
      ry,
      art.radial(
        [at(0, "#fffbe8"), at(0.32, lit(paper, 0.75)), at(0.72, paper), at(1, dim(paper, 0.4))],
        0.5,
        0.56,
        0.58,
        0.5,
        0.6,
      ),
    ),
  );
  let ribs = "";
  for (let i = 1; i < 14; i++) {
    const at = -1 + (2 * i) / 14;
    const half = r * Math.sqrt(1 - at * at);
    const y = cy + at * ry;
    ribs += `M${n(cx - half)} ${n(y)}Q${n(cx)} ${n(y + half * 0.14 + at * 14)} ${n(cx + half)} ${n(y)}`;
  }
  const rib = art.outline(ribs);
  art.add(
    rib("none", { stroke: dim(paper, 0.4), "stroke-width": 3, opacity: 0.4 }),
    rib("none", { stroke: "#fffbe8", "stroke-width": 2.5, opacity: 0.5, transform: "translate(0 4)" }),
    ellipse(cx, cy - ry + 8, r * 0.34, r * 0.07, "#2b2030"),
    rect(cx - r * 0.34, cy - ry - 12, r * 0.68, 20, round(art, "#3a2c38"), { rx: 4 }),
    ellipse(cx, cy - ry - 12, r * 0.34, r * 0.06, "#594755"),
    path(
      `M${n(cx - r * 0.3)} ${n(cy + ry - 6)}a${n(r * 0.3)} ${n(r * 0.06)} 0 0 0 ${n(r * 0.6)} 0v16a${n(r * 0.3)} ${n(r * 0.06)} 0 0 1 ${n(-r * 0.6)} 0Z`,
      round(art, "#3a2c38"),
    ),
  );
}

function lanternAlone(paper: string): Art {
  const art = scene(tints.light, 800);
  art.add(ellipse(400, 900, 300, 50, art.radial([at(0, FLAME, 0.5), at(1, FLAME, 0)])));
  paperLantern(art, 400, 460, 250, paper);
  art.add(
    line("M400 702V780", "#a8432f", 5),
    path("M388 776H412L420 880H380Z", "#b5482f"),
    line("M386 800L382 878M394 800L392 880M402 800V880M410 800L414 878", "#e08a5e", 2.5, { opacity: 0.7 }),
  );
  return art;
}

function lanternSizes(): Art {
  const art = scene(tints.light, 740);
  paperLantern(art, 190, 250, 110, "#f6d9a0");
  paperLantern(art, 600, 330, 165, "#e07a45");
  paperLantern(art, 290, 560, 200, "#f6d9a0");
  art.add(
    rect(0, 800, 800, 200, art.linear([at(0, "#6b4a3c"), at(1, "#3c2a30")], 0, 0, 0, 1)),
    ellipse(320, 850, 380, 60, art.radial([at(0, FLAME, 0.55), at(1, FLAME, 0)])),
  );
  return art;
}

function tableLamp(color: string, speckle: string): Art {
  const art = scene(tints.light, 680);
  glow(art, 400, 420, 460, FLAME, 0.55);
  art.add(ellipse(400, 850, 420, 110, art.radial([at(0, FLAME, 0.6), at(1, FLAME, 0)])));
  shadow(art, 400, 850, 130, 60, 1);
  tube(art, "M560 852C660 866 720 850 830 880", 9, "#6b4a3c");
  vessel(art, 400, [at(26, 540), at(30, 580), at(70, 630), at(128, 700), at(138, 770), at(108, 834), at(88, 850)], {
    color,
    gloss: 0.9,
    speckle,
  });
  art.add(
    path("M300 700C330 660 360 620 370 580H430C440 620 470 660 500 700C440 690 360 690 300 700Z", FLAME, {
      opacity: 0.35,
      filter: art.blur(14),
    }),
  );
  const shade = "M278 180A122 24 0 0 1 522 180L640 540A240 50 0 0 1 160 540Z";
  const pleats = Array.from({ length: 27 }, (_, i) => {
    const at = Math.sin(((i - 13) / 13) * 1.45);
    const sag = Math.sqrt(1 - at * at);
    return `M${n(400 + at * 121)} ${n(180 + sag * 22)}L${n(400 + at * 239)} ${n(540 + sag * 48)}`;
  }).join("");
  const paper = "#f3cf92";
  const paint = art.outline(shade);
  art.add(
    ellipse(400, 180, 122, 24, "#fff4d2"),
    paint(
      art.linear([at(0, dim(paper, 0.3)), at(0.2, paper), at(0.5, "#fff1cb"), at(0.8, paper), at(1, dim(paper, 0.34))]),
    ),
    line(pleats, "#a86a34", 3.5, { opacity: 0.35 }),
    line(pleats, "#fffbe8", 3, { opacity: 0.55, transform: "translate(4 0)" }),
    paint(art.radial([at(0, "#fffbe8", 0.95), at(0.5, "#fff0c0", 0.3), at(1, "#b5692f", 0.35)], 0.5, 0.62, 0.62)),
    path("M160 540A240 50 0 0 0 640 540", "none", { stroke: "#b5783e", "stroke-width": 8 }),
    path("M278 180A122 24 0 0 0 522 180", "none", { stroke: "#c58a4c", "stroke-width": 6 }),
    ellipse(400, 180, 122, 24, "none", { stroke: "#e0b070", "stroke-width": 4 }),
  );
  return art;
}

function lampDetail(): Art {
  const art = scene(tints.light, 900);
  glow(art, 380, 300, 640, FLAME, 0.6);
  const pleats = Array.from({ length: 26 }, (_, i) => `M${40 + i * 29} -20L${n(-60 + i * 37)} 620`).join("");
  const shade = "M40 -20H760L840 600Q400 720 -40 600Z";
  art.add(
    path(shade, art.linear([at(0, "#d99f5a"), at(0.3, "#ffe5ae"), at(0.55, "#fff6da"), at(1, "#d19450")])),
    group(
      [
        line(pleats, "#a86a34", 8, { opacity: 0.32 }),
        line(pleats, "#fffdf0", 7, { opacity: 0.6, transform: "translate(9 0)" }),
      ],
      { "clip-path": art.clip(shade) },
    ),
    path(shade, art.radial([at(0, "#fffbe8", 0.9), at(1, "#b5692f", 0.3)], 0.5, 0.5, 0.7)),
    path("M-40 600Q400 720 840 600V622Q400 744 -40 622Z", "#b5783e"),
  );
  vessel(art, 400, [at(54, 690), at(60, 740), at(140, 800), at(290, 900), at(360, 1040)], {
    color: glazes.celadon.color,
    gloss: 1,
    speckle: glazes.celadon.speckle,
  });
  art.add(
    path("M250 860C300 800 340 770 346 720H454C460 770 500 800 560 860Z", FLAME, {
      opacity: 0.4,
      filter: art.blur(20),
    }),
    line("M520 690V800", "#e2b25a", 5),
    ellipse(520, 812, 13, 15, "#e2b25a"),
  );
  return art;
}

export function carry(art: Art, cx: number, y: number, s: number): void {
  const wood = "#8a5638";
  const post = round(art, wood);
  const pane = art.radial([at(0, "#fffbe8"), at(0.4, "#ffe3a1"), at(1, "#d58a3c")], 0.5, 0.6, 0.75);
  const bars = [
    rect(-150, 0, 300, 26, post),
    rect(-150, 374, 300, 30, post),
    rect(-150, 0, 24, 404, post),
    rect(126, 0, 24, 404, post),
  ];
  art.add(
    group(
      [
        path("M-92 -20C-92 -160 92 -160 92 -20", "none", { stroke: "#2b2030", "stroke-width": 13 }),
        path("M-92 -30C-92 -156 92 -156 92 -30", "none", {
          stroke: "#8f7c8c",
          "stroke-width": 3,
          transform: "translate(-3 -4)",
        }),
        rect(-62, -142, 124, 26, post, { rx: 13 }),
        path("M-170 6L-110 -44H110L170 6Z", art.linear([at(0, lit(wood, 0.35)), at(1, dim(wood, 0.3))], 0, 0, 1, 1)),
        rect(-128, 20, 256, 360, pane),
        path(
          "M20 214C40 250 42 290 0 300C-42 290 -36 252 -14 232C-10 250 4 246 0 226C0 210 10 204 20 214Z",
          "#ffffff",
          { opacity: 0.9, filter: art.blur(6) },
        ),
        line("M-44 20V380M44 20V380M-128 130H128M-128 270H128", wood, 9),
        line("M-48 20V380M40 20V380M-128 126H128M-128 266H128", "#ffdfa6", 2, { opacity: 0.7 }),
        ...bars,
        rect(-168, 400, 336, 30, post, { rx: 5 }),
      ],
      { transform: `translate(${cx} ${y})scale(${s})` },
    ),
  );
}

function carryLantern(): Art {
  const art = scene(tints.light, 660);
  glow(art, 400, 580, 430, FLAME, 0.6);
  art.add(ellipse(400, 850, 420, 120, art.radial([at(0, FLAME, 0.65), at(1, FLAME, 0)])));
  shadow(art, 400, 846, 170, 40);
  carry(art, 400, 392, 1.06);
  return art;
}

function carryStep(): Art {
  const art = scene(tints.light, 560);
  const stone = (y: number, shade: number) =>
    art.add(
      rect(0, y, 800, 150, art.linear([at(0, dim("#8b7a86", shade)), at(1, dim("#8b7a86", shade + 0.35))], 0, 0, 0, 1)),
      rect(0, y, 800, 8, "#ffdca0", { opacity: 0.35 }),
    );
  art.add(
    rect(470, 0, 330, 560, "#3b2733"),
    rect(500, 0, 300, 560, art.linear([at(0, "#8e4a3a"), at(1, "#4d2730")])),
    line("M600 0V560M700 0V560", "#3b2030", 6, { opacity: 0.6 }),
    ellipse(540, 330, 16, 16, "#e2b25a"),
  );
  stone(560, 0.2);
  stone(710, 0.3);
  stone(860, 0.45);
  glow(art, 290, 500, 420, FLAME, 0.65);
  art.add(ellipse(290, 690, 330, 70, art.radial([at(0, FLAME, 0.7), at(1, FLAME, 0)])));
  shadow(art, 290, 696, 130, 30);
  carry(art, 290, 360, 0.78);
  const boot = art.symbol([
    path(
      "M0 0H60V80C60 92 100 92 120 108C128 120 126 134 120 138H0Z",
      art.linear([at(0, "#c0653f"), at(1, "#5b2c27")]),
    ),
    rect(-2, 132, 126, 14, "#2b1a22", { rx: 4 }),
  ]);
  art.add(art.use(boot, 560, 580, 0, 1), art.use(boot, 630, 600, 0, 1));
  return art;
}

export const light: Drawings = {
  "paper-lantern-natural": () => lanternAlone("#f6d9a0"),
  "paper-lantern-persimmon": () => lanternAlone("#e07a45"),
  "paper-lantern-trio": lanternSizes,
  "table-lamp-celadon": () => tableLamp(glazes.celadon.color, glazes.celadon.speckle),
  "table-lamp-rust": () => tableLamp(glazes.rust.color, glazes.rust.speckle),
  "table-lamp-ash": () => tableLamp(glazes.ash.color, glazes.ash.speckle),
  "table-lamp-shade": lampDetail,
  "carry-lantern": carryLantern,
  "carry-lantern-step": carryStep,
};
