import { phaseOf, type Sale } from "../../src/capabilities/marketing/flash-sales/rules/sale.ts";
import { KEPT_MS, type OldHolds } from "./forget-holds.ts";
import type { SalePool } from "./sale-pool.ts";

/** Holds of orders that were placed in a sale's last moment are over by then: longer than any shop waits for a payment. */
const SETTLED_MS = 10 * 86_400_000;

const forgottenAt = ({ endsAt }: Sale): number => endsAt + SETTLED_MS + KEPT_MS;

export function isOver(sale: Sale, now: number): boolean {
  const phase = phaseOf(sale, now);
  return phase === "ended" || phase === "cancelled";
}

/** When a sale's counter has something to do next: when a draft is forgotten, at the end, and when what it knows is old enough to be forgotten; infinity after. */
export function nextMoment(sale: Sale, now: number): number {
  const { isDraft, draftUntil = 0 } = sale;
  if (!isOver(sale, now)) return isDraft && draftUntil > now ? Math.min(draftUntil, sale.endsAt) : sale.endsAt;
  return now < forgottenAt(sale) ? forgottenAt(sale) : Number.POSITIVE_INFINITY;
}

/**
 * Forgets what is old. A sale's counter forgets who had what of it once it has been over for so long that nobody comes back to that: its
 * terms, sums and newest hold stay, and with them the books add up as before. Run it by alarm, when everything is written.
 */
export function forgetOld(old: OldHolds, { sale, waitingOrders }: SalePool, sql: SqlStorage, now: number): void {
  if (sale && (now < forgottenAt(sale) || waitingOrders > 0)) return;
  old.forget(now);
  if (!sale) return;
  sql.exec("DELETE FROM placed WHERE seq NOT IN (SELECT seq FROM holds)");
  const { units } = sql.exec<{ units: number }>("SELECT coalesce(sum(units), 0) AS units FROM bought").one();
  sql.exec("DELETE FROM bought");
  sql.exec("INSERT INTO bought VALUES ('', 0, ?)", units);
}
