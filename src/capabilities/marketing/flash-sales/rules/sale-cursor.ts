/** Where a page of the list of sales ends. */
interface Place {
  startsAt: number;
  id: string;
}

/** The last place of a page as opaque text. `scope` names the list, so that a cursor of one list is no cursor of another. */
export const writeCursor = (scope: string, { startsAt, id }: Place): string =>
  Buffer.from(JSON.stringify([scope, startsAt, id])).toString("base64url");

/** Undefined when the text is no cursor that this list gave out. */
export function readCursor(scope: string, cursor: string): Place | undefined {
  const match = /,(-?\d{1,16}),"(fls_[0-9a-z]{26})"\]$/.exec(Buffer.from(cursor, "base64url").toString());
  const place = match?.[1] && match[2] ? { startsAt: Number(match[1]), id: match[2] } : undefined;
  return place && writeCursor(scope, place) === cursor ? place : undefined;
}
