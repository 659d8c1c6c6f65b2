/** A picture without what tells about its maker, or why it is none. `orientation` is Exif's: 1 to 8, 1 is upright. */
export type Cleaned =
  | { ok: true; parts: Uint8Array[]; orientation: number; frames: number }
  | { ok: false; code: "broken_picture" | "polyglot"; detail: string };

export const broken = (detail: string): Cleaned => ({ ok: false, code: "broken_picture", detail });
export const polyglot = (detail: string): Cleaned => ({ ok: false, code: "polyglot", detail });

export const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

export const asciiBytes = (text: string): Uint8Array => Uint8Array.from(text, (it) => it.charCodeAt(0));

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const PADDING = new Set([0x00, 0x0a, 0x0d, 0x20, 0xff]);

/** What follows the end of a picture, without the padding that some encoders write. */
export function afterPadding(rest: Uint8Array): Uint8Array {
  let at = 0;
  while (at < rest.length && PADDING.has(rest[at] ?? 1) && !(rest[at] === 0xff && rest[at + 1] === 0xd8)) at++;
  return rest.subarray(at);
}
