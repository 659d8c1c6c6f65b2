/** The types that are taken, with the endings of their names, ours first. SVG is a document that can run scripts, so it is not. */
export const EXTENSIONS: Record<PictureType, readonly [string, ...string[]]> = {
  "image/jpeg": ["jpg", "jpeg", "jpe", "jfif"],
  "image/png": ["png", "apng"],
  "image/webp": ["webp"],
  "image/gif": ["gif"],
  "image/avif": ["avif"],
};

export const PICTURE_TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];

/** The largest file. */
export const PICTURE_BYTES_MAX = 20 * 1_048_576;
/** The most pixels, read from the header before anything decodes the picture. */
export const PIXELS_MAX = 50_000_000;
/** The most pixels of all frames of an animation. */
export const ANIMATED_PIXELS_MAX = 500_000_000;

/** Widths in pixels that a picture may be asked for. */
export const WIDTHS = [320, 480, 640, 960, 1280, 1920] as const;

/** A stored picture's own address on its shop: named by the SHA-256 of its bytes, so it never changes. */
const ADDRESS = /^\/media\/[0-9a-f]{64}\.(jpg|png|webp|gif|avif)$/;

/** `srcset` of a picture of ours that is `width` pixels wide; undefined for others and for animations, which have one size. */
export function srcsetOf(src: string, width: number | undefined): string | undefined {
  const kind = ADDRESS.exec(src)?.[1];
  if (kind === undefined || kind === "gif" || width === undefined) return undefined;
  const smaller = WIDTHS.filter((it) => it < width);
  return smaller.length === 0
    ? undefined
    : [...smaller.map((it) => `${src}?w=${it} ${it}w`), `${src} ${width}w`].join(", ");
}
