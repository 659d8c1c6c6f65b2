import type { Hold, StockBook } from "./stock-book.ts";

export interface Extension {
  kind: "extend";
  seq: number;
  /** The caller's key: the same key is answered with the same extension, another one is refused. */
  by: string;
  ttlMs: number;
  owner?: string;
  /** The buyer's; holds that were made before there were slots are named without. */
  slot?: number;
}

type ExtensionRow = { by: string; ttl_ms: number; at: number };

const TABLE = `CREATE TABLE IF NOT EXISTS extensions (
  seq INTEGER PRIMARY KEY, by TEXT NOT NULL, ttl_ms INTEGER NOT NULL, at INTEGER NOT NULL)`;

/** The one extension that each hold may have: its end moves by `ttlMs`, in storage and memory alike. */
export class HoldExtensions {
  private isOpen = false;

  constructor(
    private readonly sql: SqlStorage,
    private readonly book: StockBook,
  ) {}

  /** Run it inside the turn's transaction. */
  extend({ seq, by, ttlMs, owner }: Extension, now: number) {
    const hold = this.book.holdBySeq(seq);
    if (!hold || !isOwnedBy(hold, owner)) return { outcome: "unknown_reservation" as const };
    const known = this.of(seq);
    if (known && known.by !== by) return { outcome: "already_extended" as const };
    if (known)
      return known.ttl_ms === ttlMs ? { outcome: "settled" as const, hold } : { outcome: "key_reused" as const };
    if (hold.status !== "held") return { outcome: "refused" as const, status: hold.status };
    hold.expiresAt += ttlMs;
    this.sql.exec("UPDATE holds SET expires_at = ? WHERE seq = ?", hold.expiresAt, seq);
    this.sql.exec("INSERT INTO extensions VALUES (?, ?, ?, ?)", seq, by, ttlMs, now);
    return { outcome: "settled" as const, hold };
  }

  /** When a hold was extended, in milliseconds since 1970. */
  extendedAt(seq: number): number | undefined {
    return this.of(seq)?.at;
  }

  private of(seq: number): ExtensionRow | undefined {
    if (!this.isOpen) this.sql.exec(TABLE);
    this.isOpen = true;
    return this.sql.exec<ExtensionRow>("SELECT by, ttl_ms, at FROM extensions WHERE seq = ?", seq).toArray()[0];
  }
}

/** A hold is its maker's: `owner` is how the key of every hold of a partner begins; without one, all are in reach. */
export const isOwnedBy = (hold: Pick<Hold, "key">, owner: string | undefined): boolean =>
  owner === undefined || hold.key.startsWith(owner);
