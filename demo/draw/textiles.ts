import { dyes, folds, peg, resist, weave } from "./cloth.ts";
import type { Drawings } from "./index.ts";
import { type Art, at, DARK, dim, ellipse, group, LIGHT, line, lit, n, path, rect } from "./kit.ts";
import { leaf, sprig } from "./nature.ts";
import { flatShadow, ground, scene, shadow, tints } from "./scene.ts";

const bars = (ys: number[], x: number, width: number, bend: number): string =>
  ys.map((y) => `M${x} ${y}q${width * 0.25} ${bend} ${width * 0.5} 0t${width * 0.5} 0`).join("");

function towel(stripe: string): Art {
  const art = ground(tints.textiles);
  peg(art, 400, 150);
  const cloth =
    "M400 140C360 200 250 250 236 330C226 480 240 640 216 850C280 872 340 850 400 866C460 884 520 856 588 862C566 680 584 480 570 330C556 250 440 200 400 140Z";
  flatShadow(art, cloth, 26, 22, 16, 0.36);
  const color = dyes.undyed;
  const paint = art.outline(cloth);
  art.add(
    paint(color),
    group(
      [
        line(bars([560, 580, 600], 190, 430, -14), stripe, 7),
        line(bars([650], 190, 430, -14), stripe, 46, { opacity: 0.92 }),
        line(bars([700, 720, 740, 790], 190, 430, -14), stripe, 7),
        line("M330 240C322 460 326 660 312 870M470 240C484 460 474 660 484 870", stripe, 5, { opacity: 0.75 }),
      ],
      { "clip-path": art.clip(cloth) },
    ),
    paint(weave(art)),
    paint(folds(art)),
    path("M400 140C392 300 330 520 338 860M400 140C420 300 470 560 458 864M400 140C380 220 290 300 280 480", "none", {
      stroke: DARK,
      "stroke-width": 12,
      opacity: 0.13,
      filter: art.blur(7),
    }),
    line("M400 142C384 116 384 104 398 100C412 102 412 120 402 142", lit(stripe, 0.1), 7),
    line("M218 842C280 862 340 840 400 856C460 874 520 846 586 852", dim(color, 0.3), 2.5, {
      "stroke-dasharray": "7 6",
    }),
  );
  return art;
}

function towelStack(): Art {
  const art = scene(tints.textiles).zoom(1.1, 20);
  shadow(art, 400, 806, 250, 220);
  const set = [dyes.ochre, dyes.madder, dyes.indigo];
  set.forEach((stripe, i) => {
    const y = 716 - i * 92;
    const fold = `M160 ${y + 12}C150 ${y + 40} 152 ${y + 70} 166 ${y + 90}H630C652 ${y + 84} 658 ${y + 18} 634 ${y}H178C170 ${y} 164 ${y + 4} 160 ${y + 12}Z`;
    art.add(
      path(fold, art.linear([at(0, lit(dyes.undyed, 0.35)), at(0.5, dyes.undyed), at(1, dim(dyes.undyed, 0.3))])),
    );
    art.add(
      group(
        [
          line(
            `M440 ${y - 4}V${y + 100}M464 ${y - 4}V${y + 100}M560 ${y - 4}V${y + 100}M584 ${y - 4}V${y + 100}`,
            stripe,
            7,
          ),
          rect(490, y - 4, 46, 100, stripe),
        ],
        { "clip-path": art.clip(fold) },
      ),
      path(fold, weave(art)),
      path(fold, art.linear([at(0, LIGHT, 0.35), at(0.35, LIGHT, 0), at(1, DARK, 0.4)], 0, 0, 0, 1)),
      line(`M634 ${y + 30}H170M636 ${y + 60}H166`, DARK, 3, { opacity: 0.22 }),
      line(`M634 ${y + 33}H170M636 ${y + 63}H166`, "#fff", 2, { opacity: 0.4 }),
    );
  });
  const y = 532;
  const top = `M178 ${y}H634L600 ${y - 44}H214Z`;
  art.add(
    path(top, art.linear([at(0, lit(dyes.undyed, 0.6)), at(1, dyes.undyed)])),
    group(
      [
        line(
          `M440 ${y}L430 ${y - 46}M464 ${y}L452 ${y - 46}M560 ${y}L536 ${y - 46}M584 ${y}L558 ${y - 46}`,
          dyes.indigo,
          6,
        ),
        path(`M490 ${y}L476 ${y - 46}H516L536 ${y}Z`, dyes.indigo),
      ],
      { "clip-path": art.clip(top) },
    ),
    path(top, weave(art)),
  );
  sprig(art, 240, 496, -16, 0.9, "#8b9a66", 3);
  return art;
}

function runner(): Art {
  const art = ground(tints.textiles, "#b98a62");
  art.add(
    line("M0 150H800M0 420H800M0 700H800M0 930H800", "#7d5436", 3, { opacity: 0.5 }),
    line(
      "M40 60C240 50 300 90 760 70M20 300C300 270 420 330 780 290M0 560C300 600 480 540 800 570M60 820C300 800 500 850 790 810",
      "#8f6440",
      3,
      { opacity: 0.35 },
    ),
  );
  const cloth = "M230 -20H570V850L560 862H240L230 850Z";
  flatShadow(art, cloth, 18, 14, 12, 0.45);
  const paint = art.outline(cloth);
  const fringe = Array.from(
    { length: 34 },
    (_, i) => `M${240 + i * 9.7} 860q${i % 2 ? 4 : -4} 24 ${(i % 3) - 1} 48`,
  ).join("");
  art.add(
    line(fringe, "#dfe2dc", 4.5),
    paint(resist(art)),
    paint(weave(art)),
    line("M230 836H570", "#eef0ea", 6, { opacity: 0.8 }),
    path(
      "M230 -20H570V862H230Z",
      art.linear([at(0, LIGHT, 0.25), at(0.3, LIGHT, 0.04), at(0.7, DARK, 0), at(1, DARK, 0.32)], 0, 0, 1, 0.5),
    ),
    line("M232 0V850M568 0V850", lit(dyes.indigo, 0.25), 5),
  );
  const c = "#e9dfcf";
  art.add(
    ellipse(446, 366, 146, 140, DARK, { opacity: 0.5, filter: art.blur(18) }),
    ellipse(420, 330, 142, 142, art.linear([at(0, lit(c, 0.6)), at(1, dim(c, 0.3))], 0, 0, 1, 1)),
    ellipse(420, 330, 126, 126, art.linear([at(0, dim(c, 0.45)), at(1, lit(c, 0.35))], 0, 0, 1, 1)),
  );
  const fruit = art.symbol([
    ellipse(10, 14, 48, 44, DARK, { opacity: 0.35 }),
    ellipse(
      0,
      0,
      46,
      44,
      art.radial([at(0, "#ffdc95"), at(0.4, "#f09a3a"), at(1, "#b85a1c")], 0.5, 0.5, 0.62, 0.34, 0.3),
    ),
    ellipse(2, -6, 5, 4, "#5d6a35"),
  ]);
  art.add(
    art.use(fruit, 384, 310),
    art.use(fruit, 458, 316, 40),
    art.use(fruit, 418, 376, 90),
    art.use(leaf(art, 70, 34, "#5f7d4b"), 462, 300, -30),
  );
  return art;
}

function runnerDetail(): Art {
  const art = ground(tints.textiles, "#b98a62");
  const under = "M-20 300L820 60V760L-20 900Z";
  flatShadow(art, under, 10, 24, 16, 0.5);
  art.add(path(under, resist(art, 190)), path(under, weave(art, 2)));
  const turn = "M-20 900L820 760V560C600 560 300 640 -20 700Z";
  art.add(
    path(turn, DARK, { opacity: 0.5, transform: "translate(0 -26)", filter: art.blur(18) }),
    path(turn, lit(dyes.indigo, 0.28)),
    path(turn, weave(art, 2)),
    path(turn, art.linear([at(0, LIGHT, 0.4), at(0.4, LIGHT, 0), at(1, DARK, 0.4)], 0, 0, 0, 1)),
  );
  art.add(
    line("M-10 880L810 742", "#eef0ea", 5, { "stroke-dasharray": "22 16" }),
    line(
      Array.from(
        { length: 42 },
        (_, i) => `M${i * 20} ${n(896 - i * 3.4)}q${i % 2 ? 7 : -6} 40 ${(i % 3) * 3 - 3} 84`,
      ).join(""),
      "#e4e7e0",
      8,
    ),
  );
  art.add(path("M-20 300L820 60V300L-20 560Z", art.linear([at(0, LIGHT, 0.35), at(1, LIGHT, 0)], 0, 0, 0, 1)));
  return art;
}

export const textiles: Drawings = {
  "towel-indigo": () => towel(dyes.indigo),
  "towel-madder": () => towel(dyes.madder),
  "towel-ochre": () => towel(dyes.ochre),
  "towel-stack": towelStack,
  "runner-indigo": runner,
  "runner-detail": runnerDetail,
};
