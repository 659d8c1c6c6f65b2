import { asciiBytes } from "./cleaned.ts";

/**
 * What a browser, a server or a reader would take for the start of another file. Six letters or more, so that compressed pixels
 * say it by chance in fewer than one of ten thousand pictures of 20 MB.
 */
const MARKS = [
  "<script",
  "</script",
  "<iframe",
  "<object",
  "<embed ",
  "<!doctype",
  "<html>",
  "<html ",
  "<body>",
  "<body ",
  "<svg xmlns",
  "<?php ",
  "<?php\n",
  "%pdf-1.",
].map((it) => asciiBytes(it));
const FIRST = [0x3c, 0x25];
const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte);

/** The first mark of markup or of another file format in the bytes, or undefined. */
export function findMarkup(bytes: Uint8Array): string | undefined {
  for (const first of FIRST)
    for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
      const mark = MARKS.find((it) => it.every((byte, i) => byte === lower(bytes[at + i] ?? 0)));
      if (mark) return String.fromCharCode(...mark).trim();
    }
  return undefined;
}
