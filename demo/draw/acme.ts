import type { Drawings } from "./index.ts";
import { type Art, at, DARK, dim, ellipse, group, LIGHT, line, lit, n, path, rect } from "./kit.ts";
import { flatShadow, ground, tints } from "./scene.ts";

const STEEL = "#a9b0b5";
const ASH = "#d0a46c";

function bench(): Art {
  const art = ground(tints.acme, "#8f8069");
  const grain =
    "M0 90C260 60 420 130 800 84M0 250C300 300 520 210 800 262M0 430C260 400 500 470 800 420M0 610C320 650 520 580 800 628M0 790C260 760 460 830 800 780M0 930C300 950 560 900 800 936";
  art.add(
    line(grain, dim("#8f8069", 0.4), 4, { opacity: 0.4 }),
    line("M0 340H800M0 700H800", dim("#8f8069", 0.5), 5, { opacity: 0.5 }),
  );
  return art;
}

const steel = (art: Art): string =>
  art.linear([at(0, lit(STEEL, 0.2)), at(0.3, "#f1f2ef"), at(0.55, STEEL), at(1, dim(STEEL, 0.55))]);
const wood = (art: Art, color = ASH): string =>
  art.linear([at(0, dim(color, 0.15)), at(0.3, lit(color, 0.4)), at(0.6, color), at(1, dim(color, 0.4))]);

function hammer(): Art {
  const art = bench();
  const shaft = "M-24 -260C-34 -60 -22 60 -34 330C-30 372 30 372 34 330C22 60 34 -60 24 -260Z";
  const head =
    "M-190 -330H-110L-80 -316H60C110 -316 170 -296 210 -262V-250C170 -226 110 -232 60 -236H-80L-110 -222H-190C-206 -222 -206 -330 -190 -330Z";
  const turn = { transform: "translate(390 540)rotate(24)" };
  art.add(
    group([path(`${shaft}${head}`, DARK, { opacity: 0.5, transform: "translate(30 18)", filter: art.blur(14) })], turn),
  );
  art.add(
    group(
      [
        path(shaft, wood(art)),
        line("M-8 -220C-14 -40 -2 100 -12 320M10 -220C14 -40 6 140 14 310", dim(ASH, 0.3), 2.5, { opacity: 0.5 }),
        path("M-33 240C-34 300 -36 372 0 372C36 372 34 300 33 240Z", "#a8432f", { opacity: 0.85 }),
        path(head, art.linear([at(0, "#f1f2ef"), at(0.3, STEEL), at(1, dim(STEEL, 0.6))], 0, 0, 0, 1)),
        line("M-176 -312H-118L-84 -300H56C100 -300 150 -286 184 -266", "#fff", 7, { opacity: 0.7 }),
        line("M-110 -328V-224M-80 -314V-238", dim(STEEL, 0.5), 4, { opacity: 0.6 }),
        rect(-20, -322, 40, 12, dim(ASH, 0.2)),
      ],
      turn,
    ),
  );
  return art;
}

function plane(): Art {
  const art = bench();
  const body = "M90 690L110 610H690L716 650V690Z";
  flatShadow(art, "M80 620H726V720H80Z", 10, 26, 18, 0.55);
  art.add(
    path("M560 610C540 520 520 470 566 420C600 384 650 400 640 440C632 470 650 540 668 610Z", wood(art, "#8a4a30")),
    path("M470 610L590 400L622 418L520 610Z", steel(art)),
    path("M430 610L500 500C520 470 560 470 566 500L520 610Z", art.linear([at(0, "#e2b25a"), at(1, "#8d6a2c")])),
    path("M190 610C196 560 176 540 176 500A52 50 0 0 1 280 500C280 540 260 560 266 610Z", wood(art, "#8a4a30")),
    ellipse(214, 484, 16, 12, "#fff", { opacity: 0.5 }),
    path(body, art.linear([at(0, lit("#4f6470", 0.4)), at(0.4, "#4f6470"), at(1, dim("#4f6470", 0.45))], 0, 0, 0, 1)),
    rect(90, 684, 626, 14, steel(art)),
    line("M118 618H684", "#fff", 4, { opacity: 0.5 }),
  );
  const curl = "M330 740c40 -50 110 -30 104 20c-6 40 -66 40 -66 4c0 -24 34 -26 38 -6";
  art.add(
    line(curl, dim(ASH, 0.4), 16, { opacity: 0.5, transform: "translate(6 10)" }),
    line(curl, "#efd2a0", 14),
    line("M520 800c60 -30 90 20 60 44c-30 20 -56 -16 -30 -30", "#e6c48e", 12),
    line("M180 800c-40 -40 20 -80 50 -50", "#efd2a0", 12),
  );
  return art;
}

function chisels(): Art {
  const art = bench();
  [at(220, 44, "#a8432f"), at(400, 64, "#4f6470"), at(590, 90, "#c98f3c")].forEach(([x, w, c], i) => {
    const half = (w as number) / 2;
    const color = c as string;
    const blade = `M${-half} -20L${-half} -330L${half} -330L${half} -20L16 20H-16Z`;
    const handle = "M-30 60C-44 140 -46 220 -34 320C-30 346 30 346 34 320C46 220 44 140 30 60Z";
    art.add(
      group(
        [
          path(`${blade}${handle}`, DARK, { opacity: 0.5, transform: "translate(18 22)", filter: art.blur(10) }),
          path(blade, steel(art)),
          path(`M${-half} -330H${half}L${half} -290H${-half}Z`, "#fff", { opacity: 0.75 }),
          rect(-22, 10, 44, 54, art.linear([at(0, "#f2d592"), at(1, "#8d6a2c")]), { rx: 6 }),
          path(handle, wood(art)),
          path("M-43 210H43L36 320C30 346 -30 346 -36 320Z", color, { opacity: 0.85 }),
          line("M-26 90C-36 160 -38 220 -28 310", "#fff", 7, { opacity: 0.5 }),
        ],
        { transform: `translate(${x} 520)rotate(${n((i - 1) * -3)})` },
      ),
    );
  });
  return art;
}

function apron(): Art {
  const art = ground(tints.acme);
  const c = "#4f6470";
  const d =
    "M300 250H500L520 400C560 440 610 450 640 456L650 860C560 880 240 880 150 860L160 456C190 450 240 440 280 400Z";
  flatShadow(art, d, 22, 24, 18, 0.42);
  art.add(
    line("M306 256C300 150 360 110 400 110S500 150 494 256", "#8a5638", 20),
    line("M304 252C298 150 360 106 400 106S498 150 492 252", lit("#8a5638", 0.3), 4),
  );
  const paint = art.outline(d);
  art.add(
    line("M164 470C110 500 96 560 110 640M636 470C690 500 704 560 690 640", "#8a5638", 16),
    paint(art.linear([at(0, lit(c, 0.3)), at(0.5, c), at(1, dim(c, 0.35))], 0, 0, 1, 0.6)),
    paint(art.pattern(9, 9, [line("M0 9L9 0", "#fff", 1.2, { opacity: 0.25 })])),
    paint("none", {
      stroke: "#d9b27c",
      "stroke-width": 3,
      "stroke-dasharray": "10 8",
      transform: "translate(400 560)scale(.955)translate(-400 -560)",
    }),
    path("M230 580H570V740Q400 764 230 740Z", art.linear([at(0, lit(c, 0.2)), at(1, dim(c, 0.25))], 0, 0, 0, 1), {
      stroke: "#d9b27c",
      "stroke-width": 3,
      "stroke-dasharray": "10 8",
    }),
    line("M400 584V750", "#d9b27c", 3, { "stroke-dasharray": "10 8" }),
    line("M290 590V500M310 590V490", "#d0a46c", 12),
    rect(470, 520, 66, 80, "#e9dcc2", { transform: "rotate(6 500 560)" }),
    path("M230 580H570V600H230Z", dim(c, 0.15)),
    path("M300 420C290 600 300 720 280 860M500 420C520 600 500 740 530 860", "none", {
      stroke: DARK,
      "stroke-width": 16,
      opacity: 0.15,
      filter: art.blur(8),
    }),
    ellipse(312, 268, 10, 10, "#e2b25a"),
    ellipse(488, 268, 10, 10, "#e2b25a"),
    rect(360, 330, 80, 50, "#a8432f"),
    line("M376 364l24 -22 24 22", LIGHT, 6),
  );
  return art;
}

export const acme: Drawings = {
  "acme-hammer": hammer,
  "acme-plane": plane,
  "acme-chisels": chisels,
  "acme-apron": apron,
};
