import type { PictureType } from "../contract/types.ts";
import { cleanAvif } from "./clean-avif.ts";
import { cleanGif } from "./clean-gif.ts";
import { cleanJpeg } from "./clean-jpeg.ts";
import { cleanPng } from "./clean-png.ts";
import { cleanWebp } from "./clean-webp.ts";
import { type Cleaned, polyglot } from "./cleaned.ts";
import { findMarkup } from "./find-markup.ts";

const CLEANERS: Record<PictureType, (bytes: Uint8Array) => Cleaned & { tellsMore?: boolean }> = {
  "image/jpeg": cleanJpeg,
  "image/png": cleanPng,
  "image/webp": cleanWebp,
  "image/gif": cleanGif,
  "image/avif": cleanAvif,
};

/**
 * Walks the file from its first to its last byte and keeps what a picture needs, without decoding it. Refused: a broken
 * structure, other files behind or inside it. `tellsMore`: metadata that could not be taken out (AVIF).
 */
export function cleanPicture(bytes: Uint8Array, type: PictureType): Cleaned & { tellsMore?: boolean } {
  const mark = findMarkup(bytes);
  return mark ? polyglot(`The file holds ${mark}, as no picture does.`) : CLEANERS[type](bytes);
}
