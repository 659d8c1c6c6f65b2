import type { Sale } from "../../src/capabilities/marketing/flash-sales/rules/sale.ts";
import type { Level } from "../../src/capabilities/selling/stock/store.ts";

/**
 * Units on their way to another counter. Every message carries its sender's last transfer again, and a counter takes each number
 * once, so a lost message loses nothing; the next transfer is made only after the last one was taken.
 */
export interface Transfer {
  seq: number;
  units: number;
}

/** What two counters tell each other with every message. */
export interface Exchange {
  sent: Transfer;
  /** The number of the last transfer that was taken from the other side. */
  taken: number;
}

/** A shard's state as the parent knows it; a greater version of the level is a later report. */
export interface ShardReport extends Exchange {
  level: Level;
}

export interface Ask {
  shard: number;
  report: ShardReport;
  /** Units that the least of the waiting buyers lacks, and all of them together. */
  least: number;
  wanted: number;
}

/** The parent's answer: `left` units could still be had, from the rest or from other shards. */
export interface Grant extends Exchange {
  left: number;
}

export interface CallIn extends Exchange {
  /** Also the half that a selling shard would keep. */
  everything: boolean;
}

/** What every shard must know before a change of it is acknowledged. A greater version replaces a smaller one. */
export interface SharedSettings {
  version: number;
  perBuyerLimit: number | null;
  /** The flash sale whose units these are. */
  sale?: Sale;
}

/** Rows of one table that belong to holds on the way, as columns and values. */
export interface ParcelPart {
  table: string;
  /** Makes the table where it is not yet. */
  create: string;
  columns: string[];
  rows: (string | number | null)[][];
}

/** Everything about the buyers of some slots. */
export interface Parcel {
  move: number;
  slots: number[];
  parts: ParcelPart[];
  /** No hold of these slots has a greater number. */
  lastNumber: number;
}

/** The way to another counter, or what it answers instead of a decision. */
export type Elsewhere =
  | { outcome: "moved"; layout?: { epoch: number; owners: readonly number[] } }
  | { outcome: "moving" }
  | { outcome: "busy" };
