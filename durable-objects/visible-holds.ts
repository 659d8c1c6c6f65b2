import type { HoldStatus } from "../src/capabilities/selling/stock/rules.ts";
import { type HoldExtensions, isOwnedBy } from "./hold-extensions.ts";
import type { Hold } from "./stock-book.ts";

/** Holds that one question looks through at most; a page may come short of its limit and still have a next one. */
const LOOKED_THROUGH_MAX = 2_000;

export interface HoldsWish {
  status?: HoldStatus;
  limit: number;
  /** Only holds made before this one, by its number. */
  before?: number;
  owner?: string;
}

/** A hold as others may see it: without its key. */
export interface VisibleHold extends Pick<Hold, "seq" | "buyer" | "quantity" | "status" | "createdAt" | "expiresAt"> {
  extendedAt?: number;
}

export interface HoldsPage {
  holds: VisibleHold[];
  /** Where the next page begins; undefined when there is none. */
  before?: number;
}

type Row = {
  seq: number;
  key: string;
  buyer: string;
  quantity: number;
  status: HoldStatus;
  created_at: number;
  expires_at: number;
};

/** Newest holds first, with a bound on what is looked through, so that a question never holds up a decision for long. */
export function listHolds(
  sql: SqlStorage,
  extensions: HoldExtensions,
  { status, limit, before, owner }: HoldsWish,
  now: number,
): HoldsPage {
  const from = before ?? Number.MAX_SAFE_INTEGER;
  const holds: VisibleHold[] = [];
  let looked = 0;
  let last = from;
  for (const row of sql.exec<Row>(
    "SELECT * FROM holds WHERE seq < ? ORDER BY seq DESC LIMIT ?",
    from,
    LOOKED_THROUGH_MAX + 1,
  )) {
    if (holds.length === limit || looked === LOOKED_THROUGH_MAX) return { holds, before: last };
    looked++;
    last = row.seq;
    if (!isOwnedBy(row, owner)) continue;
    if (status !== undefined && statusAt(row.status, row.expires_at, now) !== status) continue;
    holds.push(asSeen({ ...row, createdAt: row.created_at, expiresAt: row.expires_at }, extensions, now));
  }
  return { holds };
}

/** A hold past its end is expired, even while its alarm has yet to come: nobody can confirm it. */
const statusAt = (status: HoldStatus, expiresAt: number, now: number): HoldStatus =>
  status === "held" && expiresAt <= now ? "expired" : status;

export const asSeen = (
  hold: Omit<VisibleHold, "extendedAt">,
  extensions: HoldExtensions,
  now: number,
): VisibleHold => ({
  seq: hold.seq,
  buyer: hold.buyer,
  quantity: hold.quantity,
  status: statusAt(hold.status, hold.expiresAt, now),
  createdAt: hold.createdAt,
  expiresAt: hold.expiresAt,
  extendedAt: extensions.extendedAt(hold.seq),
});
