import type { Level } from "../../src/capabilities/selling/stock/store.ts";

/** A change of stock under a key: what was asked, and the level that was answered where it was kept. */
export interface KeptChange {
  asked: string;
  level?: Level;
}

/** Both in one column, a line each: JSON has no line breaks of its own. */
export const writeKept = ({ asked, level }: KeptChange): string =>
  level ? `${asked}\n${JSON.stringify(level)}` : asked;

/** Older rows have what was asked alone. */
export function readKept(text: string): KeptChange {
  const [asked = "", level] = text.split("\n", 2);
  return level === undefined ? { asked } : { asked, level: JSON.parse(level) };
}
