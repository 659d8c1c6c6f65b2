import type { Drawings } from "./index.ts";
import { type Art, at, curve, DARK, dim, ellipse, group, LIGHT, line, lit, n, path, poly, rect } from "./kit.ts";
import { glyph, lantern, seal, tenDots } from "./label.ts";
import { flower, leaf, sprig } from "./nature.ts";
import { flatShadow, ground, tints } from "./scene.ts";

const CREAM = "#f8eedb";

/** Waves like river water, printed on covers and linings. */
export function waves(art: Art, color: string, size = 60): string {
  const h = size / 2;
  const fan = (x: number, y: number) =>
    [1, 0.68, 0.36].map((k) => `M${n(x - h * k)} ${y}a${n(h * k)} ${n(h * k)} 0 0 1 ${n(size * k)} 0`).join("");
  return art.pattern(size, h, [
    line(`${fan(h, h)}${fan(0, h / 2 + h)}${fan(size, h / 2 + h)}${fan(0, h / 2)}${fan(size, h / 2)}`, color, 2),
  ]);
}

function notebook(color: string): Art {
  const art = ground(tints.paper);
  const turn = { transform: "rotate(-7 400 500)" };
  art.add(
    group(
      [path("M190 170H630V850H190Z", DARK, { opacity: 0.42, transform: "translate(26 30)", filter: art.blur(18) })],
      turn,
    ),
  );
  const stitches = [190, 330, 400, 470, 540, 610, 680, 830].map((y) => `M172 ${y}H232`).join("");
  art.add(
    group(
      [
        rect(182, 172, 450, 684, dim(CREAM, 0.2)),
        line("M634 180V852M638 184V856M642 188V858", "#fffaf0", 2.4),
        rect(
          172,
          160,
          456,
          688,
          art.linear([at(0, lit(color, 0.28)), at(0.5, color), at(1, dim(color, 0.26))], 0, 0, 1, 1),
          { rx: 3 },
        ),
        rect(172, 160, 456, 688, waves(art, lit(color, 0.4)), { opacity: 0.28 }),
        rect(172, 160, 60, 688, art.linear([at(0, DARK, 0.28), at(0.7, DARK, 0.06), at(1, LIGHT, 0.25)])),
        line(`M232 168V842${stitches}`, DARK, 5, { opacity: 0.35, transform: "translate(3 4)" }),
        line(`M232 164V844${stitches}M172 190V164H232M172 830V846H232`, CREAM, 5),
        rect(440, 210, 130, 330, art.linear([at(0, "#fffaf0"), at(1, "#e6d5b6")]), {
          stroke: "#a8432f",
          "stroke-width": 2,
        }),
        glyph("ten", 505, 290, 70, "#3b2a2c", 9),
        glyph("lamp", 505, 392, 76, "#3b2a2c", 9),
        lantern(505, 488, 44, "#a8432f"),
      ],
      turn,
    ),
  );
  return art;
}

function notebookOpen(): Art {
  const art = ground(tints.paper, "#c79f90");
  const left = "M60 300C180 260 320 270 400 310V800C320 762 180 752 60 790Z";
  const right = "M740 300C620 260 480 270 400 310V800C480 762 620 752 740 790Z";
  flatShadow(art, "M50 300H750V820H50Z", 10, 26, 20, 0.45);
  art.add(path("M46 312H754V812H46Z", "#34527a"), path("M56 306H744V802H56Z", "#e3d4b8"));
  art.add(
    path(left, art.linear([at(0, "#fffaf0"), at(0.75, "#f6ebd6"), at(1, "#c9b592")])),
    path(right, art.linear([at(0, "#cdb997"), at(0.2, "#f6ebd6"), at(1, "#fffaf0")])),
  );
  const rows = Array.from(
    { length: 8 },
    (_, i) => `M96 ${360 + i * 52}C190 ${330 + i * 52} 300 ${338 + i * 52} 370 ${362 + i * 52}`,
  ).join("");
  art.add(line(rows, "#b58d78", 2, { opacity: 0.6 }));
  const words = Array.from(
    { length: 5 },
    (_, i) => `M104 ${350 + i * 52}q10 -20 20 -4t20 -6t22 -4t20 2t24 -8t22 4t${20 + ((i * 31) % 60)} 6`,
  ).join("");
  art.add(line(words, "#34405a", 4));
  const bloom = flower(art, 54, "#e88f6a", "#f3d27a");
  const one = leaf(art, 110, 46, "#7d8a55");
  art.add(
    line("M570 740C560 640 600 560 560 440", "#6f7d4c", 6),
    art.use(one, 574, 640, -30),
    art.use(one, 576, 600, -150, 0.9),
    art.use(bloom, 560, 430),
    art.use(bloom, 620, 520, 30, 0.7),
    line("M580 570C590 550 600 540 612 530", "#6f7d4c", 5),
  );
  art.add(
    group(
      [
        rect(-11, -240, 22, 380, art.linear([at(0, "#3f5a47"), at(0.4, "#6f8f78"), at(1, "#26382d")]), { rx: 8 }),
        path("M-11 140H11L3 184H-3Z", "#e3cfa3"),
        path("M-4 176H4L0 192Z", "#2b2030"),
      ],
      { transform: "translate(250 880)rotate(-74)" },
    ),
  );
  return art;
}

export function envelope(art: Art, x: number, y: number, turn: number, color: string, sealed: boolean): void {
  art.add(
    group(
      [
        rect(-210, -140, 420, 290, DARK, { opacity: 0.4, transform: "translate(16 22)", filter: art.blur(14) }),
        rect(-210, -145, 420, 290, art.linear([at(0, lit(color, 0.35)), at(1, dim(color, 0.18))], 0, 0, 1, 1), {
          rx: 4,
        }),
        path("M-210 145L-20 0H20L210 145Z", dim(color, 0.06)),
        line("M-210 145L-20 4M210 145L20 4", dim(color, 0.3), 2.5, { opacity: 0.6 }),
        path("M-210 -145H210L18 22Q0 34 -18 22Z", DARK, {
          opacity: 0.22,
          transform: "translate(0 8)",
          filter: art.blur(5),
        }),
        path("M-210 -145H210L18 22Q0 34 -18 22Z", art.linear([at(0, lit(color, 0.5)), at(1, color)], 0, 0, 0, 1)),
      ],
      { transform: `translate(${x} ${y})rotate(${turn})` },
    ),
  );
  if (!sealed) return;
  art.add(ellipse(x + 4, y + 18, 44, 42, DARK, { opacity: 0.35, filter: art.blur(4) }));
  art.add(
    path(
      curve([
        at(x - 42, y + 8),
        at(x - 20, y - 32),
        at(x + 24, y - 30),
        at(x + 42, y + 6),
        at(x + 26, y + 44),
        at(x - 22, y + 46),
        at(x - 42, y + 8),
      ]),
      art.radial([at(0, "#d9674a"), at(1, "#8c2f22")], 0.5, 0.5, 0.6, 0.34, 0.3),
    ),
  );
  art.add(lantern(x, y + 8, 48, "#6f2219"), lantern(x - 1.5, y + 6, 48, "#e88b6c"));
}

function letterSet(): Art {
  const art = ground(tints.paper);
  const sheet = (x: number, y: number, turn: number) =>
    art.add(
      group(
        [
          rect(-190, -260, 380, 520, DARK, { opacity: 0.32, transform: "translate(12 16)", filter: art.blur(12) }),
          rect(-190, -260, 380, 520, art.linear([at(0, "#fffaf0"), at(1, "#ecdfc6")], 0, 0, 1, 1)),
          line(Array.from({ length: 7 }, (_, i) => `M${-130 + i * 43} -170V210`).join(""), "#c4553a", 2, {
            opacity: 0.55,
          }),
          rect(-150, -190, 300, 420, "none", { stroke: "#c4553a", "stroke-width": 3, opacity: 0.7 }),
          tenDots(0, -222, 220, "#c4553a", 8),
        ],
        { transform: `translate(${x} ${y})rotate(${turn})` },
      ),
    );
  sheet(330, 370, -9);
  sheet(430, 380, 5);
  envelope(art, 360, 720, -6, "#e2a58c", true);
  sprig(art, 590, 860, -50, 1, "#7d8a55", 3);
  return art;
}

function letterOpen(): Art {
  const art = ground(tints.paper, "#c79f90");
  const c = "#e2a58c";
  flatShadow(art, "M110 470H690V880H110Z", 18, 26, 18, 0.45);
  art.add(
    path("M110 470L400 190L690 470Z", dim(c, 0.18)),
    path("M128 470L400 206L672 470Z", "#f3d6bf"),
    path("M128 470L400 206L672 470Z", waves(art, "#a8432f", 44), { opacity: 0.5 }),
    rect(110, 468, 580, 410, dim(c, 0.35)),
  );
  art.add(
    group(
      [
        rect(150, 300, 500, 460, "#fffaf0"),
        line("M210 380H590M210 430H590M210 480H590M210 530H480", "#c4553a", 2.5, { opacity: 0.45 }),
        line(
          "M214 374q12 -26 24 -4t24 -8t26 -4t24 4t28 -10t26 6t30 -4t26 6M214 424q14 -22 26 -2t30 -8t24 4t28 -8t30 6t40 -6M214 474q12 -24 26 -4t30 -6t24 2t34 -8",
          "#34405a",
          4,
        ),
      ],
      { transform: "rotate(2 400 500)" },
    ),
  );
  art.add(
    path("M110 470L390 690H410L690 470V878H110Z", art.linear([at(0, lit(c, 0.3)), at(1, dim(c, 0.15))], 0, 0, 1, 1)),
    path("M110 878L380 670Q400 656 420 670L690 878Z", art.linear([at(0, lit(c, 0.45)), at(1, c)], 0, 0, 0, 1)),
    line("M110 878L380 672M690 878L420 672", dim(c, 0.3), 3, { opacity: 0.5 }),
  );
  seal(art, 640, 210, 56, "#a8432f");
  return art;
}

export function brush(art: Art, x: number, y: number, turn: number, s = 1, inked = false): void {
  const hair = inked ? "#2b2530" : "#e9dcc4";
  art.add(
    group(
      [
        rect(-14, -300, 32, 480, DARK, { opacity: 0.35, transform: "translate(16 14)", filter: art.blur(8) }),
        line("M0 -318c-14 -22 14 -30 0 -6", "#a8432f", 4),
        rect(-13, -310, 26, 400, art.linear([at(0, "#d9b27c"), at(0.35, "#f0d3a3"), at(1, "#8a5f35")]), { rx: 5 }),
        line("M-13 -190H13M-13 -60H13", "#8a5f35", 3, { opacity: 0.6 }),
        rect(-17, 78, 34, 30, art.linear([at(0, "#5b3a52"), at(0.35, "#8f6f86"), at(1, "#2b1a2a")]), { rx: 4 }),
        path(
          "M-15 108C-24 150 -14 176 0 222C14 176 24 150 15 108Z",
          art.linear([at(0, lit(hair, 0.1)), at(0.4, lit(hair, 0.4)), at(1, dim(hair, 0.4))]),
        ),
        path("M-9 168C-6 190 -3 204 0 222C3 204 6 190 9 168C4 176 -4 176 -9 168Z", "#2b2530", {
          opacity: inked ? 1 : 0.5,
        }),
      ],
      { transform: `translate(${x} ${y})rotate(${turn})scale(${s})` },
    ),
  );
}

function brushSet(): Art {
  const art = ground(tints.paper);
  const tray = "M90 140H500V880H90Z";
  flatShadow(art, tray, 20, 26, 18, 0.4);
  art.add(
    path(tray, art.linear([at(0, "#fffaf0"), at(1, "#e3d2b3")], 0, 0, 1, 1)),
    path(tray, waves(art, "#34527a", 54), { opacity: 0.22 }),
  );
  brush(art, 190, 500, 4);
  brush(art, 320, 490, -3, 0.92);
  brush(art, 430, 470, 5, 0.76);
  flatShadow(art, "M540 420H730V840H540Z", 18, 26, 16, 0.45);
  const stone = "#4a4550";
  art.add(
    rect(540, 400, 190, 440, art.linear([at(0, lit(stone, 0.35)), at(1, dim(stone, 0.4))], 0, 0, 1, 1), { rx: 26 }),
  );
  art.add(
    rect(562, 422, 146, 396, art.linear([at(0, dim(stone, 0.5)), at(1, lit(stone, 0.08))], 0, 0, 1, 1), { rx: 18 }),
    ellipse(635, 500, 60, 62, "#17131c"),
    path("M592 480C604 452 640 444 664 456C640 462 612 476 604 506Z", LIGHT, { opacity: 0.5, filter: art.blur(3) }),
  );
  art.add(
    group(
      [
        rect(-30, -120, 60, 230, DARK, { opacity: 0.4, transform: "translate(12 14)", filter: art.blur(8) }),
        rect(-30, -120, 60, 230, art.linear([at(0, "#55505c"), at(0.3, "#3a3540"), at(1, "#17131c")]), { rx: 5 }),
        lantern(0, -50, 50, "#e2b25a"),
        tenDots(0, 70, 40, "#e2b25a", 3),
      ],
      { transform: "translate(640 240)rotate(14)" },
    ),
  );
  return art;
}

function brushStroke(): Art {
  const art = ground(tints.paper, "#b98a72");
  const sheet = poly([at(90, 110), at(650, 60), at(720, 880), at(150, 930)]);
  flatShadow(art, sheet, 18, 24, 18, 0.4);
  art.add(
    path(sheet, art.linear([at(0, "#fffaf0"), at(1, "#eaddc3")], 0, 0, 1, 1)),
    path(sheet, art.pattern(34, 34, [line("M4 8l10 3M20 26l8 -2", "#b59a6b", 1.2)]), { opacity: 0.4 }),
  );
  art.add(
    group([glyph("lamp", 390, 470, 430, "#2b2530", 10), glyph("lamp", 393, 472, 430, "#2b2530", 6.5)], {
      transform: "rotate(-5 390 470)",
      opacity: 0.9,
    }),
    rect(186, 792, 62, 62, "#b5402f", { rx: 6, transform: "rotate(-5 210 820)" }),
    lantern(218, 824, 44, "#fbeedb"),
  );
  brush(art, 640, 540, 28, 1.15, true);
  return art;
}

export const paper: Drawings = {
  "notebook-indigo": () => notebook("#34527a"),
  "notebook-brick": () => notebook("#a8472f"),
  "notebook-moss": () => notebook("#6b7849"),
  "notebook-open": notebookOpen,
  "letter-set": letterSet,
  "letter-set-open": letterOpen,
  "brush-set": brushSet,
  "brush-set-ink": brushStroke,
};
