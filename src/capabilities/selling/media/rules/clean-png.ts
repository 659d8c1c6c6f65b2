import { afterPadding, ascii, asciiBytes, broken, type Cleaned, polyglot, viewOf } from "./cleaned.ts";
import { orientationOf, orientationOnly } from "./exif.ts";

/** Chunks that change how the picture looks (PNG, third edition); texts, times, Exif and private chunks are left out. */
const KEPT = new Set(
  "IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP mDCV cLLI acTL fcTL fdAT".split(" "),
);
/** A colour profile is deflated: this many bytes inflate to 16 MB at most (deflate's limit is 1032 to 1). */
const PROFILE_BYTES_MAX = 16_384;
const SIGNATURE_BYTES = 8;

/** A PNG with only the chunks that change how it looks; an orientation stays, as the only thing that its Exif still says. */
export function cleanPng(bytes: Uint8Array): Cleaned {
  const view = viewOf(bytes);
  const parts: Uint8Array[] = [bytes.subarray(0, SIGNATURE_BYTES)];
  let orientation = 1;
  let [frames, pixels] = [0, 0];
  for (let at = SIGNATURE_BYTES; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = ascii(bytes, at + 4, 4);
    const end = at + 12 + length;
    if (end > bytes.length) return broken("A PNG chunk is longer than the file.");
    if (at === SIGNATURE_BYTES && (name !== "IHDR" || length !== 13))
      return broken("The PNG does not begin with IHDR.");
    if (name === "eXIf") orientation = orientationOf(bytes.subarray(at + 8, end - 4));
    frames += Number(name === "fcTL");
    pixels += Number(name === "IDAT");
    if (KEPT.has(name) && !(name === "iCCP" && length > PROFILE_BYTES_MAX)) parts.push(bytes.subarray(at, end));
    if (name === "IEND") {
      if (pixels === 0) return broken("The PNG holds no picture.");
      const rest = afterPadding(bytes.subarray(end));
      if (rest.length > 0) return polyglot(`${rest.length} bytes follow the end of the picture.`);
      return { ok: true, parts: upright(parts, orientation), orientation, frames: Math.max(1, frames) };
    }
    at = end;
  }
  return broken("The PNG ends too early.");
}

function upright(parts: Uint8Array[], orientation: number): Uint8Array[] {
  if (orientation === 1) return parts;
  return [...parts.slice(0, 2), chunk("eXIf", orientationOnly(orientation)), ...parts.slice(2)];
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const made = new Uint8Array(data.length + 12);
  made.set(asciiBytes(name), 4);
  made.set(data, 8);
  viewOf(made).setUint32(0, data.length);
  viewOf(made).setUint32(data.length + 8, crc32(made.subarray(4, data.length + 8)));
  return made;
}

/** The check sum of PNG, annex D; of some forty bytes, so no table. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
