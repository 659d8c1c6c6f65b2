import type { StudioSaid } from "../../../studio-said.ts";

export const studio = document.querySelector<HTMLElement>("[data-studio]");

/** What the page says, in its language. */
export const words: StudioSaid = JSON.parse(studio?.dataset["words"] ?? "{}");

/** The element of the studio with this attribute; the page is made with all of them. */
export function part<Part extends HTMLElement = HTMLElement>(name: string): Part {
  const found = studio?.querySelector<Part>(`[data-${name}]`);
  if (!found) throw new Error(`the studio has no ${name}`);
  return found;
}

/** A refusal in words for people. */
export function errorWords(code: string, detail: string): string {
  return words.errors[code] ?? words.errors.other.replace("#", detail);
}
