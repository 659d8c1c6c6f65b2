import { dip, liquid, mouth, round, vessel } from "./form.ts";
import { CLAY, type Drawings, glazes } from "./index.ts";
import { type Art, at, DARK, dim, ellipse, group, line, lit, n, path, rect } from "./kit.ts";
import { glyph, label, lantern, tenDots } from "./label.ts";
import { bead, flower, heap, sprig } from "./nature.ts";
import { flatShadow, glow, ground, scene, shadow, tints } from "./scene.ts";

type Note = "cedar" | "osmanthus" | "mugwort";

/** What each scent smells of, lying beside it. */
function botanical(art: Art, note: Note, x: number, y: number, s = 1): void {
  if (note === "mugwort") sprig(art, x, y, -10, s, "#7f9475", 3);
  if (note === "osmanthus") {
    sprig(art, x, y, -8, s, "#4f7148", 3);
    heap(art, [flower(art, 15, "#f6bf5f", "#d98a1f", 4)], 16, x + 90 * s, y - 8, 100 * s, 20 * s, 4);
  }
  if (note === "cedar") {
    const needles = Array.from({ length: 15 }, (_, i) => `M${i * 14} 0l22 ${-26 + i}M${i * 14} 0l22 ${26 - i}`).join(
      "",
    );
    art.add(
      group(
        [
          line(needles, DARK, 5, { opacity: 0.2, transform: "translate(6 8)" }),
          line("M-20 4H220", "#7d5436", 7),
          line(needles, "#4f6f57", 5.5),
          line(needles, "#8fae8c", 2, { transform: "translate(-1 -1.5)" }),
        ],
        { transform: `translate(${x} ${y})rotate(-8)scale(${s})` },
      ),
    );
  }
}

function incense(color: string, note: Note): Art {
  const art = scene(tints.scent).zoom(1.1, 10);
  const sticks = Array.from(
    { length: 11 },
    (_, i) => `M${n(424 + i * 6)} 420L${n(330 + i * 28)} ${210 + Math.abs(i - 5) * 9 + (i % 3) * 8}`,
  ).join("");
  shadow(art, 450, 800, 92, 420);
  art.add(line(sticks, "#5b4436", 9), line(sticks, "#a98667", 3, { transform: "translate(-2 0)" }));
  vessel(art, 450, [at(88, 410), at(88, 800)], { color, gloss: 0.2 });
  art.add(path("M362 410A88 18 0 0 0 538 410V424A88 18 0 0 1 362 424Z", "#e2b25a"));
  label(art, 444, 500, 120, 250, { glyph: "scent" }, 14);
  const mask = "M362 410A88 18 0 0 1 538 410";
  art.add(path(mask, "none", { stroke: "#8d6a2c", "stroke-width": 3, opacity: 0.5 }));
  const capArt = { transform: "translate(230 806)rotate(-4)" };
  art.add(
    group(
      [
        ellipse(14, 12, 112, 26, DARK, { opacity: 0.4, filter: art.blur(8) }),
        path("M-88 -80A88 18 0 0 1 88 -80V0A88 18 0 0 1 -88 0Z", round(art, color)),
        ellipse(0, -80, 88, 18, art.linear([at(0, lit(color, 0.45)), at(1, color)])),
        path("M-88 -8A88 18 0 0 0 88 -8V2A88 18 0 0 1 -88 2Z", "#e2b25a"),
        lantern(0, -34, 44, "#f7ead2"),
      ],
      capArt,
    ),
  );
  botanical(art, note, 560, 872, 0.8);
  return art;
}

function incenseFlat(): Art {
  const art = ground(tints.scent);
  const set: [string, Note][] = [at("#5f7a66", "cedar"), at("#c98b3c", "osmanthus"), at("#8a9a7c", "mugwort")];
  set.forEach(([c, note], i) => {
    const y = 220 + i * 270;
    art.add(
      group(
        [
          rect(-230, -56, 400, 116, DARK, { opacity: 0.4, transform: "translate(12 20)", filter: art.blur(12) }),
          line(
            Array.from({ length: 6 }, (_, k) => `M160 ${-30 + k * 12}H${n(350 + ((k * 37) % 50))}`).join(""),
            "#4b382d",
            8,
          ),
          line(
            Array.from({ length: 6 }, (_, k) => `M160 ${-32 + k * 12}H${n(346 + ((k * 37) % 50))}`).join(""),
            "#b08d6c",
            2.5,
          ),
          rect(
            -230,
            -58,
            400,
            116,
            art.linear([at(0, lit(c, 0.25)), at(0.25, lit(c, 0.4)), at(0.6, c), at(1, dim(c, 0.45))], 0, 0, 0, 1),
            { rx: 8 },
          ),
          rect(152, -58, 18, 116, art.linear([at(0, "#f2d592"), at(1, "#8d6a2c")], 0, 0, 0, 1)),
          rect(-150, -58, 150, 116, art.linear([at(0, "#fffaf0"), at(1, "#d3bf9a")], 0, 0, 0, 1)),
          glyph("scent", -75, 0, 66, "#4a2b2a"),
        ],
        { transform: `translate(340 ${y})rotate(${[-4, 2, -2][i]})` },
      ),
    );
    botanical(art, note, 480, y + 132, 0.85);
  });
  return art;
}

function holder(color: string, speckle: string): Art {
  const art = scene(tints.scent);
  shadow(art, 400, 826, 240, 110);
  vessel(art, 400, [at(262, 760), at(258, 790), at(200, 822), at(170, 828)], {
    color: glazes.ash.color,
    gloss: 0.4,
    speckle: glazes.ash.speckle,
  });
  mouth(art, 400, 760, 262, glazes.ash.color, glazes.ash.color, 0.2, 14);
  heap(art, [art.symbol([ellipse(0, 0, 9, 3, "#8f8791")])], 9, 500, 776, 70, 12, 2);
  const pebble =
    "M236 760C226 690 290 640 372 632C460 624 540 664 552 724C560 776 480 800 392 800C310 802 244 796 236 760Z";
  art.add(ellipse(420, 790, 180, 26, DARK, { opacity: 0.5, filter: art.blur(8) }));
  const paint = art.outline(pebble);
  art.add(
    path("M380 650L590 190", "none", { stroke: "#4b382d", "stroke-width": 9 }),
    line("M379 646L588 190", "#b08d6c", 2.5, { transform: "translate(-2 0)" }),
    ellipse(592, 186, 26, 26, art.radial([at(0, "#ff9a4a", 0.8), at(1, "#ff9a4a", 0)])),
    line("M586 200L592 186", "#ff8a3a", 9),
    paint(art.radial([at(0, lit(color, 0.7)), at(0.4, color), at(1, dim(color, 0.55))], 0.5, 0.5, 0.66, 0.34, 0.24)),
    paint(
      art.pattern(90, 90, [
        line("M12 20h.1M60 12h.1M34 50h.1M76 66h.1M16 80h.1M52 84h.1", speckle, 4, { opacity: 0.6 }),
      ]),
    ),
    path("M276 716C290 676 330 656 366 652C330 676 300 700 292 736Z", "#fffaf0", { opacity: 0.5, filter: art.blur(6) }),
    ellipse(381, 648, 13, 6, "#2b2030"),
    line("M381 648L400 606", "#4b382d", 9),
  );
  const smoke = "M592 176C560 130 640 110 606 60C590 30 620 10 610 -20";
  art.add(
    line(smoke, "#fff", 16, { opacity: 0.45, filter: art.blur(7) }),
    line(smoke, "#fff", 5, { opacity: 0.5, filter: art.blur(2) }),
  );
  return art;
}

function holderTop(): Art {
  const art = ground(tints.scent, "#a58d99");
  const c = glazes.ash.color;
  art.add(
    ellipse(436, 550, 310, 300, DARK, { opacity: 0.42, filter: art.blur(26) }),
    ellipse(400, 510, 304, 304, art.linear([at(0, lit(c, 0.6)), at(1, dim(c, 0.3))], 0, 0, 1, 1)),
    ellipse(400, 510, 274, 274, art.linear([at(0, dim(c, 0.3)), at(1, lit(c, 0.4))], 0, 0, 1, 1)),
  );
  const stones = [
    at("M250 480C240 400 320 340 400 352C470 362 500 430 470 500C440 560 270 570 250 480Z", glazes.moss),
    at("M430 620C420 560 490 520 550 548C600 572 600 650 550 676C500 700 440 680 430 620Z", glazes.ink),
  ] as const;
  for (const [d, { color, speckle }] of stones) {
    flatShadow(art, d, 16, 24, 10, 0.5);
    art.add(
      path(d, art.radial([at(0, lit(color, 0.6)), at(0.5, color), at(1, dim(color, 0.5))], 0.5, 0.5, 0.66, 0.34, 0.26)),
      path(
        d,
        art.pattern(80, 80, [line("M12 20h.1M60 12h.1M34 50h.1M70 66h.1M16 74h.1", speckle, 4.5, { opacity: 0.6 })]),
      ),
    );
  }
  art.add(
    ellipse(360, 450, 11, 10, "#2b2030"),
    ellipse(516, 610, 10, 9, "#2b2030"),
    line("M372 480L700 900", DARK, 9, { opacity: 0.3, filter: art.blur(6) }),
    line("M360 450L660 850", "#5b4436", 10),
    line("M358 448L656 848", "#b08d6c", 3),
  );
  for (const [x, y, r] of [at(250, 640, 12), at(280, 668, 9), at(230, 672, 7)] as const)
    art.add(art.use(bead(art, 10, "#d9d0cf"), x, y, 0, r / 10));
  return art;
}

function candle(color: string, speckle: string, note: Note): Art {
  const art = scene(tints.scent).zoom(1.14, 10);
  shadow(art, 400, 806, 160, 240);
  const cup = vessel(art, 400, [at(162, 500), at(166, 560), at(162, 700), at(146, 784), at(128, 804)], {
    color,
    gloss: 0.7,
    speckle,
  });
  dip(art, cup.d, 400, 752, 160, CLAY);
  mouth(art, 400, 500, 162, color, "#f3e4c6", 0.2, 10);
  liquid(art, 400, 506, 148, "#f6dfae", 0.2, 0.25);
  glow(art, 400, 440, 260, "#ffce78", 0.6);
  art.add(
    ellipse(400, 512, 70, 12, "#fff3cd", { opacity: 0.9, filter: art.blur(5) }),
    line("M400 512V486", "#3a2420", 5),
    path(
      "M400 496C376 478 378 446 400 396C422 446 424 478 400 496Z",
      art.linear([at(0, "#fff6d0"), at(0.6, "#ffc24d"), at(1, "#f0862c")], 0, 0, 0, 1),
    ),
    path("M400 490C390 480 391 462 400 440C409 462 410 480 400 490Z", "#fffdf2"),
  );
  label(art, 392, 570, 132, 160, { glyph: "scent" }, 16);
  botanical(art, note, 90, 862, 0.86);
  return art;
}

function candleLid(): Art {
  const art = scene(tints.scent, 560).zoom(1.08, 30);
  const { color, speckle } = glazes.moss;
  shadow(art, 300, 800, 160, 240);
  const cup = vessel(art, 300, [at(162, 510), at(166, 570), at(162, 700), at(146, 784), at(128, 804)], {
    color,
    gloss: 0.7,
    speckle,
  });
  dip(art, cup.d, 300, 752, 160, CLAY);
  label(art, 292, 584, 132, 150, { glyph: "scent" }, 16);
  vessel(art, 300, [at(172, 486), at(172, 512)], { color: "#b67f4c", gloss: 0.2 });
  art.add(
    ellipse(300, 486, 172, 34, art.linear([at(0, "#e0b27c"), at(1, "#a9744a")])),
    ellipse(300, 486, 120, 22, "none", { stroke: "#8d5b39", "stroke-width": 2, opacity: 0.5 }),
    ellipse(300, 486, 70, 12, "none", { stroke: "#8d5b39", "stroke-width": 2, opacity: 0.5 }),
    lantern(300, 484, 30, "#6b3f24"),
  );
  const carton = "#e9dcc2";
  shadow(art, 590, 826, 120, 300);
  art.add(
    path("M480 440L506 404H716L696 440Z", lit(carton, 0.5)),
    rect(480, 440, 216, 388, art.linear([at(0, lit(carton, 0.3)), at(1, dim(carton, 0.2))])),
    path("M696 440L716 404V790L696 828Z", dim(carton, 0.42)),
  );
  art.add(
    lantern(588, 520, 70, "#a8432f"),
    glyph("scent", 588, 640, 100, "#4a2b2a"),
    tenDots(588, 744, 140, "#a8432f", 7),
    rect(480, 440, 216, 16, "#6b7849"),
  );
  return art;
}

export const scent: Drawings = {
  "incense-cedar": () => incense("#4f6f5f", "cedar"),
  "incense-osmanthus": () => incense("#c4873a", "osmanthus"),
  "incense-mugwort": () => incense("#7d8f74", "mugwort"),
  "incense-tubes": incenseFlat,
  "pebble-holder-moss": () => holder(glazes.moss.color, glazes.moss.speckle),
  "pebble-holder-ink": () => holder(glazes.ink.color, glazes.ink.speckle),
  "pebble-holder-top": holderTop,
  "candle-cedar": () => candle(glazes.moss.color, glazes.moss.speckle, "cedar"),
  "candle-osmanthus": () => candle(glazes.oat.color, glazes.oat.speckle, "osmanthus"),
  "candle-mugwort": () => candle(glazes.celadon.color, glazes.celadon.speckle, "mugwort"),
  "candle-box": candleLid,
};
