import type { Edit, Sale } from "../../src/capabilities/marketing/flash-sales/rules/sale.ts";
import type { Short } from "./shortage.ts";

/** One buyer's wish, as few plain values as its decision needs: each of them crosses to the object. */
export interface Participate {
  kind: "participate";
  key: string;
  buyer: string;
  quantity: number;
  ttlMs: number;
  /** The version of the terms that the edge knows. */
  version: number;
  pass?: string;
  /** The order as JSON, where hold and order are one (rules/order-text.ts says how it begins). */
  order?: string;
}

export interface PlaceHeld {
  kind: "order";
  seq: number;
  /** The slot of the hold's buyer, which says what counter has it. */
  slot: number;
  quantity: number;
  ttlMs: number;
  order: string;
}

export type SaleCommand =
  | Participate
  | PlaceHeld
  | { kind: "schedule"; sale: Sale }
  /** All SKUs of the sale have their units. */
  | { kind: "open" }
  /** Another SKU of the sale has too few units: these go back. */
  | { kind: "withdraw" }
  /** `at` is the moment at which the counter of the sale's first SKU took it, which says for all whether the sale is live. */
  | { kind: "edit"; edit: Edit; at?: number }
  | { kind: "cancel" };

export type ParticipateAnswer =
  | { outcome: "reserved"; seq: number; at: number }
  | { outcome: "ordered"; seq: number; orderId: string; order?: string }
  | { outcome: "already_participated"; units: number }
  | { outcome: "sold_out"; available: number }
  | { outcome: "stale"; sale: Sale }
  | { outcome: "not_started" | "ended" | "over_limit" | "full" | "key_reused" | "unknown" }
  | { outcome: "pass_required" | "pass_invalid" | "pass_expired" | "pass_foreign" | "pass_used" };

export type PlaceHeldAnswer =
  | { outcome: "placed"; buyer: string }
  | { outcome: "ordered"; orderId: string; order?: string }
  | { outcome: "expired" | "full" | "unknown" };

export type TermsAnswer =
  | { outcome: "kept"; sale: Sale; at: number }
  | { outcome: "breaks_promise"; fields: string[] }
  | { outcome: "over" | "unknown" };

export type SaleAnswer = ParticipateAnswer | PlaceHeldAnswer | TermsAnswer | Short;
