/** Products behind this one are not shown: nobody turns so many pages. */
export const OFFSET_MAX = 5_000;

/** Where the next page starts, as opaque text. `scope` is the shop and everything that was asked: no other list takes it. */
export const writeCursor = (scope: string, offset: number): string =>
  Buffer.from(JSON.stringify([offset, hash(scope)])).toString("base64url");

/** Undefined when the text is no cursor of this list. */
export function readCursor(scope: string, cursor: string): number | undefined {
  if (!/^[\w-]+$/.test(cursor)) return undefined;
  const match = /^\[(\d{1,5}),/.exec(Buffer.from(cursor, "base64url").toString());
  const offset = Number(match?.[1] ?? Number.NaN);
  return offset <= OFFSET_MAX && writeCursor(scope, offset) === cursor ? offset : undefined;
}

/** Two FNV-1a hashes of 32 bits: it tells lists apart and protects nothing. */
function hash(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b + text.charCodeAt(i), 0x85ebca6b) ^ (b >>> 13);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
}
