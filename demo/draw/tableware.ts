import { dip, mouth, vessel } from "./form.ts";
import { CLAY, type Drawings, glazes } from "./index.ts";
import { type Art, at, DARK, dim, ellipse, group, LIGHT, line, lit, type Point, path } from "./kit.ts";
import { sprig, steam } from "./nature.ts";
import { ground, scene, shadow, tints } from "./scene.ts";

export function bowlAt(art: Art, cx: number, y: number, r: number, color: string, speckle: string): void {
  const h = r * 0.72;
  const profile: Point[] = [
    at(r, y),
    at(r * 0.95, y + h * 0.24),
    at(r * 0.78, y + h * 0.6),
    at(r * 0.46, y + h * 0.88),
    at(r * 0.42, y + h),
  ];
  const made = vessel(art, cx, profile, { color, gloss: 0.9, speckle, tilt: 0.26 });
  dip(art, made.d, cx, y + h * 0.86, r * 0.6, CLAY);
  mouth(art, cx, y, r, color, lit(color, 0.2), 0.26, 8);
  art.add(ellipse(cx, y, r - 3, r * 0.26 - 2, "none", { stroke: "#7b4a2c", "stroke-width": 4, opacity: 0.55 }));
}

function bowl(color: string, speckle: string): Art {
  const art = scene(tints.ceramics).zoom(1.2, 30);
  shadow(art, 400, 800, 150, 220);
  bowlAt(art, 400, 590, 270, color, speckle);
  return art;
}

function bowlStack(): Art {
  const art = scene(tints.ceramics);
  shadow(art, 400, 836, 150, 330);
  const set = [glazes.ink, glazes.celadon, glazes.oat];
  const spots = [at(690, 240), at(600, 208), at(530, 172)] as const;
  set.forEach((glaze, i) => {
    const [y, r] = spots[i] ?? [0, 0];
    bowlAt(art, 400, y, r, glaze.color, glaze.speckle);
  });
  const grain = art.symbol([ellipse(0, 0, 13, 6, "#fffaf0"), ellipse(-3, -2, 6, 2, "#ffffff")]);
  art.add(ellipse(400, 528, 140, 30, "#efe4cf"));
  for (let i = 0; i < 28; i++) {
    const a = i * 2.4;
    const far = Math.sqrt(i / 28);
    art.add(
      art.use(grain, 400 + Math.cos(a) * 136 * far, 520 + Math.sin(a) * 28 * far - (1 - far) * 26, (i * 67) % 180),
    );
  }
  steam(art, 400, 480, 230);
  return art;
}

function vase(color: string, speckle: string, stem: "plum" | "grass" | "leaf"): Art {
  const art = scene(tints.ceramics).zoom(1.0, -20);
  shadow(art, 400, 806, 130, 420);
  if (stem === "plum") {
    art.add(
      line(
        "M404 470C430 380 372 300 440 200C460 170 500 150 540 130M428 300C460 270 520 260 560 262M404 350C370 320 340 300 320 262",
        "#5c4034",
        9,
      ),
    );
    const bud = art.symbol(
      Array.from({ length: 5 }, (_, i) =>
        ellipse(0, -15, 12, 14, i < 2 ? "#f6b9b0" : "#e88f88", { transform: `rotate(${i * 72})` }),
      ).concat(ellipse(0, 0, 6, 6, "#f3d27a")),
    );
    for (const [x, y, s] of [
      at(540, 128, 1.2),
      at(470, 166, 1),
      at(560, 262, 1.1),
      at(436, 222, 0.8),
      at(318, 258, 1.15),
      at(372, 322, 0.8),
      at(500, 262, 0.7),
      at(418, 384, 0.7),
    ] as const)
      art.add(art.use(bud, x, y, x, s));
  } else if (stem === "leaf") {
    sprig(art, 400, 470, -78, 1.35, "#6d8156", 3);
    sprig(art, 404, 470, -112, 0.9, "#8b9a66", 2);
  } else {
    art.add(
      line(
        "M400 470C398 350 420 250 500 150M398 470C390 360 360 280 300 210M402 470C410 380 440 330 520 290",
        "#a78b55",
        5,
      ),
    );
    const ear = art.symbol(
      Array.from({ length: 8 }, (_, i) =>
        ellipse((i % 2 ? 7 : -7) * (1 - i / 12), -i * 12, 6, 12, i % 2 ? "#d8b56d" : "#e8cd8f", {
          transform: `rotate(${i % 2 ? 14 : -14} 0 ${-i * 12})`,
        }),
      ),
    );
    art.add(art.use(ear, 496, 158, 36, 1.2), art.use(ear, 304, 216, -36, 1.1), art.use(ear, 514, 294, 56, 1));
  }
  const body: Point[] = [at(34, 470), at(26, 500), at(34, 560), at(96, 620), at(136, 700), at(116, 776), at(84, 806)];
  const made = vessel(art, 400, body, { color, gloss: 0.9, speckle });
  dip(art, made.d, 400, 764, 130, CLAY);
  art.add(ellipse(400, 470, 34, 8, lit(color, 0.3)), ellipse(400, 471, 25, 5, dim(color, 0.6)));
  if (stem === "leaf") art.add(line("M400 471V452", "#4d5c3c", 7));
  return art;
}

function plate(filled: boolean): Art {
  const { color } = glazes.ink;
  const art = ground(tints.ceramics, filled ? "#c9a988" : tints.ceramics.wall);
  const shape =
    "M120 560C110 360 260 220 440 226C600 232 700 360 690 520C680 700 540 800 390 790C230 780 130 700 120 560Z";
  art.add(path(shape, DARK, { opacity: 0.42, transform: "translate(22 30)", filter: art.blur(20) }));
  art.add(
    path(shape, art.linear([at(0, lit(color, 0.5)), at(0.5, lit(color, 0.1)), at(1, dim(color, 0.3))], 0, 0, 1, 1)),
  );
  const inner = { transform: "translate(405 508)scale(.9)translate(-405 -508)" };
  art.add(
    path(shape, art.linear([at(0, dim(color, 0.4)), at(0.6, color), at(1, lit(color, 0.25))], 0, 0, 1, 1), inner),
  );
  art.add(
    group(
      [
        path("M100 200H700V470C560 560 420 430 300 520C220 580 150 540 100 580Z", "#d8c7a8", { opacity: 0.92 }),
        line("M100 580C150 540 220 580 300 520C420 430 560 560 700 470", "#8e9ba0", 12, { opacity: 0.6 }),
        path(
          "M100 200H700V800H100Z",
          art.linear([at(0, DARK, 0.18), at(0.5, DARK, 0), at(1, LIGHT, 0.12)], 0, 0, 1, 1),
        ),
      ],
      { "clip-path": art.clip(shape), transform: inner.transform },
    ),
    path(shape, art.linear([at(0, "#fffaf0", 0.6), at(0.3, "#fffaf0", 0), at(1, "#fffaf0", 0.1)], 0, 0, 1, 1), {
      ...inner,
      opacity: 0.5,
    }),
  );
  if (filled) {
    const bun = art.symbol([
      ellipse(14, 22, 86, 78, DARK, { opacity: 0.4 }),
      ellipse(
        0,
        0,
        84,
        80,
        art.radial([at(0, "#fffdf6"), at(0.6, "#f3e3c6"), at(1, "#cba777")], 0.5, 0.5, 0.6, 0.36, 0.32),
      ),
      line(
        "M0 -6C-10 -26 -34 -36 -46 -36M0 -6C6 -30 26 -42 40 -42M0 -6C24 -12 44 -4 54 8M0 -6C-24 0 -40 18 -44 32M0 -6C6 14 14 34 14 48",
        "#c79d6c",
        4,
        { opacity: 0.7 },
      ),
      ellipse(0, -6, 8, 7, "#b5834f"),
    ]);
    art.add(art.use(bun, 310, 440), art.use(bun, 490, 420, 40), art.use(bun, 400, 600, 100));
  } else sprig(art, 560, 900, -24, 0.8, "#7d8a55", 2);
  return art;
}

export const tableware: Drawings = {
  "bowl-oat": () => bowl(glazes.oat.color, glazes.oat.speckle),
  "bowl-celadon": () => bowl(glazes.celadon.color, glazes.celadon.speckle),
  "bowl-ink": () => bowl(glazes.ink.color, glazes.ink.speckle),
  "bowl-stack": bowlStack,
  "vase-rust": () => vase(glazes.rust.color, glazes.rust.speckle, "grass"),
  "vase-ash": () => vase(glazes.ash.color, glazes.ash.speckle, "plum"),
  "vase-moss": () => vase(glazes.moss.color, glazes.moss.speckle, "leaf"),
  "plate-crescent": () => plate(false),
  "plate-crescent-served": () => plate(true),
};
