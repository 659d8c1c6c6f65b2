/** A counter's whole truth. `available = onHand - reserved` and is never negative; all terms are whole units. */
export interface Levels {
  onHand: number;
  reserved: number;
  sold: number;
  /** Units one buyer may hold and have bought together; null means no limit. */
  perBuyerLimit: number | null;
}

export type HoldStatus = "held" | "confirmed" | "released" | "expired";

export const NO_STOCK: Levels = { onHand: 0, reserved: 0, sold: 0, perBuyerLimit: null };

export const available = (levels: Levels): number => levels.onHand - levels.reserved;

/** Whether `quantity` more units may be held for a buyer who has `buyerUnits` held or bought already. */
export function judgeReserve(
  levels: Levels,
  quantity: number,
  buyerUnits: number,
): "reserved" | "limit_reached" | "sold_out" {
  if (levels.perBuyerLimit !== null && buyerUnits + quantity > levels.perBuyerLimit) return "limit_reached";
  return quantity > available(levels) ? "sold_out" : "reserved";
}

export const afterReserve = (levels: Levels, quantity: number): Levels => ({
  ...levels,
  reserved: levels.reserved + quantity,
});

/** A held unit that is sold leaves the shelf. */
export const afterConfirm = (levels: Levels, quantity: number): Levels => ({
  ...levels,
  onHand: levels.onHand - quantity,
  reserved: levels.reserved - quantity,
  sold: levels.sold + quantity,
});

/** Released or expired: the unit is available again. */
export const afterRelease = (levels: Levels, quantity: number): Levels => ({
  ...levels,
  reserved: levels.reserved - quantity,
});

/** Units came from another counter, or went to one. */
export const afterMove = (levels: Levels, delta: number): Levels => ({ ...levels, onHand: levels.onHand + delta });

/** Units on hand may be changed freely down to what is promised already. */
export function judgeOnHand(levels: Levels, onHand: number, max: number): "changed" | "below_reserved" {
  return onHand < levels.reserved || onHand > max ? "below_reserved" : "changed";
}

/** What must hold at every moment; answers a sentence for each broken part. */
export function brokenLevels(levels: Levels): string[] {
  const broken: string[] = [];
  for (const [name, units] of [
    ["on_hand", levels.onHand],
    ["reserved", levels.reserved],
    ["sold", levels.sold],
  ] as const)
    if (!Number.isSafeInteger(units) || units < 0) broken.push(`${name} is ${units}`);
  if (available(levels) < 0) broken.push(`${-available(levels)} units are reserved beyond what is on hand`);
  return broken;
}
