import { type Art, at, dim, ellipse, group, line, lit, n, path } from "./kit.ts";

/** Characters as our own monoline strokes in a 100 x 100 box, so that no font is needed. */
const strokes = {
  tea: "M12 20H88M34 8V31M66 8V31M50 28C42 46 26 58 9 64M50 28C58 46 74 58 91 64M27 66H73M50 52V96M38 76L24 91M62 76L76 91",
  lamp: "M12 32L19 48M44 28L37 45M29 10C31 50 24 76 8 92M30 54L46 76M54 20H94M75 20V82C75 92 66 91 59 86",
  scent: "M64 7L32 16M13 29H87M50 14V52M47 31L15 53M53 31L85 53M30 60H70V94H30ZM30 77H70",
  ten: "M10 50H90M50 10V90",
};

export type Glyph = keyof typeof strokes;

const centred = (cx: number, cy: number, size: number): string =>
  `translate(${n(cx - size / 2)} ${n(cy - size / 2)})scale(${Math.round(size) / 100})`;

export function glyph(name: Glyph, cx: number, cy: number, size: number, color: string, weight = 8): string {
  return line(strokes[name], color, weight, {
    "stroke-linejoin": "round",
    transform: centred(cx, cy, size),
  });
}

/** The shop's mark: one lantern. */
export function lantern(cx: number, cy: number, size: number, color: string): string {
  return path(
    "M30 28C8 36 8 74 30 82H70C92 74 92 36 70 28ZM32 17h36v9H32ZM32 84h36v8H32ZM48 4h4v13h-4ZM48 92h4v15h-4Z",
    color,
    {
      transform: centred(cx, cy, size),
    },
  );
}

/** Ten dots for the ten lamps, the line that closes every label. */
export function tenDots(cx: number, y: number, width: number, color: string, size = 6): string {
  const gap = Math.round((width / 9) * 10) / 10;
  const d = `M${n(cx - width / 2)} ${n(y)}h${Math.round(gap * 90 + 1) / 10}`;
  return line(d, color, size, { "stroke-dasharray": `0 ${gap}` });
}

export interface LabelLook {
  paper?: string;
  ink?: string;
  glyph?: Glyph;
  accent?: string;
  /** Our own motif instead of a character, drawn round 0,0 in a 100 unit box. */
  motif?: string[];
}

/** A paper label on the front of a pack. `sag` bends it round a cylinder. */
export function label(art: Art, cx: number, y: number, w: number, h: number, look: LabelLook, sag = 0): void {
  const { paper = "#f7ead2", ink = "#4a2b2a", accent = "#c4553a" } = look;
  const x = cx - w / 2;
  const shape = (inset: number) =>
    `M${n(x + inset)} ${n(y + inset)}q${n(w / 2 - inset)} ${n(sag * 2)} ${n(w - inset * 2)} 0V${n(y + h - inset)}q${n(inset - w / 2)} ${n(sag * 2)} ${n(inset * 2 - w)} 0Z`;
  const mid = y + h * 0.5 + sag;
  const size = Math.min(w * 0.52, h * 0.42);
  art.add(
    path(shape(0), art.linear([at(0, lit(paper, 0.5)), at(0.4, paper), at(1, dim(paper, 0.25))])),
    path(shape(8), "none", { stroke: ink, "stroke-width": 2, opacity: 0.55 }),
    lantern(cx, y + h * 0.16 + sag, Math.min(h * 0.13, w * 0.2), accent),
    look.motif
      ? group(look.motif, { transform: `translate(${n(cx)} ${n(mid)})scale(${Math.round(size) / 100})` })
      : art.outline(strokes[look.glyph ?? "lamp"])("none", {
          stroke: ink,
          "stroke-width": 8,
          "stroke-linejoin": "round",
          transform: centred(cx, mid, size),
        }),
    tenDots(cx, y + h * 0.82 + sag, w * 0.6, accent, Math.max(4, w * 0.03)),
    line(`M${n(cx - w * 0.2)} ${n(y + h * 0.89 + sag)}h${n(w * 0.4)}`, ink, 2.5, { opacity: 0.5 }),
  );
}

/** A round sticker. */
export function seal(art: Art, cx: number, cy: number, r: number, color: string, ink = "#f7ead2"): void {
  art.add(
    ellipse(cx, cy, r, r, art.linear([at(0, lit(color, 0.2)), at(1, dim(color, 0.25))], 0, 0, 1, 1)),
    lantern(cx, cy, r * 1.1, ink),
  );
}
