import { Art, at, DARK, dim, ellipse, group, LIGHT, line, lit, type Point, path, random, rect } from "./kit.ts";

const GLOW = "#ffce78";

const bezier = (p: Point[]): string => `M${p[0]}C${p[1]} ${p[2]} ${p[3]}`;

/** The point at a share of the way along a rope. */
function along(p: Point[], share: number): Point {
  const part = (i: 0 | 1) => {
    const [a = 0, b = 0, c = 0, d = 0] = p.map((q) => q[i]);
    const rest = 1 - share;
    return a * rest ** 3 + 3 * b * rest ** 2 * share + 3 * c * rest * share ** 2 + d * share ** 3;
  };
  return [part(0), part(1)];
}

/** One market stall seen from the front, 400 wide, its feet at y 0; the awning takes the colour it is used with. */
function stall(art: Art): string {
  const wood = "#6b3f33";
  const stripes = (first: number): string =>
    Array.from({ length: 5 }, (_, i) => {
      const k = first + i * 2;
      return `M${-190 + k * 38}-480h38L${-184 + k * 46}-372a23 22 0 0 1-46 0Z`;
    }).join("");
  return art.symbol([
    rect(-214, -150, 428, 22, lit(wood, 0.28)),
    rect(-206, -128, 412, 128, art.linear([at(0, lit(wood, 0.12)), at(1, dim(wood, 0.5))], 0, 0, 0, 1)),
    line("M-103-126V0M0-126V0M103-126V0", dim(wood, 0.5), 5),
    path(stripes(0), "currentColor"),
    path(stripes(1), "#f6e2ba"),
    path(
      "M-190-480H190L230-372V-350H-230V-372Z",
      art.linear([at(0, DARK, 0.4), at(0.7, DARK, 0), at(1, "#ffb65c", 0.3)], 0, 0, 0, 1),
    ),
  ]);
}

function inside(art: Art): string {
  const wood = "#6b3f33";
  return art.symbol([
    ellipse(20, 6, 270, 24, DARK, { opacity: 0.5 }),
    rect(-196, -400, 392, 260, art.radial([at(0, "#ffe6a6"), at(0.5, "#e79a4a"), at(1, "#7d3f38")], 0.5, 0.3, 0.75)),
    line("M-196-264H196", wood, 8),
    rect(-206, -440, 14, 440, wood),
    rect(192, -440, 14, 440, dim(wood, 0.3)),
  ]);
}

function lantern(art: Art): string {
  return art.symbol([
    ellipse(0, 0, 120, 120, art.radial([at(0, GLOW, 0.7), at(0.4, GLOW, 0.24), at(1, GLOW, 0)])),
    ellipse(0, 0, 36, 32, art.radial([at(0, "#fffbe6"), at(0.5, "#ffd98a"), at(1, "#e07a3c")])),
    line("M-30 -16Q0 -8 30 -16M-36 0Q0 10 36 0M-30 16Q0 26 30 16", "#b5562a", 2, { opacity: 0.5 }),
    rect(-12, -38, 24, 8, "#2b1d2b", { rx: 2 }),
    rect(-11, 30, 22, 7, "#2b1d2b", { rx: 2 }),
    line("M0 37V58", "#c0452f", 4),
  ]);
}

function person(art: Art, x: number, y: number, s: number, color: string, extra: string[] = []): void {
  const coat = "M-24-196C-46-170-44-90-42-52H44C46-90 46-170 24-196C10-206-10-206-24-196Z";
  const body = art.symbol([
    ellipse(10, 2, 52, 9, DARK, { opacity: 0.45 }),
    line("M-12-60V-4M14-60V-4", "#2b2030", 15),
    path(coat, "currentColor"),
    path(coat, art.linear([at(0, LIGHT, 0.4), at(0.4, LIGHT, 0), at(1, DARK, 0.45)])),
    rect(-9, -206, 18, 16, "#c98a66"),
    ellipse(0, -224, 25, 28, "#35242f"),
    ellipse(-6, -232, 12, 12, "#7a4a44", { opacity: 0.6 }),
  ]);
  art.add(group([art.use(body, 0, 0), ...extra], { color, transform: `translate(${x} ${y})scale(${s})` }));
}

function sky(art: Art): void {
  const rnd = random(8);
  art.add(
    rect(
      0,
      0,
      2000,
      1000,
      art.linear(
        [at(0, "#2f2d54"), at(0.28, "#5e4a72"), at(0.5, "#c77d72"), at(0.62, "#f3b877"), at(1, "#8a5a55")],
        0,
        0,
        0,
        1,
      ),
    ),
    ellipse(1000, 600, 760, 330, art.radial([at(0, "#ffe2a0", 0.85), at(1, "#ffe2a0", 0)])),
  );
  const stars = Array.from({ length: 18 }, () => `M${Math.round(rnd(20, 1980))} ${Math.round(rnd(10, 230))}h.1`).join(
    "",
  );
  art.add(line(stars, "#fff4d6", 3, { opacity: 0.6 }));
  art.add(
    path(
      "M0 640V400L120 360L260 410V360L400 316L540 372V440H640V410L740 380L830 420V520L900 500L960 530L1010 505L1080 530V470L1180 430L1290 474V420H1370V370L1500 312L1640 366V330L1780 280L2000 350V640Z",
      art.linear([at(0, "#6b4a6c"), at(1, "#b5706c")], 0, 0, 0, 1),
      { opacity: 0.75 },
    ),
    path(
      "M-20 640V290L60 240L330 320L300 350V640ZM300 640V400L330 380L560 440L540 466V640ZM2020 640V270L1930 230L1670 316L1700 346V640ZM1700 640V400L1670 380L1450 440L1470 466V640Z",
      art.linear([at(0, "#3f3357"), at(1, "#704a60")], 0, 0, 0, 1),
    ),
    line("M-20 286L60 236L334 322M330 380L564 442M2020 266L1930 226L1666 318M1670 380L1446 442", "#2b2445", 14),
  );
}

function ground(art: Art): void {
  const windows: Point[] = [
    at(80, 400),
    at(180, 410),
    at(240, 500),
    at(80, 520),
    at(390, 500),
    at(470, 510),
    at(1760, 400),
    at(1870, 400),
    at(1760, 510),
    at(1900, 520),
  ];
  art.add(
    path(windows.map(([x, y]) => `M${x} ${y}h46v60h-46Z`).join(""), "#ffd083", { opacity: 0.85 }),
    line(windows.map(([x, y]) => `M${x + 23} ${y}v60M${x} ${y + 30}h46`).join(""), "#5a3c50", 4),
  );
  art.add(
    path(
      "M0 1000V690L760 618H1240L2000 690V1000Z",
      art.linear([at(0, "#e0a06b"), at(0.3, "#96625c"), at(1, "#41304c")], 0, 0, 0, 1),
    ),
    ellipse(1000, 700, 620, 110, art.radial([at(0, "#ffdf9e", 0.7), at(1, "#ffdf9e", 0)])),
  );
  let slabs = "";
  for (const y of [640, 668, 712, 780, 880]) slabs += `M0 ${y}H2000`;
  for (let i = -7; i <= 7; i++) slabs += `M${1000 + i * 40} 622L${1000 + i * 290} 1000`;
  art.add(line(slabs, "#33243f", 3, { opacity: 0.28 }));
}

/** What the stalls sell, drawn once each: pots, jars and hanging cloth. */
function wares(art: Art): { pots: string; jars: string; hung: string } {
  const back = inside(art);
  const sheen = art.linear([at(0, LIGHT, 0.5), at(0.4, LIGHT, 0), at(1, DARK, 0.5)]);
  const pot = art.symbol(
    ["currentColor", sheen].map((fill) =>
      path(
        "M-30-172a30 24 0 1 0 60 0a30 24 0 1 0-60 0M24-184l20-14 8 10-24 22ZM-8-198a8 7 0 1 0 16 0a8 7 0 1 0-16 0",
        fill,
      ),
    ),
  );
  const jar = art.symbol([
    ...["currentColor", sheen].map((fill) => rect(-17, -204, 34, 54, fill, { rx: 6 })),
    rect(-15, -216, 30, 13, "#3a2630", { rx: 3 }),
  ]);
  const cloth = art.symbol(["currentColor", sheen].map((fill) => path("M-22-262h44v84q-22 12-44 0Z", fill)));
  const cup = art.symbol([path("M-17-292H17L10-268H-10Z", "currentColor")]);
  const row = (href: string, xs: number[], colors: string[]): string[] =>
    xs.map((x, i) => art.use(href, x, 0, 0, 1, { color: colors[i % colors.length] }));
  const wide = [-150, -90, -30, 30, 90, 150];
  const cups = art.symbol(row(cup, wide, ["#9dbfa9", "#46566b", "#e9dfcf", "#b5583a"]));
  const put = (href: string) => art.use(href, 0, 0);
  const pots = art.symbol([put(back), put(cups), ...row(pot, [-120, 0, 120], ["#9dbfa9", "#b5583a", "#46566b"])]);
  const jars = art.symbol([
    put(back),
    put(cups),
    ...row(jar, [-150, -100, -50, 0, 50, 100, 150], ["#a5352a", "#d98a1f", "#6d7a44"]),
  ]);
  const hung = art.symbol([put(back), ...row(cloth, wide, ["#34527a", "#cf9a45", "#7b8455", "#b9573f"])]);
  return { pots, jars, hung };
}

export function hero(): Art {
  const art = new Art(2000, 1000);
  sky(art);
  ground(art);
  const frame = stall(art);
  const { pots, jars, hung } = wares(art);
  const stand = (x: number, y: number, s: number, color: string, goods: string): void => {
    art.add(
      group([art.use(goods, 0, 0), art.use(frame, 0, 0)], { color, transform: `translate(${x} ${y})scale(${s})` }),
    );
  };

  stand(770, 676, 0.42, "#7b8455", hung);
  stand(1236, 676, 0.42, "#b5482f", jars);
  stand(550, 740, 0.66, "#34527a", jars);
  stand(1466, 742, 0.68, "#cf8f3c", pots);
  person(art, 930, 690, 0.42, "#7b8455");
  person(art, 968, 692, 0.4, "#b9573f");
  person(art, 1090, 700, 0.46, "#34527a");
  const near: Point[] = [at(-20, 150), at(420, 400), at(1580, 420), at(2020, 170)];
  const far: Point[] = [at(420, 330), at(700, 500), at(1300, 500), at(1590, 330)];
  const one = lantern(art);
  const hang = (rope: Point[], share: number, s: number): string => {
    const [x, y] = along(rope, share);
    return art.use(one, x, y + 39 * s, 0, s);
  };
  art.add(line(bezier(far), "#2b2030", 3), line(bezier(near), "#231a30", 4));
  art.add(...[0.22, 0.36, 0.5, 0.64, 0.78].map((share) => hang(far, share, 0.5)));
  stand(190, 890, 1.06, "#b5482f", pots);
  stand(1810, 896, 1.08, "#4f6f57", hung);
  person(art, 690, 850, 0.95, "#c98a44", [
    line("M34 -150L52 -90", "#a86f34", 14),
    path("M28 -92H84L78 -30H34Z", "#e6d9bf"),
    line("M40 -92q16 -34 32 0", "#e6d9bf", 5),
  ]);
  person(art, 1330, 836, 0.9, "#9c4a4f", [
    line("M-34 -150L-56 -100", "#7d363c", 14),
    line("M-56 -100V-84", "#2b2030", 3),
    ellipse(-56, -62, 60, 60, art.radial([at(0, GLOW, 0.6), at(1, GLOW, 0)])),
    ellipse(-56, -62, 20, 22, "#ffdf9a"),
  ]);
  art.add(...[0.2, 0.36, 0.5, 0.64, 0.8].map((share) => hang(near, share, 1)));
  art.add(rect(0, 0, 2000, 1000, art.radial([at(0, DARK, 0), at(0.6, DARK, 0), at(1, DARK, 0.4)], 0.5, 0.6, 0.75)));
  return art;
}
