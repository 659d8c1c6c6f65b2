import { ascii, broken, type Cleaned, polyglot, viewOf } from "./cleaned.ts";

/** Boxes that a still or animated AVIF has at its top (ISO/IEC 14496-12, 23008-12, AVIF 1.1). */
const TOP = new Set(["ftyp", "meta", "mdat", "moov", "free", "skip"]);
/** Item types that carry metadata: Exif, and XMP as `mime`. */
const TELLING = ["Exif", "mime", "uri "];

/**
 * An AVIF is kept byte for byte, since its parts are found by absolute positions. So one that carries Exif or XMP is not clean:
 * `tellsMore` says that it has to be encoded anew.
 */
export function cleanAvif(bytes: Uint8Array): Cleaned & { tellsMore?: boolean } {
  const view = viewOf(bytes);
  let tellsMore = false;
  let [hasMeta, hasData] = [false, false];
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) return broken("The AVIF ends within a box.");
    const name = ascii(bytes, at + 4, 4);
    const short = view.getUint32(at);
    const size = short === 1 && at + 16 <= bytes.length ? Number(view.getBigUint64(at + 8)) : short;
    const end = size === 0 ? bytes.length : at + size;
    if (size !== 0 && size < 8) return broken("An AVIF box is shorter than its head.");
    if (end > bytes.length) return broken("An AVIF box is longer than the file.");
    if (!TOP.has(name)) return polyglot(`The AVIF holds a box that is no part of a picture.`);
    if (name === "meta" || name === "moov") tellsMore ||= namesItems(bytes.subarray(at, end));
    hasMeta ||= name === "meta";
    hasData ||= name === "mdat";
    at = end;
  }
  if (!hasMeta || !hasData) return broken("The AVIF holds no picture.");
  return { ok: true, parts: [bytes], orientation: 1, frames: 1, tellsMore };
}

/** Item entries name their type in plain letters, behind the box name `infe`, version, flags, id and protection. */
function namesItems(box: Uint8Array): boolean {
  for (let at = box.indexOf(0x69); at >= 0; at = box.indexOf(0x69, at + 1)) {
    if (ascii(box, at, 4) !== "infe") continue;
    const isLong = box[at + 4] === 3;
    if (TELLING.includes(ascii(box, at + (isLong ? 14 : 12), 4))) return true;
  }
  return false;
}
