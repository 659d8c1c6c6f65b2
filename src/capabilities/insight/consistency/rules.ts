/** A level of a SKU as its counter or a copy of it says; whole units, and a version that grows with every change. */
export interface Level {
  onHand: number;
  reserved: number;
  sold: number;
  version: number;
}

/** Every way in which a copy can differ from the counter that it follows. */
export const reasons = ["row_missing", "row_orphaned", "copy_ahead", "copy_behind", "levels_differ"] as const;
export type Reason = (typeof reasons)[number];

export type Verdict = { state: "consistent" | "lagging" } | { state: "drifted"; reason: Reason };

/** A copy may be behind its counter, or have yet to appear, for this long. */
export const LAG_MS = 2_000;

/**
 * Judges a copy by the counter. The copy must have been read before the counter: then only a copy that is really ahead has the
 * greater version. `behindForMs` is how long the copy has stood at its version while the counter had a greater one.
 */
export function judgeCopy(counter: Level | undefined, copy: Level | undefined, behindForMs: number): Verdict {
  if (!copy) return counter ? late(behindForMs, "row_missing") : { state: "consistent" };
  if (!counter) return { state: "drifted", reason: "row_orphaned" };
  if (copy.version > counter.version) return { state: "drifted", reason: "copy_ahead" };
  if (copy.version < counter.version) return late(behindForMs, "copy_behind");
  return isSame(counter, copy) ? { state: "consistent" } : { state: "drifted", reason: "levels_differ" };
}

const late = (behindForMs: number, reason: Reason): Verdict =>
  behindForMs > LAG_MS ? { state: "drifted", reason } : { state: "lagging" };

const isSame = (a: Level, b: Level): boolean =>
  a.onHand === b.onHand && a.reserved === b.reserved && a.sold === b.sold && a.version === b.version;

/** Consistent SKUs of all that were checked; a shop without stock is consistent. */
export const ratioOf = (consistent: number, checked: number): number => (checked === 0 ? 1 : consistent / checked);
