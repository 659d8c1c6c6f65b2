import { vessel } from "./form.ts";
import { type Drawings, glazes } from "./index.ts";
import { type Art, at, curve, DARK, dim, ellipse, group, LIGHT, line, lit, n, path, rect } from "./kit.ts";
import { glyph, label, tenDots } from "./label.ts";
import { bead, bed, flower, heap, leaf, twist } from "./nature.ts";
import { flatShadow, ground, scene, shadow, tints } from "./scene.ts";

/** A lidded round tin or tube standing on the counter. */
export function canister(
  art: Art,
  cx: number,
  top: number,
  bottom: number,
  r: number,
  color: string,
  lid: string,
): void {
  shadow(art, cx, bottom, r, bottom - top);
  const cap = Math.round((bottom - top) * 0.2);
  vessel(art, cx, [at(r, top + cap), at(r, bottom)], { color, gloss: 0.45 });
  vessel(art, cx, [at(r + 3, top), at(r + 3, top + cap)], { color: lid, gloss: 0.5 });
  const ry = (r + 3) * 0.2;
  art.add(
    path(`M${cx - r - 3} ${top + cap}a${r + 3} ${n(ry)} 0 0 0 ${r * 2 + 6} 0`, "none", {
      stroke: DARK,
      "stroke-width": 4,
      opacity: 0.4,
    }),
    ellipse(cx, top, r + 3, ry, art.linear([at(0, lit(lid, 0.5)), at(1, dim(lid, 0.1))], 0, 0, 1, 1)),
    ellipse(cx, top, r - 8, ry - 3, "none", { stroke: lit(lid, 0.6), "stroke-width": 2, opacity: 0.7 }),
  );
}

function oolong(): Art {
  const art = scene(tints.tea).zoom(1.12, 10);
  canister(art, 400, 300, 800, 150, "#2f4f43", "#b98a46");
  label(art, 388, 450, 176, 270, { glyph: "tea" }, 24);
  heap(art, [twist(art, "#3a2c22"), twist(art, "#4d3a29", -1)], 34, 220, 850, 120, 24, 4, [0.8, 1.2]);
  return art;
}

function oolongCup(): Art {
  const art = ground(tints.tea, "#b9a583");
  art.add(ellipse(320, 420, 250, 244, DARK, { opacity: 0.4, filter: art.blur(24) }));
  const { color } = glazes.ash;
  art.add(
    ellipse(290, 380, 240, 240, art.linear([at(0, lit(color, 0.6)), at(1, dim(color, 0.3))], 0, 0, 1, 1)),
    ellipse(290, 380, 216, 216, art.linear([at(0, dim(color, 0.35)), at(1, lit(color, 0.5))], 0, 0, 1, 1)),
    ellipse(294, 386, 192, 192, art.radial([at(0, "#c47a2a"), at(0.7, "#b5691f"), at(1, "#8a4a17")])),
    path("M160 340C190 260 270 240 320 256C260 270 200 300 182 366Z", LIGHT, { opacity: 0.5, filter: art.blur(5) }),
  );
  const one = leaf(art, 84, 40, "#6b5a2c");
  art.add(art.use(one, 300, 470, -20, 0.9), art.use(one, 380, 430, 150, 0.7));
  heap(art, [twist(art, "#3a2c22"), twist(art, "#5a4630", -1)], 78, 560, 770, 190, 130, 9, [1, 1.5]);
  return art;
}

function jasmine(): Art {
  const art = scene(tints.tea).zoom(1.14, 10);
  canister(art, 440, 260, 800, 122, "#efe6d2", "#efe6d2");
  label(art, 430, 420, 150, 280, { paper: "#dfe8d2", glyph: "tea", ink: "#3f5a47", accent: "#d79a3c" }, 20);
  const pearl = [bead(art, 15, "#8f9a68"), bead(art, 15, "#a9ad84"), bead(art, 14, "#74804f")];
  heap(art, pearl, 30, 240, 838, 110, 26, 5, [0.85, 1.1]);
  const bloom = flower(art, 40, "#fff9ec");
  const one = leaf(art, 90, 44, "#5f7d4b");
  art.add(
    art.use(one, 600, 850, -14),
    art.use(one, 580, 856, 24, 0.8),
    art.use(bloom, 584, 846, 10),
    art.use(bloom, 160, 820, 40, 0.8),
  );
  return art;
}

function jasmineBowl(): Art {
  const art = ground(tints.tea);
  art.add(ellipse(436, 560, 280, 270, DARK, { opacity: 0.38, filter: art.blur(26) }));
  const c = "#f1e8d8";
  art.add(
    ellipse(400, 520, 274, 274, art.linear([at(0, lit(c, 0.6)), at(1, dim(c, 0.3))], 0, 0, 1, 1)),
    ellipse(400, 520, 252, 252, art.linear([at(0, dim(c, 0.42)), at(1, lit(c, 0.4))], 0, 0, 1, 1)),
    ellipse(404, 526, 222, 222, "#59623a"),
  );
  const pearl = [bead(art, 27, "#8f9a68"), bead(art, 26, "#b3b78f"), bead(art, 25, "#6f7b4b")];
  art.add(ellipse(404, 526, 222, 222, bed(art, pearl, 137, 14, 3, [0.85, 1.1])));
  heap(art, pearl, 60, 402, 522, 204, 204, 11, [0.9, 1.15]);
  const bloom = flower(art, 62, "#fff9ec");
  const one = leaf(art, 120, 58, "#5f7d4b");
  art.add(
    art.use(one, 150, 180, 30),
    art.use(one, 150, 180, -30, 0.8),
    art.use(bloom, 140, 180, 20),
    art.use(bloom, 420, 470, 10, 0.9),
    art.use(bloom, 660, 850, 50, 0.8),
    art.use(bloom, 238, 236, 60, 0.55),
  );
  return art;
}

function cake(): Art {
  const art = scene(tints.tea).zoom(1.06, 0);
  shadow(art, 410, 800, 230, 330);
  const paper = "#efe2c6";
  art.add(
    ellipse(428, 540, 270, 272, dim(paper, 0.4)),
    ellipse(
      400,
      540,
      270,
      272,
      art.radial([at(0, lit(paper, 0.5)), at(0.7, paper), at(1, dim(paper, 0.3))], 0.5, 0.5, 0.62, 0.34, 0.3),
    ),
  );
  const pleats = Array.from({ length: 30 }, (_, i) => {
    const a = (i / 30) * Math.PI * 2;
    const [c, s] = [Math.cos(a), Math.sin(a)];
    return `M${Math.round(400 + c * 214)} ${Math.round(540 + s * 216)}L${Math.round(400 + c * 266)} ${Math.round(540 + s * 268)}`;
  }).join("");
  art.add(
    line(pleats, dim(paper, 0.4), 4, { opacity: 0.35 }),
    line(pleats, "#fff", 3, { opacity: 0.45, transform: "rotate(1.2 400 540)" }),
    ellipse(400, 540, 176, 177, "none", { stroke: "#a8432f", "stroke-width": 3 }),
    ellipse(400, 540, 164, 165, "none", { stroke: "#a8432f", "stroke-width": 8 }),
    glyph("tea", 400, 520, 150, "#a8432f", 8),
    tenDots(400, 634, 130, "#a8432f", 7),
  );
  const chunk = "M150 830C160 780 230 764 262 790L276 838C250 862 180 866 150 830Z";
  flatShadow(art, chunk, 10, 10, 8);
  art.add(path(chunk, "#5f5138"));
  heap(
    art,
    [twist(art, "#8b8560"), twist(art, "#6c5a3a", -1), twist(art, "#a9a581")],
    26,
    212,
    808,
    50,
    28,
    3,
    [0.8, 1.2],
  );
  return art;
}

function cakeOpen(): Art {
  const art = ground(tints.tea, "#c9b48f");
  const sheet = curve([
    at(70, 260),
    at(300, 120),
    at(520, 150),
    at(740, 300),
    at(720, 640),
    at(690, 860),
    at(400, 900),
    at(120, 820),
    at(80, 560),
    at(70, 260),
  ]);
  flatShadow(art, sheet, 16, 22, 18);
  art.add(path(sheet, art.linear([at(0, "#fdf5e2"), at(0.6, "#efe2c6"), at(1, "#cdb990")], 0, 0, 1, 1)));
  art.add(
    line(
      "M300 120L330 300M520 150L500 300M740 300L620 400M120 820L230 700M690 860L590 720M80 560L170 540M400 900L400 800",
      "#b79f73",
      4,
      { opacity: 0.5 },
    ),
  );
  art.add(
    ellipse(424, 540, 250, 246, DARK, { opacity: 0.45, filter: art.blur(18) }),
    ellipse(402, 512, 244, 240, art.radial([at(0, "#7a6b49"), at(0.8, "#5f5138"), at(1, "#3f3425")])),
  );
  const leaves = [twist(art, "#8b8560"), twist(art, "#6c5a3a", -1), twist(art, "#b5b18c"), twist(art, "#4c4029")];
  art.add(ellipse(402, 512, 238, 234, bed(art, leaves, 173, 34, 5, [1, 1.6]), { opacity: 0.9 }));
  heap(art, leaves, 30, 400, 510, 236, 232, 21, [1, 1.7]);
  art.add(
    ellipse(
      402,
      512,
      244,
      240,
      art.radial([at(0, LIGHT, 0.22), at(0.6, DARK, 0), at(1, DARK, 0.5)], 0.5, 0.5, 0.62, 0.34, 0.3),
    ),
  );
  art.add(ellipse(400, 510, 38, 34, "#2e261b", { opacity: 0.55, filter: art.blur(8) }));
  art.add(
    group(
      [
        rect(-8, 0, 16, 190, art.linear([at(0, "#e9e4da"), at(1, "#8d8a86")]), { rx: 8 }),
        rect(-17, -150, 34, 160, art.linear([at(0, "#b27b4b"), at(1, "#5f3a24")]), { rx: 15 }),
      ],
      { transform: "translate(650 470)rotate(34)" },
    ),
  );
  return art;
}

export const tea: Drawings = {
  "oolong-tin": oolong,
  "oolong-cup": oolongCup,
  "jasmine-tube": jasmine,
  "jasmine-pearls": jasmineBowl,
  "white-tea-cake": cake,
  "white-tea-open": cakeOpen,
};
