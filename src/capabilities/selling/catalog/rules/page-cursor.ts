/** Where a page ends: the sort key and the id of its last row. */
export interface PageKey {
  at: number;
  id: string;
}

/** The last key of a page as opaque text. `scope` names the list, so that a cursor of one list is no cursor of another. */
export const writeCursor = (scope: string, { at, id }: PageKey): string =>
  Buffer.from(JSON.stringify([scope, at, id])).toString("base64url");

/** Undefined when the text is no cursor of this list. */
export function readCursor(scope: string, cursor: string): PageKey | undefined {
  if (!/^[\w-]+$/.test(cursor)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (!Array.isArray(value) || value.length !== 3) return undefined;
    const [of, at, id]: unknown[] = value;
    if (of !== scope || typeof at !== "number" || !Number.isSafeInteger(at) || typeof id !== "string") return undefined;
    return writeCursor(scope, { at, id }) === cursor ? { at, id } : undefined;
  } catch {
    return undefined;
  }
}
