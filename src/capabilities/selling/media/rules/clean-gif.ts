import { afterPadding, ascii, broken, type Cleaned, polyglot } from "./cleaned.ts";

/** Block labels of GIF89a, appendix A. */
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;
/** The two names under which loops are counted; every other application block (XMP, profiles of editors) is left out. */
const LOOPS = new Set(["NETSCAPE2.0", "ANIMEXTS1.0"]);

/** Bytes of a colour table by the packed field in front of it. */
const tableBytes = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);

/** A GIF with only its pictures, their timing and loops: comments, plain texts and application data are gone. */
export function cleanGif(bytes: Uint8Array): Cleaned {
  const header = 13 + tableBytes(bytes[10] ?? 0);
  const parts: Uint8Array[] = [bytes.subarray(0, header)];
  let frames = 0;
  for (let at = header; at < bytes.length; ) {
    const start = at;
    const label = bytes[at];
    if (label === TRAILER) {
      if (frames === 0) return broken("The GIF holds no picture.");
      const rest = afterPadding(bytes.subarray(at + 1));
      if (rest.length > 0) return polyglot(`${rest.length} bytes follow the end of the picture.`);
      parts.push(bytes.subarray(at, at + 1));
      return { ok: true, parts, orientation: 1, frames };
    }
    if (label !== EXTENSION && label !== IMAGE) return broken("The GIF has bytes between its blocks.");
    at = endOfBlocks(bytes, label === IMAGE ? at + 11 + tableBytes(bytes[at + 9] ?? 0) : at + 2);
    if (at < 0) return broken("The GIF ends too early.");
    frames += Number(label === IMAGE);
    if (label === IMAGE || isKept(bytes, start)) parts.push(bytes.subarray(start, at));
  }
  return broken("The GIF ends too early.");
}

function isKept(bytes: Uint8Array, at: number): boolean {
  const kind = bytes[at + 1];
  return kind === GRAPHIC_CONTROL || (kind === APPLICATION && LOOPS.has(ascii(bytes, at + 3, 11)));
}

/** Behind a chain of sub-blocks, each with its length in front; -1 when the file ends within. */
function endOfBlocks(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; ) {
    const length = bytes[at] ?? 0;
    at += 1 + length;
    if (length === 0) return at;
  }
  return -1;
}
