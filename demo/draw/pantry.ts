import { band, round, vessel } from "./form.ts";
import type { Drawings } from "./index.ts";
import { berry, glass, jar, lid, star } from "./jars.ts";
import { type Art, at, DARK, dim, ellipse, group, LIGHT, line, lit, path, rect } from "./kit.ts";
import { label, lantern, tenDots } from "./label.ts";
import { bed, flower, heap, leaf, sprig } from "./nature.ts";
import { flatShadow, ground, scene, shadow, tints } from "./scene.ts";

function pepper(): Art {
  const art = scene(tints.pantry).zoom(1.1, 10);
  const d = jar(art, 400, 150, 340, 800, "#7d2a22");
  art.add(
    group(
      [
        rect(250, 410, 300, 420, bed(art, berry(art, 13), 83, 15, 4, [0.85, 1.15])),
        ellipse(400, 414, 148, 24, DARK, { opacity: 0.2 }),
      ],
      { "clip-path": art.clip(d) },
    ),
  );
  glass(art, d, 400, 150, 340, 800);
  lid(art, 400, 124, 284, 352, "#c99d68", true);
  label(
    art,
    392,
    508,
    180,
    220,
    {
      motif: [
        path("M0 34C2 10 -6 -4 -22 -18M0 8C8 -8 20 -14 30 -16", "none", { stroke: "#5d6a35", "stroke-width": 6 }),
        ...[at(-24, -24), at(-36, -6), at(-8, -26), at(32, -20), at(20, -34), at(-14, 2), at(18, 0)].map(
          ([x = 0, y = 0]) => ellipse(x, y, 11, 11, "#b5402f"),
        ),
      ],
      accent: "#b5402f",
    },
    20,
  );
  heap(art, berry(art, 13), 15, 190, 852, 90, 20, 6);
  const one = leaf(art, 80, 34, "#5f7d4b");
  art.add(art.use(one, 630, 860, -16), art.use(one, 616, 866, 18, 0.8));
  return art;
}

function pepperScoop(): Art {
  const art = ground(tints.pantry, "#e9bd8a");
  const scoop =
    "M330 380C230 400 170 480 180 580C190 690 300 740 400 700C490 664 520 560 480 470L660 190C690 140 630 96 594 142Z";
  flatShadow(art, scoop, 22, 30, 18, 0.45);
  const wood = "#b67f4c";
  art.add(
    path(scoop, art.linear([at(0, lit(wood, 0.4)), at(0.5, wood), at(1, dim(wood, 0.35))], 0, 0, 1, 1)),
    ellipse(336, 556, 136, 132, art.linear([at(0, dim(wood, 0.5)), at(1, lit(wood, 0.1))], 0, 0, 1, 1)),
    line("M470 460L620 200M490 440L636 176", dim(wood, 0.3), 3, { opacity: 0.4 }),
  );
  const berries = berry(art, 24);
  heap(art, berries, 42, 336, 550, 116, 110, 5, [0.8, 1.15]);
  heap(art, berries, 20, 470, 830, 260, 90, 8, [0.8, 1.1]);
  sprig(art, 90, 190, 14, 1, "#5f7d4b", 3);
  return art;
}

function chilli(oil: string, crumb: string, accent: string): Art {
  const art = scene(tints.pantry).zoom(1.16, 10);
  const d = jar(art, 400, 160, 420, 800, oil, "#f3e6cf");
  const bits = [crumb, dim(crumb, 0.3), "#e2b56a"].map((c) =>
    art.symbol([path("M-15 2L-6 -9L10 -7L16 4L2 10Z", c), path("M-12 1L-5 -7L8 -6Z", lit(c, 0.35), { opacity: 0.7 })]),
  );
  art.add(
    group(
      [
        path("M240 548A160 26 0 0 0 560 548V850H240Z", bed(art, bits, 113, 24, 6, [0.9, 1.5])),
        rect(240, 470, 320, 130, art.linear([at(0, oil, 0), at(0.6, oil, 0.2), at(1, crumb, 0.4)], 0, 0, 0, 1)),
        ellipse(400, 494, 158, 25, lit(oil, 0.3), { opacity: 0.7 }),
      ],
      { "clip-path": art.clip(d) },
    ),
  );
  glass(art, d, 400, 160, 420, 800);
  lid(art, 400, 140, 356, 432, "#33302f");
  const chill = [
    path("M-34 -22C-6 -30 30 -10 42 34C10 36 -30 14 -34 -22Z", accent),
    path("M-34 -22C-10 -14 20 6 42 34", "none", { stroke: "#fff", "stroke-width": 4, opacity: 0.4 }),
    path("M-32 -22C-44 -26 -46 -38 -40 -46", "none", { stroke: "#5d6a35", "stroke-width": 9 }),
  ];
  label(art, 392, 534, 190, 210, { motif: chill, accent }, 20);
  const pod = art.symbol([
    path("M0 6C40 -16 110 -14 150 20C104 34 40 36 0 20Z", DARK, { opacity: 0.25 }),
    path(
      "M0 0C40 -22 110 -20 150 14C104 28 40 30 0 14Z",
      art.linear([at(0, lit(accent, 0.3)), at(1, dim(accent, 0.4))], 0, 0, 0, 1),
    ),
    line("M20 2C60 -10 100 -6 124 8", "#fff", 4, { opacity: 0.45 }),
    line("M0 7C-14 4 -22 -6 -28 -14", "#5d6a35", 8),
  ]);
  art.add(art.use(pod, 112, 838, 8), art.use(pod, 262, 872, 172, 0.8));
  return art;
}

function chilliBowl(): Art {
  const art = ground(tints.pantry, "#e2b181");
  art.add(ellipse(436, 560, 300, 290, DARK, { opacity: 0.45, filter: art.blur(26) }));
  const c = "#46566b";
  art.add(
    ellipse(400, 520, 296, 296, art.linear([at(0, lit(c, 0.4)), at(1, dim(c, 0.4))], 0, 0, 1, 1)),
    ellipse(400, 520, 272, 272, art.linear([at(0, dim(c, 0.45)), at(1, lit(c, 0.2))], 0, 0, 1, 1)),
    ellipse(404, 528, 236, 236, "#e9cf9b"),
  );
  const noodle = Array.from(
    { length: 13 },
    (_, i) => `M${190 + i * 12} ${420 + ((i * 53) % 190)}c60 -90 150 40 ${230 - i * 6} ${-60 + ((i * 37) % 120)}`,
  ).join("");
  const inside = art.clip("M168 528a236 236 0 1 0 472 0a236 236 0 1 0 -472 0Z");
  art.add(
    group([line(noodle, "#c79a58", 24), line(noodle, "#f3dfae", 17), line(noodle, "#fffaf0", 4, { opacity: 0.6 })], {
      "clip-path": inside,
    }),
  );
  const bits = ["#a93a22", "#7b2517", "#e0a552"].map((k) =>
    art.symbol([path("M-15 2L-6 -9L10 -7L16 4L2 10Z", k), path("M-12 1L-5 -7L8 -6Z", lit(k, 0.4), { opacity: 0.7 })]),
  );
  art.add(ellipse(400, 500, 130, 112, "#b5471f", { opacity: 0.55, filter: art.blur(12) }));
  heap(art, bits, 52, 400, 496, 116, 98, 4, [1, 1.7]);
  const ring = art.symbol([ellipse(0, 0, 13, 12, "none", { stroke: "#7fae5a", "stroke-width": 6 })]);
  heap(art, [ring], 14, 400, 500, 180, 170, 10);
  const stick = art.linear([at(0, "#8d5b39"), at(1, "#4e2d1c")]);
  art.add(
    group([rect(-8, 0, 16, 620, stick, { rx: 8 }), rect(22, 10, 16, 620, stick, { rx: 8 })], {
      transform: "translate(640 60)rotate(22)",
    }),
  );
  return art;
}

function honey(): Art {
  const art = scene(tints.pantry).zoom(1.14, 10);
  const d = jar(art, 400, 166, 430, 800, "#d98a1f", "#fbe7bb");
  const tiny = flower(art, 12, "#fbd884", "#e39a2c", 4);
  art.add(
    group(
      [
        rect(
          230,
          480,
          340,
          340,
          art.linear([at(0, "#f2b23c", 0.9), at(0.6, "#d98a1f", 0.6), at(1, "#a85a10", 0.9)], 0, 0, 0.4, 1),
        ),
        ellipse(340, 640, 90, 150, art.radial([at(0, "#ffdf87", 0.8), at(1, "#ffdf87", 0)])),
      ],
      { "clip-path": art.clip(d) },
    ),
  );
  heap(art, [tiny], 25, 400, 560, 140, 70, 4, [0.8, 1.3]);
  heap(art, [tiny], 9, 400, 770, 130, 26, 9, [0.7, 1]);
  glass(art, d, 400, 166, 430, 800);
  lid(art, 400, 144, 366, 442, "#b98a46");
  label(
    art,
    394,
    612,
    200,
    160,
    { motif: [art.use(flower(art, 44, "#e9a83c", "#a8432f", 4), 0, 0)], accent: "#c47a1f" },
    20,
  );
  sprig(art, 110, 866, -6, 0.9, "#4f7148", 3);
  heap(art, [tiny], 9, 210, 846, 90, 16, 2, [1.1, 1.6]);
  return art;
}

function honeyDrip(): Art {
  const art = scene(tints.pantry, 820);
  const w = "#b67f4c";
  art.add(
    group(
      [
        rect(-16, -380, 32, 330, round(art, w), { rx: 16 }),
        ...Array.from({ length: 7 }, (_, i) => {
          const r = [54, 82, 98, 104, 98, 82, 54][i] ?? 60;
          return ellipse(
            0,
            -40 + i * 32,
            r,
            19,
            art.linear([at(0, dim(w, 0.2)), at(0.3, lit(w, 0.4)), at(1, dim(w, 0.45))]),
          );
        }),
      ],
      { transform: "translate(470 300)rotate(24)" },
    ),
  );
  const drip =
    "M330 380C360 330 480 360 500 430C506 480 456 490 440 540C428 600 440 700 432 800C430 840 404 840 402 800C396 700 404 620 388 560C370 500 310 450 330 380Z";
  art.add(
    path(drip, art.linear([at(0, "#ffd26b", 0.95), at(0.5, "#e79a27", 0.92), at(1, "#b7660f", 0.95)])),
    path(
      "M352 396C360 370 400 370 424 384C390 396 372 420 370 450C356 430 350 414 352 396ZM406 560C416 640 410 720 414 790",
      "none",
      { stroke: "#fff6d8", "stroke-width": 7, opacity: 0.7, filter: art.blur(2) },
    ),
  );
  art.add(
    ellipse(430, 890, 260, 66, DARK, { opacity: 0.3, filter: art.blur(14) }),
    ellipse(416, 872, 250, 60, art.linear([at(0, "#f6c04f"), at(0.6, "#dd8f20"), at(1, "#a85a10")])),
    ellipse(416, 850, 80, 20, "#ffd98a", { opacity: 0.8, filter: art.blur(6) }),
  );
  heap(art, [flower(art, 22, "#fbd884", "#e39a2c", 4)], 12, 416, 876, 210, 44, 7, [0.8, 1.3]);
  return art;
}

function fiveSpice(): Art {
  const art = scene(tints.pantry).zoom(1.12, 10);
  shadow(art, 400, 800, 140, 300);
  const c = "#2d5a5c";
  vessel(art, 400, [at(140, 500), at(140, 800)], { color: c, gloss: 0.4 });
  art.add(path(band(400, 140, 760, 784), "#e2b25a"), path(band(400, 140, 512, 530), "#e2b25a"));
  lid(art, 400, 144, 446, 508, "#e2b25a");
  art.add(path(band(400, 140, 540, 752, 0.2), art.linear([at(0, DARK, 0.3), at(0.3, LIGHT, 0.12), at(1, DARK, 0.35)])));
  art.add(ellipse(400, 680, 82, 82, "#f7ead2"), tenDots(400, 744, 84, "#a8432f", 5), lantern(400, 574, 34, "#f3d38e"));
  star(art, 400, 668, 60);
  star(art, 190, 838, 72, 12);
  star(art, 300, 880, 54, 30);
  const bark = art.symbol([
    rect(-110, -8, 220, 34, DARK, { rx: 14, opacity: 0.25 }),
    rect(-110, -20, 220, 34, art.linear([at(0, "#c47f4e"), at(1, "#6d3b20")], 0, 0, 0, 1), { rx: 12 }),
    line("M-100 -4H104", "#5a2f1a", 4),
    line("M-100 -13H100", "#e2aa78", 3, { opacity: 0.7 }),
  ]);
  art.add(art.use(bark, 590, 856, -14), art.use(bark, 610, 880, 6, 0.9));
  return art;
}

function spicesFlat(): Art {
  const art = ground(tints.pantry);
  const dish = (x: number, y: number, r: number, c: string) => {
    art.add(
      ellipse(x + 16, y + 22, r, r, DARK, { opacity: 0.35, filter: art.blur(14) }),
      ellipse(x, y, r, r, art.linear([at(0, lit(c, 0.5)), at(1, dim(c, 0.3))], 0, 0, 1, 1)),
      ellipse(x, y, r - 16, r - 16, art.linear([at(0, dim(c, 0.4)), at(1, lit(c, 0.2))], 0, 0, 1, 1)),
    );
  };
  dish(220, 250, 170, "#dcc29b");
  dish(590, 330, 160, "#46566b");
  dish(250, 700, 180, "#9dbfa9");
  dish(620, 740, 150, "#b5583a");
  star(art, 170, 210, 66);
  star(art, 270, 300, 60, 20);
  star(art, 280, 188, 48, 8);
  heap(art, berry(art, 18), 32, 590, 330, 110, 110, 4);
  const seed = art.symbol([ellipse(0, 0, 17, 6, "#8f9a58"), line("M-13 -1H13", "#d5d9a2", 2)]);
  heap(art, [seed, art.symbol([ellipse(0, 0, 16, 6, "#70793f")])], 32, 250, 700, 126, 126, 6);
  const clove = art.symbol([rect(-22, -4, 34, 8, "#4b2a1d", { rx: 4 }), ellipse(16, 0, 9, 9, "#7a4a33")]);
  heap(art, [clove], 22, 620, 740, 100, 100, 2);
  art.add(
    group(
      [
        rect(0, 0, 300, 50, art.linear([at(0, "#c47f4e"), at(1, "#6d3b20")], 0, 0, 0, 1), { rx: 16 }),
        line("M10 24H290", "#5a2f1a", 5),
      ],
      { transform: "translate(290 480)rotate(14)" },
    ),
  );
  return art;
}

export const pantry: Drawings = {
  "red-pepper-jar": pepper,
  "red-pepper-scoop": pepperScoop,
  "chilli-crisp-mild": () => chilli("#d9822b", "#b5562a", "#cf5a2b"),
  "chilli-crisp-hot": () => chilli("#b5381f", "#7f2016", "#b3261e"),
  "chilli-crisp-noodles": chilliBowl,
  "osmanthus-honey": honey,
  "osmanthus-honey-drip": honeyDrip,
  "five-spice-tin": fiveSpice,
  "five-spice-flat": spicesFlat,
};
