import type { HoldsPage, HoldsWish } from "../visible-holds.ts";
import type { CounterParts } from "./counter-parts.ts";
import type { SplitBook } from "./split-book.ts";

/** A page of the holds of all counters of a SKU. Run it between two moves, when every hold is in one of them. */
export async function listWholeHolds(
  parts: CounterParts,
  split: SplitBook,
  wish: HoldsWish,
  own: HoldsPage,
): Promise<HoldsPage> {
  const pages = await Promise.all(
    split.active.map(({ shard }) => parts.askShard(shard, async (stub) => await stub.holds(wish))),
  );
  return mergePages([own, ...pages.filter((page) => page !== undefined)], wish.limit);
}

/** Newest numbers first. Below the point that any counter has looked through to, nothing is shown before the next page. */
function mergePages(pages: readonly HoldsPage[], limit: number): HoldsPage {
  const lookedTo = Math.max(0, ...pages.map((page) => page.before ?? 0));
  const seen = pages
    .flatMap((page) => page.holds)
    .filter((hold) => hold.seq >= lookedTo)
    .sort((a, b) => b.seq - a.seq);
  const holds = seen.slice(0, limit);
  const last = holds.at(-1)?.seq ?? lookedTo;
  if (seen.length > limit) return { holds, before: last };
  return lookedTo > 0 ? { holds, before: lookedTo } : { holds };
}
