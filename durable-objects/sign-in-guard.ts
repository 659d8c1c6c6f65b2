import { DurableObject } from "cloudflare:workers";
import {
  admitTry,
  forgiveTry,
  NO_TRIES,
  STRIKES_FORGOTTEN_MS,
  type Tries,
  type TryLimit,
} from "../src/platform/identity/count-tries.ts";
import { Alarms } from "./kit/alarms.ts";

const TABLES = `
  CREATE TABLE IF NOT EXISTS tries (id INTEGER PRIMARY KEY CHECK (id = 1), tries TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS spent (secret TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;`;

export type TryAnswer = { outcome: "admitted"; ticket: number } | { outcome: "throttled"; until: number };

/**
 * Counts the wrong passwords of one account, or of one address, and knows which of its single-use secrets were used. It is named by
 * shop and hash, so it knows no address itself, and it empties itself when nothing it knows matters any more.
 */
export class SignInGuard extends DurableObject<Env> {
  private readonly alarms = new Alarms(this.ctx);
  private opened: SqlStorage | undefined;
  private now = () => Date.now();

  /** The tables, made when they are first needed: `deleteAll` takes them, too. */
  private get sql(): SqlStorage {
    if (this.opened) return this.opened;
    this.ctx.storage.sql.exec(TABLES);
    this.opened = this.ctx.storage.sql;
    return this.opened;
  }

  /** Counts a try that is about to be made; `ticket` gives it back. A refused one is not counted, so asking costs no write. */
  tryOnce(limit: TryLimit): TryAnswer {
    const verdict = admitTry(this.read(), limit, this.now());
    if (verdict.kind === "refused") return { outcome: "throttled", until: verdict.until };
    this.write(verdict.tries);
    return { outcome: "admitted", ticket: verdict.tries.at.at(-1) ?? 0 };
  }

  /** The try was right. */
  forgive(ticket: number): void {
    this.write(forgiveTry(this.read(), ticket, this.now()));
  }

  /** Whether nobody has used it before; it is remembered until `until` (milliseconds since 1970), when it must be worthless anyway. */
  spend(secret: string, until: number): boolean {
    const { rowsWritten } = this.sql.exec("INSERT OR IGNORE INTO spent VALUES (?, ?)", secret, until);
    this.alarms.armBy(this.now() + STRIKES_FORGOTTEN_MS);
    return rowsWritten > 0;
  }

  override async alarm(): Promise<void> {
    this.alarms.spent();
    const now = this.now();
    this.sql.exec("DELETE FROM spent WHERE until <= ?", now);
    const { at, blockedUntil } = this.read();
    const isQuiet = Math.max(blockedUntil, at.at(-1) ?? 0) + STRIKES_FORGOTTEN_MS <= now;
    if (isQuiet) this.sql.exec("DELETE FROM tries");
    if (!isQuiet || this.sql.exec("SELECT 1 FROM spent LIMIT 1").toArray().length > 0)
      return this.alarms.armBy(now + STRIKES_FORGOTTEN_MS);
    this.opened = undefined;
    await this.ctx.storage.deleteAll();
  }

  private read(): Tries {
    const row = this.sql.exec<{ tries: string }>("SELECT tries FROM tries").toArray()[0];
    return row ? JSON.parse(row.tries) : NO_TRIES;
  }

  private write(tries: Tries): void {
    this.sql.exec("INSERT OR REPLACE INTO tries VALUES (1, ?)", JSON.stringify(tries));
    this.alarms.armBy(this.now() + STRIKES_FORGOTTEN_MS);
  }
}
