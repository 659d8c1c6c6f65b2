import { ascii, viewOf } from "./cleaned.ts";

const ORIENTATION = 0x0112;
const SHORT = 3;
/** An image file directory of a camera has some dozens of entries. */
const ENTRIES_MAX = 512;

/** The orientation that a TIFF block (Exif 2.32, 4.6.4) names; 1 where it names none or cannot be read. */
export function orientationOf(tiff: Uint8Array): number {
  const order = ascii(tiff, 0, 2);
  if (tiff.length < 14 || (order !== "II" && order !== "MM")) return 1;
  const view = viewOf(tiff);
  const little = order === "II";
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return 1;
  const entries = Math.min(view.getUint16(directory, little), ENTRIES_MAX);
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + 12 * i;
    if (at + 12 > tiff.length) return 1;
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    const value = view.getUint16(at + 8, little);
    return view.getUint16(at + 2, little) === SHORT && value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** A TIFF block of 26 bytes that says the orientation and nothing else. */
export function orientationOnly(orientation: number): Uint8Array {
  const tiff = new Uint8Array(26);
  const view = viewOf(tiff);
  view.setUint32(0, 0x4d4d_002a);
  view.setUint32(4, 8);
  view.setUint16(8, 1);
  view.setUint16(10, ORIENTATION);
  view.setUint16(12, SHORT);
  view.setUint32(14, 1);
  view.setUint16(18, orientation);
  return tiff;
}

/** Whether the picture's sides change places when it is shown upright. */
export const isTurned = (orientation: number): boolean => orientation >= 5;
