import { fileTypeFromBuffer } from "file-type";
import { imageSize } from "image-size";
import { describe, log } from "../../../../platform/log.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import type { PictureType } from "../contract/types.ts";
import { cleanPicture } from "../rules/clean-picture.ts";
import { isTurned } from "../rules/exif.ts";
import { pixelFlaw } from "../rules/pixel-flaw.ts";
import { unpackFlaw } from "./unpack-pixels.ts";

export interface Inspected {
  bytes: Uint8Array;
  /** As shown, upright. */
  width: number;
  height: number;
}

type Flaw = "wrong_type" | "broken_picture" | "polyglot" | "too_many_pixels";

/**
 * The picture that may be published, or why there is none. Nothing is unpacked before its size is known; pixels are encoded anew
 * only where the picture has to be turned upright or cannot be cleaned otherwise, and only where Images is bound.
 */
export async function inspectPicture(
  env: { IMAGES?: ImagesBinding },
  bytes: Uint8Array,
  type: PictureType,
): Promise<Result<Inspected, Flaw>> {
  const found = (await fileTypeFromBuffer(bytes))?.mime;
  if ((found === "image/apng" ? "image/png" : found) !== type)
    return refused("wrong_type", `The file is ${found ?? "no picture"}, not ${type} as announced.`);
  const size = measure(bytes);
  if (!size) return refused("broken_picture", "The picture's size cannot be read.");
  const tooLarge = pixelFlaw({ ...size, frames: 1 });
  if (tooLarge) return refused("too_many_pixels", tooLarge);
  const cleaned = cleanPicture(bytes, type);
  if (!cleaned.ok) return refused(cleaned.code, cleaned.detail);
  const tooLong = pixelFlaw({ ...size, frames: cleaned.frames });
  if (tooLong) return refused("too_many_pixels", tooLong);
  const packing = type === "image/png" ? await unpackFlaw(bytes) : undefined;
  if (packing) return refused("broken_picture", packing);
  const clean: Uint8Array = Buffer.concat(cleaned.parts);
  const upright = isTurned(cleaned.orientation) ? { width: size.height, height: size.width } : size;
  if (cleaned.orientation === 1 && !cleaned.tellsMore) return ok({ bytes: clean, ...upright });
  const made = await encodeAnew(env, clean, type);
  if (made) return ok({ bytes: made, ...upright });
  return cleaned.tellsMore
    ? refused("broken_picture", "This AVIF carries Exif or XMP data. Export it without, or send a JPEG, PNG or WebP.")
    : ok({ bytes: clean, ...upright });
}

function measure(bytes: Uint8Array): { width: number; height: number } | undefined {
  try {
    const { width, height } = imageSize(bytes);
    return width > 0 && height > 0 ? { width, height } : undefined;
  } catch {
    return undefined;
  }
}

/** The same pixels upright in a new file; undefined where Images is not bound or could not, since then the old file must do. */
async function encodeAnew(
  { IMAGES }: { IMAGES?: ImagesBinding },
  bytes: Uint8Array,
  type: PictureType,
): Promise<Uint8Array | undefined> {
  if (!IMAGES) return undefined;
  try {
    const made = await IMAGES.input(new Blob([bytes]).stream()).output({ format: type, quality: 90 });
    const cleaned = cleanPicture(await new Response(made.image()).bytes(), type);
    return cleaned.ok && cleaned.orientation === 1 && !cleaned.tellsMore ? Buffer.concat(cleaned.parts) : undefined;
  } catch (error) {
    log("warn", "picture_not_encoded", { type, error: describe(error) });
    return undefined;
  }
}
