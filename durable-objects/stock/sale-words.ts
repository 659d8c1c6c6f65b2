import type { Edit, EditStep, Sale } from "../../src/capabilities/marketing/flash-sales/rules/sale.ts";
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
  /** The version of the terms that the order was made from. */
  version: number;
  order: string;
}

export type TermsCommand =
  | { kind: "schedule"; sale: Sale }
  /** All SKUs of the sale have their units; `first` is the first one as it was opened. */
  | { kind: "open"; first?: Sale }
  /** Another SKU of the sale has too few units: these go back. */
  | { kind: "withdraw" }
  /**
   * Asked of the counter of the sale's first SKU, which decides for all of them at its clock: a step for each SKU, its own in front.
   * The same `by.key` takes it once.
   */
  | { kind: "edit"; steps: EditStep[]; by?: { key: string; asked: string } }
  /** What the first SKU's counter has decided for this one. */
  | { kind: "follow_edit"; edit: Edit; number: number }
  /** Units that came for an edit which was then refused go back, unless an edit was decided since. */
  | { kind: "return"; key: string; units: number; edited: number }
  | { kind: "cancel" };

export type SaleCommand = Participate | PlaceHeld | TermsCommand;

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
  | { outcome: "stale"; sale: Sale }
  | { outcome: "expired" | "full" | "unknown" };

export type TermsAnswer =
  | { outcome: "kept"; sale: Sale }
  | { outcome: "breaks_promise"; fields: string[] }
  /** `stale`: other edits were decided since the terms were read. */
  | { outcome: "over" | "unknown" | "stale" | "key_reused" };

export type SaleAnswer = ParticipateAnswer | PlaceHeldAnswer | TermsAnswer | Short;
