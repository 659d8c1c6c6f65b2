import type { z } from "@hono/zod-openapi";
import { refused } from "./result.ts";

/** Where a page of a list ends: the sort keys of its last row. */
type Place = readonly (string | number)[];

/** The last place of a page as opaque text. `list` names the shop, the list and its filter: a cursor of one list is none of another. */
export const writeCursor = (list: string, place: Place): string =>
  Buffer.from(JSON.stringify([list, ...place])).toString("base64url");

/** Undefined for what this list did not give out, also where it is the same place spelled in another way. */
export function readCursor<P extends Place>(list: string, shape: z.ZodType<P>, cursor: string): P | undefined {
  const value = parsed(Buffer.from(cursor, "base64url").toString());
  const place = shape.safeParse(Array.isArray(value) ? value.slice(1) : undefined);
  return place.success && writeCursor(list, place.data) === cursor ? place.data : undefined;
}

export const foreignCursor = refused("invalid_request", "cursor: It is not one that this list gave out.", {
  errors: [{ field: "cursor", code: "invalid_cursor", detail: "It is not one that this list gave out." }],
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
