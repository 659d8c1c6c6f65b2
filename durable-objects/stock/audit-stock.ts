import type { StockBook } from "../stock-book.ts";
import type { CounterParts } from "./counter-parts.ts";
import type { Exchange } from "./shard-words.ts";
import type { SplitBook } from "./split-book.ts";
import type { WholeStock } from "./whole-stock.ts";

/** One counter's levels beside the sums that they must equal (I1, I2), all from storage. */
export function auditCounter(sql: SqlStorage, { levels, version, mirroredAt: mirrored }: StockBook) {
  const sums = sql
    .exec<{ put: number; moved: number; held: number; confirmed: number; sold: number; overdue: number }>(
      `SELECT (SELECT coalesce(sum(delta), 0) FROM movements WHERE kind IN ('set', 'adjust', 'hand_over', 'take_in')) AS put,
              (SELECT coalesce(sum(delta), 0) FROM movements) AS moved,
              (SELECT coalesce(sum(quantity), 0) FROM holds WHERE status = 'held') AS held,
              (SELECT coalesce(sum(quantity), 0) FROM holds WHERE status = 'confirmed')
                + (SELECT coalesce(sum(units), 0) FROM bought) AS confirmed,
              (SELECT coalesce(-sum(delta), 0) FROM movements WHERE kind = 'confirm') AS sold,
              (SELECT coalesce(min(expires_at), 0) FROM holds WHERE status = 'held') AS overdue`,
    )
    .one();
  return { levels, version, mirrored, ...sums };
}

type CounterAudit = ReturnType<typeof auditCounter>;

/** The audit of a SKU: of its one counter, or summed over all of its counters and what is on the way between them. */
export interface StockAudit extends CounterAudit {
  /** Every counter by its name among the others: `parent`, `0`, `1`... */
  counters: { name: string; audit: CounterAudit }[];
  unitsOnTheWay: number;
}

export type PartAudit = { audit: CounterAudit } & Exchange;

export const auditOne = ({ sql, book }: Pick<CounterParts, "sql" | "book">): StockAudit => {
  const audit = auditCounter(sql, book);
  return { ...audit, counters: [{ name: "parent", audit }], unitsOnTheWay: 0 };
};

/** Run it between two moves: then units are with a counter or in the last transfer between two of them. */
export async function auditWhole(parts: CounterParts, split: SplitBook, whole: WholeStock): Promise<StockAudit> {
  await whole.hearAll();
  const shards = await Promise.all(
    split.active.map(async (link) => ({
      link,
      ...(await parts.askShard(link.shard, async (stub) => await stub.auditPart())),
    })),
  );
  const parent = auditCounter(parts.sql, parts.book);
  let unitsOnTheWay = 0;
  for (const { link, sent, taken } of shards) {
    if (link.sent.seq > taken) unitsOnTheWay += link.sent.units;
    if (sent.seq > link.taken) unitsOnTheWay += sent.units;
  }
  const counters = [
    { name: "parent", audit: parent },
    ...shards.map(({ link, audit }) => ({ name: String(link.shard), audit })),
  ];
  const sum = counters.map((it) => it.audit).reduce(add);
  sum.levels = { ...sum.levels, onHand: sum.levels.onHand + unitsOnTheWay };
  return {
    ...sum,
    moved: sum.moved + unitsOnTheWay,
    version: whole.known().version,
    mirrored: parent.mirrored,
    counters,
    unitsOnTheWay,
  };
}

const add = (a: CounterAudit, b: CounterAudit): CounterAudit => ({
  ...a,
  levels: {
    onHand: a.levels.onHand + b.levels.onHand,
    reserved: a.levels.reserved + b.levels.reserved,
    sold: a.levels.sold + b.levels.sold,
    perBuyerLimit: a.levels.perBuyerLimit,
  },
  put: a.put + b.put,
  moved: a.moved + b.moved,
  held: a.held + b.held,
  confirmed: a.confirmed + b.confirmed,
  sold: a.sold + b.sold,
  overdue: Math.min(a.overdue || b.overdue, b.overdue || a.overdue),
});
