import { dyes, folds, peg, weave } from "./cloth.ts";
import type { Drawings } from "./index.ts";
import { type Art, at, curve, DARK, dim, group, LIGHT, line, lit, n, path, rect } from "./kit.ts";
import { lantern } from "./label.ts";
import { flatShadow, ground, scene, shadow, tints } from "./scene.ts";

function cushion(color: string): Art {
  const art = scene(tints.textiles, 700).zoom(1.08, 0);
  shadow(art, 410, 790, 256, 220);
  const d = curve([
    at(150, 330),
    at(150, 330),
    at(250, 356),
    at(400, 362),
    at(550, 356),
    at(652, 330),
    at(652, 330),
    at(634, 440),
    at(630, 570),
    at(640, 690),
    at(664, 802),
    at(664, 802),
    at(540, 792),
    at(400, 796),
    at(270, 792),
    at(140, 804),
    at(140, 804),
    at(166, 690),
    at(172, 570),
    at(166, 440),
    at(150, 330),
  ]);
  const paint = art.outline(d);
  const rows = (list: number[], along: (v: number) => string) => list.map(along).join("");
  const steps = [0.17, 0.34, 0.5, 0.66, 0.83];
  const grid =
    rows(
      steps,
      (v) => `M${n(160 + v * 484)} 340C${n(190 + v * 424)} 500 ${n(190 + v * 424)} 640 ${n(154 + v * 496)} 800`,
    ) +
    rows(
      steps,
      (v) => `M150 ${n(340 + v * 456)}C300 ${n(366 + v * 420)} 500 ${n(366 + v * 420)} 654 ${n(340 + v * 456)}`,
    );
  art.add(
    paint(art.radial([at(0, lit(color, 0.42)), at(0.5, color), at(1, dim(color, 0.42))], 0.5, 0.5, 0.72, 0.36, 0.34)),
    paint(weave(art)),
    group(
      [
        line(grid, DARK, 16, { opacity: 0.16, filter: art.blur(5), transform: "translate(3 4)" }),
        line(grid, "#fff", 12, { opacity: 0.22, filter: art.blur(5), transform: "translate(-8 -8)" }),
        line(grid, lit(color, 0.62), 3, { "stroke-dasharray": "11 9" }),
      ],
      { "clip-path": art.clip(d) },
    ),
    paint("none", { stroke: dim(color, 0.3), "stroke-width": 7 }),
    paint("none", { stroke: lit(color, 0.35), "stroke-width": 3, "stroke-dasharray": "2 5" }),
  );
  return art;
}

function tote(color: string, full = false): Art {
  const art = ground(tints.textiles);
  peg(art, 400, 140);
  const ink = color === dyes.undyed ? "#a8432f" : "#f3e3c2";
  const strap = "M286 440C290 260 360 124 400 124C440 124 510 260 514 440";
  if (full) {
    const green = art.linear([at(0, "#8fae62"), at(1, "#3f6136")], 0, 0, 1, 1);
    art.add(
      line("M330 470L300 210M352 470L360 170M372 470L420 220", "#dfe8c8", 30),
      path(
        "M300 230C250 180 250 110 268 70C290 110 320 160 312 230ZM356 190C330 120 340 60 366 24C384 70 386 130 374 190ZM414 236C420 170 450 120 488 96C488 150 470 200 434 246Z",
        green,
      ),
      path(
        "M440 480L520 208C536 172 590 186 584 226L530 480Z",
        art.linear([at(0, "#e9bd78"), at(0.5, "#c98a44"), at(1, "#8d5626")]),
      ),
      line("M520 260l52 22M506 308l54 22M494 356l52 22", "#f4dcae", 8, { opacity: 0.8 }),
    );
  }
  const bag =
    "M216 430H584C590 560 596 700 612 836C616 866 600 876 570 878C460 886 340 886 232 878C200 876 186 866 190 836C204 700 212 560 216 430Z";
  flatShadow(art, bag, 26, 22, 18, 0.4);
  const paint = art.outline(bag);
  art.add(
    path(strap, "none", {
      stroke: DARK,
      "stroke-width": 24,
      opacity: 0.25,
      transform: "translate(14 12)",
      filter: art.blur(7),
    }),
    path(strap, "none", { stroke: dim(color, 0.25), "stroke-width": 26 }),
    path(strap, "none", { stroke: lit(color, 0.12), "stroke-width": 18, transform: "translate(-2 -2)" }),
    paint(art.linear([at(0, lit(color, 0.3)), at(0.45, color), at(1, dim(color, 0.3))], 0, 0, 1, 0.5)),
    paint(weave(art, 1.3)),
    lantern(400, 650, 200, ink),
    line("M214 470H586", dim(color, 0.35), 3, { "stroke-dasharray": "10 7" }),
    line("M270 434v62h34v-62M498 434v62h34v-62", dim(color, 0.35), 3, { "stroke-dasharray": "8 6" }),
    path("M270 440C290 600 250 720 262 870M540 440C520 600 566 720 540 870M400 440C380 520 420 560 396 600", "none", {
      stroke: DARK,
      "stroke-width": 20,
      opacity: 0.14,
      filter: art.blur(10),
    }),
    paint(art.linear([at(0, DARK, 0.16), at(0.08, DARK, 0), at(0.7, DARK, 0), at(1, DARK, 0.28)], 0, 0, 0, 1)),
  );
  return art;
}

function throwBlanket(color: string, check: string): Art {
  const art = scene(tints.textiles).zoom(1.12, 10);
  shadow(art, 400, 830, 220, 300);
  const wood = art.linear([at(0, "#c79561"), at(1, "#7d5232")]);
  art.add(
    path("M190 560L168 830H200L226 560ZM612 560L634 830H602L576 560Z", wood),
    rect(150, 540, 502, 34, wood, { rx: 10 }),
    line("M190 720H612", "#8f6440", 18),
  );
  const d =
    "M236 500C240 480 260 470 290 470H520C548 470 566 482 568 502C582 600 576 690 590 772C520 786 470 768 402 780C340 790 290 770 222 780C236 690 228 600 236 500Z";
  const paint = art.outline(d);
  const fringe = Array.from(
    { length: 27 },
    (_, i) => `M${n(226 + i * 13.9)} ${n(776 + Math.sin(i * 0.7) * 5)}q${i % 2 ? 5 : -4} 22 ${(i % 3) * 2 - 2} 42`,
  ).join("");
  art.add(
    line(fringe, color, 7),
    line(fringe, lit(color, 0.4), 2.5, { opacity: 0.7 }),
    paint(color),
    group(
      [
        line(
          "M280 460C272 580 280 680 268 800M350 460C346 580 352 680 344 800M450 460C456 580 448 680 460 800M524 460C534 580 524 680 540 800",
          check,
          20,
          { opacity: 0.6 },
        ),
        line("M210 540H600M210 610H600M210 680H600M210 750H600", check, 20, { opacity: 0.6 }),
      ],
      { "clip-path": art.clip(d) },
    ),
    paint(weave(art, 1.4)),
    paint(folds(art)),
    paint(
      art.linear(
        [at(0, LIGHT, 0.5), at(0.16, LIGHT, 0.1), at(0.24, DARK, 0.16), at(0.5, DARK, 0), at(1, DARK, 0.25)],
        0,
        0,
        0,
        1,
      ),
    ),
  );
  return art;
}

function throwDetail(): Art {
  const art = ground(tints.textiles, dyes.moss);
  const check = "#e6d9bf";
  art.add(
    line(
      "M100 -20V1020M300 -20V1020M500 -20V1020M700 -20V1020M-20 120H820M-20 320H820M-20 520H820M-20 720H820",
      check,
      64,
      { opacity: 0.5 },
    ),
    rect(0, 0, 800, 1000, weave(art, 3)),
  );
  const turn = "M-20 640C200 600 420 700 820 560V1020H-20Z";
  flatShadow(art, turn, 0, -22, 20, 0.55);
  art.add(
    path(turn, dim(dyes.moss, 0.08)),
    group(
      [
        line(
          "M60 600V1020M260 600V1020M460 600V1020M660 600V1020M-20 760C300 730 500 820 820 690M-20 930C300 900 500 990 820 860",
          check,
          60,
          { opacity: 0.5 },
        ),
      ],
      { "clip-path": art.clip(turn) },
    ),
    path(turn, weave(art, 3)),
    path(turn, art.linear([at(0, LIGHT, 0.5), at(0.3, LIGHT, 0), at(1, DARK, 0.45)], 0, 0, 0, 1)),
  );
  art.add(rect(90, 560, 130, 190, "#f6ead2", { transform: "rotate(4 150 650)" }), lantern(152, 650, 80, "#a8432f"));
  return art;
}

export const soft: Drawings = {
  "cushion-madder": () => cushion(dyes.madder),
  "cushion-moss": () => cushion(dyes.moss),
  "cushion-indigo": () => cushion(dyes.indigo),
  "tote-undyed": () => tote(dyes.undyed),
  "tote-indigo": () => tote(dyes.indigo),
  "tote-ochre": () => tote(dyes.ochre),
  "tote-full": () => tote(dyes.undyed, true),
  "throw-moss": () => throwBlanket(dyes.moss, "#e6d9bf"),
  "throw-madder": () => throwBlanket(dyes.madder, "#f0cfa6"),
  "throw-detail": throwDetail,
};
