import { AMOUNT_MAX, type Money } from "../../../platform/money.ts";
import { type KeptCart, type KeptLine, LINES_MAX, QUANTITY_MAX } from "./contract.ts";

/** A repeated addition comes soon; a line remembers this many. */
const MARKS_MAX = 4;

export type CartEdit =
  | { kind: "add"; sku: string; quantity: number; price: Money; mark: string }
  | { kind: "change"; lineId: string; quantity: number }
  | { kind: "remove"; lineId: string }
  | { kind: "take"; lines: readonly KeptLine[]; mark: string };

export type CartVerdict =
  | { kind: "edited"; cart: KeptCart }
  | { kind: "cart_checked_out" | "cart_full" | "unknown_line" };

/**
 * Applies an edit. A cart that is being checked out is not edited: what is ordered is what was shown. A cart is never worth more
 * than `AMOUNT_MAX`.
 */
export function edit(cart: KeptCart, change: CartEdit): CartVerdict {
  if (cart.claim) return { kind: "cart_checked_out" };
  if (change.kind === "add") return add(cart, change);
  if (change.kind === "take") return take(cart, change);
  const line = cart.lines.find((it) => it.id === change.lineId);
  if (!line) return { kind: "unknown_line" };
  if (change.kind === "remove")
    return edited(
      cart,
      cart.lines.filter((it) => it !== line),
    );
  const { quantity } = change;
  return affordable(
    cart,
    cart.lines.map((it) => (it === line ? { ...it, quantity } : it)),
  );
}

type Addition = Extract<CartEdit, { kind: "add" }>;

/** One line per SKU: adding what is there already grows it, at the price seen last. A mark adds once. */
function add(cart: KeptCart, { sku, quantity, price, mark }: Addition): CartVerdict {
  const line = cart.lines.find((it) => it.sku === sku);
  if (line?.marks?.includes(mark)) return { kind: "edited", cart };
  const total = (line?.quantity ?? 0) + quantity;
  if (total > QUANTITY_MAX || (!line && cart.lines.length >= LINES_MAX)) return { kind: "cart_full" };
  const marks = [...(line?.marks ?? []), mark].slice(-MARKS_MAX);
  const fresh = { id: line?.id ?? `line_${cart.version.toString(36)}`, sku, quantity: total, price, marks };
  const lines = line ? cart.lines.map((it) => (it === line ? fresh : it)) : [...cart.lines, fresh];
  return affordable(cart, lines);
}

/** All lines of another cart or none, once for a mark; a line of one SKU grows to what a line can be. */
function take(cart: KeptCart, { lines, mark }: Extract<CartEdit, { kind: "take" }>): CartVerdict {
  if (lines.length === 0 || cart.lines.some((it) => it.marks?.includes(mark))) return { kind: "edited", cart };
  const taken = [...cart.lines];
  for (const [i, line] of lines.entries()) {
    const at = taken.findIndex((it) => it.sku === line.sku);
    const own = taken[at];
    const id = own?.id ?? `line_${cart.version.toString(36)}_${i}`;
    const quantity = Math.min((own?.quantity ?? 0) + line.quantity, QUANTITY_MAX);
    const marks = [...(own?.marks ?? []), mark].slice(-MARKS_MAX);
    taken.splice(at < 0 ? taken.length : at, at < 0 ? 0 : 1, { ...line, id, quantity, marks });
  }
  return taken.length > LINES_MAX ? { kind: "cart_full" } : affordable(cart, taken);
}

const edited = (cart: KeptCart, lines: KeptLine[]): CartVerdict => ({
  kind: "edited",
  cart: { ...cart, lines, version: cart.version + 1 },
});

/** Beyond `AMOUNT_MAX` a sum is no whole number of cents any more. */
const affordable = (cart: KeptCart, lines: KeptLine[]): CartVerdict =>
  lines.reduce((sum, it) => sum + it.price.amount * it.quantity, 0) > AMOUNT_MAX
    ? { kind: "cart_full" }
    : edited(cart, lines);
