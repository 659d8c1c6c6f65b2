import { ANIMATED_PIXELS_MAX, PIXELS_MAX } from "../contract/types.ts";

interface Size {
  width: number;
  height: number;
  frames: number;
}

/** Why a picture is too large to be decoded by anybody, or undefined. */
export function pixelFlaw({ width, height, frames }: Size): string | undefined {
  const pixels = width * height;
  if (pixels > PIXELS_MAX) return `${width} x ${height} pixels are more than ${PIXELS_MAX}.`;
  return pixels * frames > ANIMATED_PIXELS_MAX
    ? `${frames} frames of ${width} x ${height} are more than ${ANIMATED_PIXELS_MAX} pixels.`
    : undefined;
}
