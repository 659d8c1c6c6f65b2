import { stockChanges } from "../src/capabilities/selling/stock/actions.ts";
import type { Ctx } from "../src/platform/context.ts";
import { describe, log } from "../src/platform/log.ts";
import type { SearchBook } from "./search-book.ts";

/** Searches see stock that is at most this much older than its mirror. */
const STOCK_MS = 1_000;
/** The first search after a quiet time waits for the news of that time, but no longer than this. */
const STOCK_OLD_MS = 10_000;
const STOCK_WAIT_MS = 300;
const STOCK_ROWS = 1_000;
/** A mirror row may become visible this long after its time stamp, so this much is read again. */
const STOCK_OVERLAP_MS = 10_000;

/** What the index has of the stock mirror, brought up to date by those who search. */
export class StockCopy {
  private readAt = 0;
  private knownAt = 0;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly state: DurableObjectState,
    private readonly book: SearchBook,
    private readonly context: () => Promise<Ctx | undefined>,
  ) {}

  /** Takes over what the mirror has learned, beside the search that asked unless the copy is old. */
  async follow(now: number): Promise<void> {
    if (!this.reading && now - this.readAt >= STOCK_MS) {
      this.readAt = now;
      this.reading = this.catchUp(now);
      this.state.waitUntil(this.reading);
    }
    if (now - this.knownAt >= STOCK_OLD_MS) await Promise.race([this.reading, scheduler.wait(STOCK_WAIT_MS)]);
  }

  private async catchUp(now: number): Promise<void> {
    try {
      await this.readChanges();
      this.knownAt = now;
    } catch (error) {
      log("warn", "stock_copy_delayed", { error: describe(error) });
    } finally {
      this.reading = undefined;
    }
  }

  private async readChanges(): Promise<void> {
    const ctx = await this.context();
    if (!ctx) return;
    const { kv } = this.state.storage;
    let since = { at: (kv.get<number>("stock_read") ?? 0) - STOCK_OVERLAP_MS, sku: "" };
    for (;;) {
      const changes = await stockChanges(ctx, since, STOCK_ROWS);
      const last = changes.at(-1);
      if (!last) return;
      this.state.storage.transactionSync(() => this.book.setLevels(changes));
      kv.put("stock_read", last.at);
      if (changes.length < STOCK_ROWS) return;
      since = last;
    }
  }
}
