import { raw } from "hono/html";
import type { Visit } from "../visit.ts";

const COLOUR = /^#[0-9a-f]{6}$/i;

/** The shop's own colours over the tokens. Text on them is black or white, whichever reads better. */
export function ThemeStyle({ visit }: { visit: Visit }) {
  const { accent, accent_dark: dark } = visit.ctx.tenant.theme;
  const light = declarations(accent);
  const night = declarations(dark ?? accent);
  if (light === "" && night === "") return null;
  return <style nonce={visit.nonce}>{raw(`:root{${light}}@media(prefers-color-scheme:dark){:root{${night}}}`)}</style>;
}

const declarations = (colour: string | undefined): string =>
  colour && COLOUR.test(colour) ? `--accent:${colour};--on-accent:${isBright(colour) ? "#1c1626" : "#fff"}` : "";

/** Whether black text has more contrast than white on it (WCAG 2.2 relative luminance; the two meet at 0.179). */
function isBright(colour: string): boolean {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const part = Number.parseInt(colour.slice(i, i + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179;
}
