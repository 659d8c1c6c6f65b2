import { box, liquid, mouth, vessel } from "./form.ts";
import type { Drawings } from "./index.ts";
import { type Art, at, DARK, dim, ellipse, line, lit, path, rect } from "./kit.ts";
import { label, lantern, seal } from "./label.ts";
import { bead, bed, heap, sprig, steam, twist } from "./nature.ts";
import { flatShadow, ground, scene, shadow, tints } from "./scene.ts";

function buckwheat(): Art {
  const art = scene(tints.tea).zoom(1.08, 10);
  shadow(art, 410, 806, 180, 420);
  const bag =
    "M232 310C226 330 222 700 216 780C216 812 250 822 400 822C550 822 584 812 584 780C578 700 574 330 568 310Z";
  const c = "#c8a069";
  art.add(path(bag, art.linear([at(0, dim(c, 0.12)), at(0.2, lit(c, 0.3)), at(0.55, c), at(1, dim(c, 0.35))])));
  art.add(
    path("M232 250H568V316H232Z", art.linear([at(0, lit(c, 0.2)), at(0.3, lit(c, 0.4)), at(1, dim(c, 0.25))])),
    line("M236 316H564M236 300H564", dim(c, 0.4), 3, { opacity: 0.6 }),
    path("M216 780C300 740 500 740 584 780C584 812 550 822 400 822C250 822 216 812 216 780Z", DARK, { opacity: 0.14 }),
    path("M262 330C258 480 262 640 246 760", "none", {
      stroke: "#fff",
      "stroke-width": 12,
      opacity: 0.3,
      filter: art.blur(6),
    }),
    path("M540 330C536 500 548 640 556 770", "none", {
      stroke: DARK,
      "stroke-width": 14,
      opacity: 0.25,
      filter: art.blur(8),
    }),
  );
  label(art, 400, 360, 210, 220, { glyph: "tea", ink: "#5a3a22", accent: "#b5583a" });
  const view = "M300 700a100 72 0 0 1 200 0v20a100 40 0 0 1 -200 0Z";
  const grain = [bead(art, 11, "#c98d3f"), bead(art, 11, "#a86b2b"), bead(art, 10, "#e0ad5e")];
  art.add(path(view, "#8a5724"), `<g clip-path="${art.clip(view)}">`);
  heap(art, grain, 60, 400, 700, 100, 66, 7, [0.9, 1.2]);
  art.add(
    "</g>",
    path(view, "none", { stroke: dim(c, 0.35), "stroke-width": 4 }),
    path("M316 690a84 56 0 0 1 60 -48", "none", { stroke: "#fff", "stroke-width": 8, opacity: 0.5 }),
  );
  heap(art, grain, 16, 660, 850, 60, 18, 2);
  return art;
}

function buckwheatCup(): Art {
  const art = scene(tints.tea, 540).zoom(1.1, 10);
  shadow(art, 400, 800, 150, 240);
  const c = "#d9ebe4";
  vessel(art, 400, [at(170, 470), at(166, 560), at(150, 700), at(130, 790), at(120, 800)], {
    color: "#d8a24a",
    gloss: 0.9,
    depth: 0.7,
  });
  art.add(path("M230 470C232 500 232 520 234 540A166 32 0 0 0 566 540L570 470Z", c, { opacity: 0.75 }));
  const grain = [bead(art, 9, "#8a5a26"), bead(art, 9, "#a86b2b")];
  heap(art, grain, 36, 400, 786, 106, 18, 8);
  mouth(art, 400, 470, 170, c, c, 0.2, 6);
  liquid(art, 400, 484, 160, "#dfae57", 0.2, 0.9);
  steam(art, 400, 450, 280, 0.6);
  heap(art, grain, 22, 180, 850, 80, 22, 12, [1, 1.3]);
  return art;
}

function samplerOpen(): Art {
  const art = ground(tints.tea, "#c9b48f");
  flatShadow(art, "M110 150H690V850H110Z", 26, 34, 22, 0.45);
  const wood = "#a8472f";
  art.add(
    rect(110, 150, 580, 700, art.linear([at(0, lit(wood, 0.2)), at(1, dim(wood, 0.25))], 0, 0, 1, 1), { rx: 12 }),
  );
  const cells = [
    at(136, 176, 252, 312),
    at(412, 176, 252, 312),
    at(136, 512, 160, 312),
    at(320, 512, 160, 312),
    at(504, 512, 160, 312),
  ] as const;
  const kinds = [
    at("#3a2c22", "#4d3a29"),
    at("#6d7a44", "#8f9a68"),
    at("#a9a581", "#8b8560"),
    at("#b5762f", "#d09a4d"),
    at("#7a2f22", "#4d2019"),
  ] as const;
  cells.forEach(([x, y, w, h], i) => {
    const [a, b] = kinds[i] ?? kinds[0];
    const well = `M${x} ${y}h${w}v${h}h${-w}Z`;
    art.add(path(well, dim(a, 0.35)));
    const round = i === 1 || i === 3;
    const bits = round
      ? [bead(art, 15, a), bead(art, 14, b)]
      : [twist(art, a), twist(art, b, -1), twist(art, lit(b, 0.16))];
    art.add(path(well, bed(art, bits, round ? 71 : 67, round ? 8 : 10, i + 2, round ? [0.8, 1.1] : [1, 1.5])));
    art.add(path(well, art.linear([at(0, DARK, 0.5), at(0.14, DARK, 0)], 0, 0, 0.6, 1)));
  });
  return art;
}

function samplerBox(): Art {
  const art = scene(tints.tea).zoom(1.06, 10);
  shadow(art, 400, 800, 280, 260);
  box(art, 140, 480, 520, 320, { color: "#a8472f", depth: 110 });
  const lamps = Array.from({ length: 5 }, (_, i) => [190 + i * 105, 560 + (i % 2) * 24] as const);
  art.add(line("M140 540Q400 580 660 540", "#e9c178", 4));
  for (const [x, y] of lamps)
    art.add(
      ellipse(x, y + 22, 50, 50, art.radial([at(0, "#ffd98c", 0.6), at(1, "#ffd98c", 0)])),
      lantern(x, y + 20, 62, "#f6d58f"),
    );
  art.add(
    path("M356 480H444V800H356Z", art.linear([at(0, "#fbf0da"), at(1, "#d8c5a0")])),
    path("M364 480L372 370H428L436 480Z", "#fdf6e6"),
  );
  seal(art, 400, 640, 62, "#2f4f43");
  sprig(art, 120, 868, -8, 0.9, "#6f8a58", 3);
  return art;
}

export const blends: Drawings = {
  "buckwheat-pouch": buckwheat,
  "buckwheat-glass": buckwheatCup,
  "tea-sampler": samplerBox,
  "tea-sampler-open": samplerOpen,
};
