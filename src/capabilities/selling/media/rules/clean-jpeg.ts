import { afterPadding, ascii, asciiBytes, broken, type Cleaned, polyglot } from "./cleaned.ts";
import { orientationOf, orientationOnly } from "./exif.ts";

const EXIF = "Exif\0\0";
const ICC = "ICC_PROFILE\0";
/** Markers of ITU-T T.81, table B.1. */
const TEM = 0x01;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const COM = 0xfe;
const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/**
 * A JPEG with only what decoding needs: tables, frames, scans, the JFIF and Adobe headers and the colour profile. Exif (with its
 * place and preview), XMP, IPTC, comments and whatever a camera wrote behind the end are gone; the pixels are untouched.
 */
export function cleanJpeg(bytes: Uint8Array): Cleaned {
  const parts: Uint8Array[] = [Uint8Array.of(0xff, SOI)];
  let orientation = 1;
  let [frames, scans] = [0, 0];
  for (let at = 2; ; ) {
    const segment = readSegment(bytes, at);
    if (typeof segment === "string") return broken(segment);
    const { marker, data, end } = segment;
    if (marker === EOI) return frames > 0 && scans > 0 ? finish() : broken("The JPEG holds no picture.");
    if (marker === APP1 && orientation === 1 && ascii(data, 0, 6) === EXIF)
      orientation = orientationOf(data.subarray(6));
    frames += Number(isFrame(marker));
    scans += Number(marker === SOS);
    if (isKept(marker, data)) parts.push(bytes.subarray(at, end));
    at = end;

    function finish(): Cleaned {
      const flaw = trailerFlaw(bytes.subarray(end));
      const all = [...upright(parts, orientation), Uint8Array.of(0xff, EOI)];
      return flaw ? polyglot(flaw) : { ok: true, parts: all, orientation, frames: 1 };
    }
  }
}

interface Segment {
  marker: number;
  /** Without marker and length. */
  data: Uint8Array;
  /** Where the next segment starts; that of a scan starts behind its entropy-coded data. */
  end: number;
}

/** The segment at `start`, or what is wrong with it. */
function readSegment(bytes: Uint8Array, start: number): Segment | string {
  let at = start;
  if (bytes[at] !== 0xff) return "The JPEG has bytes between its segments, or none at its end.";
  while (bytes[at] === 0xff) at++;
  const marker = bytes[at++];
  if (marker === undefined) return "The JPEG ends too early.";
  if (marker === EOI || marker === TEM || isRestart(marker)) return { marker, data: bytes.subarray(at, at), end: at };
  const end = at + (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  if (end < at + 2 || end > bytes.length) return "A JPEG segment is longer than the file.";
  return { marker, data: bytes.subarray(at + 2, end), end: marker === SOS ? endOfScan(bytes, end) : end };
}

function isKept(marker: number, data: Uint8Array): boolean {
  if (marker === APP2) return ascii(data, 0, ICC.length) === ICC;
  if (marker > APP0 && marker <= 0xef) return marker === APP14;
  return marker !== COM && marker < 0xf0;
}

/** The first byte behind entropy-coded data: the next marker that is neither stuffing nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    at = bytes.indexOf(0xff, at);
    if (at < 0) return bytes.length;
    const next = bytes[at + 1] ?? 0;
    if (next !== 0x00 && next !== 0xff && !isRestart(next)) return at;
    at += next === 0xff ? 1 : 2;
  }
}

/** Puts an Exif segment that says the orientation only behind the JFIF header. */
function upright(parts: Uint8Array[], orientation: number): Uint8Array[] {
  if (orientation === 1) return parts;
  const body = [...asciiBytes(EXIF), ...orientationOnly(orientation)];
  const segment = Uint8Array.of(0xff, APP1, 0, body.length + 2, ...body);
  const behind = parts[1]?.[1] === APP0 ? 2 : 1;
  return [...parts.slice(0, behind), segment, ...parts.slice(behind)];
}

/** Cameras append previews (CIPA MPF), films (motion photos) and Samsung's notes; those are cut off. Anything else is refused. */
function trailerFlaw(rest: Uint8Array): string | undefined {
  const trailer = afterPadding(rest);
  const isPreview = trailer[0] === 0xff && trailer[1] === SOI;
  const isFilm = ascii(trailer, 4, 4) === "ftyp";
  const isNotes = ascii(trailer, trailer.length - 4, 4) === "SEFT";
  return trailer.length === 0 || isPreview || isFilm || isNotes
    ? undefined
    : `${trailer.length} bytes follow the end of the picture.`;
}
