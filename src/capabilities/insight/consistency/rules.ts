/** A level of a SKU as its counter or a copy of it says; whole units, and a version that grows with every change. */
export interface Level {
  onHand: number;
  reserved: number;
  sold: number;
  version: number;
}

/** A copy that only says how many units can be sold. */
export interface Available {
  available: number;
  version: number;
}

/** What a copy says. */
export type Said = Level | Available;

export const availableIn = (said: Said): number => ("available" in said ? said.available : said.onHand - said.reserved);

/** What can be expected of a copy: to follow its counter within `lagMs`, and to know every SKU or only some. */
export interface Duty {
  lagMs: number;
  knows: "every SKU" | "some SKUs";
}

export const copyNames = ["mirror", "search", "parent"] as const;
export type CopyName = (typeof copyNames)[number];

/** Every way in which a copy can differ from the counter that it follows. */
export const reasons = ["row_missing", "row_orphaned", "copy_ahead", "copy_behind", "levels_differ"] as const;
export type Reason = (typeof reasons)[number];

export type Verdict = { state: "consistent" | "lagging" } | { state: "drifted"; reason: Reason };

/**
 * Judges a copy by the counter. The copy must have been read before the counter: then only a copy that is really ahead has the
 * greater version. `behindForMs` is how long the copy has stood at its version while the counter had a greater one.
 */
export function judgeCopy(
  counter: Level | undefined,
  copy: Said | undefined,
  behindForMs: number,
  duty: Duty,
): Verdict {
  if (!copy) return counter && duty.knows === "every SKU" ? late("row_missing") : { state: "consistent" };
  if (!counter) return isNothing(copy) ? { state: "consistent" } : { state: "drifted", reason: "row_orphaned" };
  if (copy.version > counter.version) return { state: "drifted", reason: "copy_ahead" };
  if (copy.version < counter.version) return late("copy_behind");
  return isSame(counter, copy) ? { state: "consistent" } : { state: "drifted", reason: "levels_differ" };

  function late(reason: Reason): Verdict {
    return behindForMs > duty.lagMs ? { state: "drifted", reason } : { state: "lagging" };
  }
}

const isSame = (counter: Level, copy: Said): boolean =>
  "available" in copy
    ? copy.available === availableIn(counter)
    : counter.onHand === copy.onHand && counter.reserved === copy.reserved && counter.sold === copy.sold;

/** What a copy says of a SKU that was never stocked. */
const isNothing = (copy: Said): boolean => "available" in copy && copy.available === 0 && copy.version === 0;

/** Consistent SKUs of all that were checked; a shop without stock is consistent. */
export const ratioOf = (consistent: number, checked: number): number => (checked === 0 ? 1 : consistent / checked);
