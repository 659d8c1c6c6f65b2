import type { Money } from "../../../platform/money.ts";
import { LINES_MAX, QUANTITY_MAX } from "./contract.ts";

/** A line as the cart keeps it: what and how many, and the price that the shopper saw when adding it. */
export interface KeptLine {
  id: string;
  sku: string;
  quantity: number;
  price: Money;
}

/** The checkout that has the cart; one at a time. */
export interface Claim {
  key: string;
  fingerprint: string;
  orderId: string;
  at: number;
}

export interface KeptCart {
  id: string;
  lines: KeptLine[];
  claim: Claim | null;
  version: number;
}

export type CartEdit =
  | { kind: "add"; sku: string; quantity: number; price: Money }
  | { kind: "change"; lineId: string; quantity: number }
  | { kind: "remove"; lineId: string };

export type CartVerdict =
  | { kind: "edited"; cart: KeptCart }
  | { kind: "cart_checked_out" | "cart_full" | "unknown_line" };

/** Applies an edit. A cart that is being checked out is not edited: what is ordered is what was shown. */
export function edit(cart: KeptCart, change: CartEdit): CartVerdict {
  if (cart.claim) return { kind: "cart_checked_out" };
  if (change.kind === "add") return add(cart, change);
  const line = cart.lines.find((it) => it.id === change.lineId);
  if (!line) return { kind: "unknown_line" };
  const lines =
    change.kind === "remove"
      ? cart.lines.filter((it) => it !== line)
      : cart.lines.map((it) => (it === line ? { ...it, quantity: change.quantity } : it));
  return { kind: "edited", cart: { ...cart, lines, version: cart.version + 1 } };
}

/** One line per SKU: adding what is there already grows it, at the price seen last. */
function add(cart: KeptCart, { sku, quantity, price }: { sku: string; quantity: number; price: Money }): CartVerdict {
  const line = cart.lines.find((it) => it.sku === sku);
  const total = (line?.quantity ?? 0) + quantity;
  if (total > QUANTITY_MAX || (!line && cart.lines.length >= LINES_MAX)) return { kind: "cart_full" };
  const fresh = { id: line?.id ?? `line_${cart.version.toString(36)}`, sku, quantity: total, price };
  const lines = line ? cart.lines.map((it) => (it === line ? fresh : it)) : [...cart.lines, fresh];
  return { kind: "edited", cart: { ...cart, lines, version: cart.version + 1 } };
}
