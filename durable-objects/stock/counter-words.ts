import type { HoldStatus } from "../../src/capabilities/selling/stock/rules.ts";
import type { Level } from "../../src/capabilities/selling/stock/store.ts";
import type { Extension } from "../hold-extensions.ts";
import type { Hold } from "../stock-book.ts";
import type { SaleTurn, SaleTurnAnswer } from "./sale-counter.ts";
import type { Elsewhere } from "./shard-words.ts";
import type { Short } from "./shortage.ts";

export interface ReserveCommand {
  kind: "reserve";
  key: string;
  buyer: string;
  quantity: number;
  ttlMs: number;
}
/** `slot` is the buyer's; holds that were made before there were slots are named without. */
export type Settle = { kind: "confirm" | "release"; seq: number; owner?: string; slot?: number };
export type Change =
  | { kind: "set"; onHand: number; perBuyerLimit?: number | null; key?: string }
  | { kind: "adjust"; delta: number; reason: string; key?: string };
/** A change whose mirror row the caller writes. */
export type Entrusted = { kind: "entrust"; key?: string; change: Change };
export type Command = ReserveCommand | Settle | Change | Entrusted | Extension | SaleTurn;
export type Answer = HoldAnswer | ChangeAnswer | SaleTurnAnswer | Elsewhere | Short | { outcome: "divided" };

/** Only what the caller does not know: each field that crosses to the Worker costs as much as deciding it. */
export type Held = { outcome: "reserved" | "already_reserved"; seq: number; status: HoldStatus; expiresAt: number };
export type HoldAnswer =
  | Held
  | { outcome: "sold_out" | "limit_reached"; available: number }
  | { outcome: "unknown_sku" | "key_reused" | "unknown_reservation" | "already_extended" }
  | { outcome: "settled"; hold: Hold }
  | { outcome: "refused"; status: HoldStatus };
export type ChangeAnswer =
  | { outcome: "changed"; level: Level }
  | { outcome: "below_reserved" | "key_reused" | "unknown_sku" };
