import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";

/** From this many units on, the exact number is nobody's business. */
const FEW = 5;

/** What the stock counter says right now. */
export function StockBadge({ visit: { say }, available }: { visit: Visit; available: number }) {
  if (available <= 0) return <p class="stock stock-none">{m.sold_out({}, say)}</p>;
  if (available <= FEW) return <p class="stock stock-few">{m.only_left({ count: available }, say)}</p>;
  return <p class="stock stock-good">{m.in_stock({}, say)}</p>;
}
