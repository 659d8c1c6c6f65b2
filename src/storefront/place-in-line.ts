import { getCookie, setCookie } from "hono/cookie";
import { readEntry } from "../capabilities/marketing/waiting-room/actions.ts";
import type { Page } from "./visit.ts";

/** What a browser keeps of its place in one sale's line: the entry, the token that reads it, the address it belongs to. */
export interface Place {
  entryId: string;
  token: string;
  email: string;
}
export type Entry = Extract<Awaited<ReturnType<typeof readEntry>>, { ok: true }>["value"];

const COOKIE = "place";
const KEPT_SECONDS = 7 * 86_400;
const FORM = /^(wre_[0-9a-z]{26})\.([\w-]{32})\.([\w-]{1,400})$/;

/** The cookie is sent to this sale's pages only, and no script sees it. */
export const keepPlace = (c: Page, saleId: string, { entryId, token, email }: Place): void =>
  setCookie(c, COOKIE, `${entryId}.${token}.${Buffer.from(email).toString("base64url")}`, {
    path: `/sales/${saleId}`,
    httpOnly: true,
    sameSite: "Lax",
    secure: c.var.ctx.origin.startsWith("https:"),
    maxAge: KEPT_SECONDS,
  });

export function placeOf(c: Page): Place | undefined {
  const [, entryId, token, email] = FORM.exec(getCookie(c, COOKIE) ?? "") ?? [];
  return entryId && token && email ? { entryId, token, email: Buffer.from(email, "base64url").toString() } : undefined;
}

/** Where this browser stands in the line of a sale; nothing when it never lined up. */
export async function readOwnEntry(c: Page, saleId: string): Promise<{ place: Place; entry: Entry } | undefined> {
  const place = placeOf(c);
  if (!place) return undefined;
  const found = await readEntry(c.var.ctx, { id: saleId, entry_id: place.entryId, token: place.token });
  return found.ok ? { place, entry: found.value } : undefined;
}
