import { afterPadding, ascii, asciiBytes, broken, type Cleaned, polyglot, viewOf } from "./cleaned.ts";
import { orientationOf, orientationOnly } from "./exif.ts";

const KEPT = new Set(["VP8X", "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP"]);
/** Flags of VP8X (WebP container specification, extended format). */
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;

/** A WebP with only its pictures, animation and colour profile; an orientation stays, as all that its Exif still says. */
export function cleanWebp(bytes: Uint8Array): Cleaned {
  const view = viewOf(bytes);
  if (bytes.length < 20) return broken("The WebP ends too early.");
  const size = view.getUint32(4, true) + 8;
  if (size > bytes.length) return broken("The WebP says that it is longer than the file.");
  const rest = afterPadding(bytes.subarray(size));
  if (rest.length > 0) return polyglot(`${rest.length} bytes follow the end of the picture.`);
  const chunks: Uint8Array[] = [];
  let orientation = 1;
  let [frames, pictures] = [0, 0];
  for (let at = 12; at + 8 <= size; ) {
    const name = ascii(bytes, at, 4);
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length & 1);
    if (end > size) return broken("A WebP chunk is longer than the file.");
    if (name === "EXIF") orientation = orientationOf(withoutPrefix(bytes.subarray(at + 8, at + 8 + length)));
    frames += Number(name === "ANMF");
    pictures += Number(name === "ANMF" || name === "VP8 " || name === "VP8L");
    if (KEPT.has(name)) chunks.push(new Uint8Array(bytes.subarray(at, end)));
    at = end;
  }
  if (pictures === 0) return broken("The WebP holds no picture.");
  return { ok: true, parts: container(chunks, orientation), orientation, frames: Math.max(1, frames) };
}

/** Some writers put JPEG's prefix in front of the TIFF block. */
const withoutPrefix = (exif: Uint8Array): Uint8Array => (ascii(exif, 0, 6) === "Exif\0\0" ? exif.subarray(6) : exif);

function container(chunks: Uint8Array[], orientation: number): Uint8Array[] {
  const extended = chunks.find((it) => ascii(it, 0, 4) === "VP8X");
  const isTurned = orientation !== 1 && extended !== undefined;
  if (extended) extended[8] = ((extended[8] ?? 0) & ~(HAS_EXIF | HAS_XMP)) | (isTurned ? HAS_EXIF : 0);
  const all = isTurned ? [...chunks, exifChunk(orientation)] : chunks;
  const header = new Uint8Array(12);
  header.set(asciiBytes("RIFF"), 0);
  header.set(asciiBytes("WEBP"), 8);
  viewOf(header).setUint32(
    4,
    all.reduce((sum, it) => sum + it.length, 4),
    true,
  );
  return [header, ...all];
}

function exifChunk(orientation: number): Uint8Array {
  const data = orientationOnly(orientation);
  const made = new Uint8Array(8 + data.length);
  made.set(asciiBytes("EXIF"), 0);
  made.set(data, 8);
  viewOf(made).setUint32(4, data.length, true);
  return made;
}
