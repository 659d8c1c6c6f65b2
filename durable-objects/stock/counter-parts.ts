import type { Sale } from "../../src/capabilities/marketing/flash-sales/rules/sale.ts";
import type { Level } from "../../src/capabilities/selling/stock/store.ts";
import type { StockBook } from "../stock-book.ts";
import type { StockCounter } from "../stock-counter.ts";
import type { SharedSettings } from "./shard-words.ts";
import type { SlotBook } from "./slot-book.ts";

/** What a counter lends to its parts. */
export interface CounterParts {
  sql: SqlStorage;
  book: StockBook;
  slots: SlotBook;
  now: () => number;
  /** One transaction of its own; if it throws, the object starts anew from storage. */
  commit: <Answer>(work: () => Answer) => Answer;
  armBy: (at: number) => void;
  /** Runs on after the call that began it. */
  goOn: (work: Promise<unknown>) => void;
  level: () => Level;
  /** What shards must know, without its version. */
  settings: () => Omit<SharedSettings, "version">;
  /** A shard hears the terms of a sale; run inside a transaction. */
  followSale: (sale: Sale) => void;
  askShard: <Answer>(shard: number, ask: (stub: DurableObjectStub<StockCounter>) => Promise<Answer>) => Promise<Answer>;
}
