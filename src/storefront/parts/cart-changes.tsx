import { z } from "@hono/zod-openapi";
import { change } from "../../capabilities/selling/checkout/contract.ts";
import { formatMoney } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";

export type Change = z.infer<typeof change>;

const facts = z.object({ changes: z.array(change) });

/** The changes that a refusal carries. */
export function readChanges(given: unknown): readonly Change[] {
  const parsed = facts.safeParse(given);
  return parsed.success ? parsed.data.changes : [];
}

/** What is no longer as the shopper saw it: before and now, line by line. */
export const CartChanges = ({ visit, changes }: { visit: Visit; changes: readonly Change[] }) => (
  <ul class="changes">
    {changes.map((it) => (
      <li>
        <strong>{it.title || m.total({}, visit.say)}</strong>: {sentence(it, visit)}
      </li>
    ))}
  </ul>
);

function sentence({ what, was, now }: Change, { locale, say, ctx }: Visit): string {
  switch (what) {
    case "gone":
      return m.line_gone({}, say);
    case "stock":
      return now === null || now <= 0 ? m.change_sold_out({}, say) : m.change_stock({ was: was ?? 0, now }, say);
    case "price": {
      const money = (amount: number | null) =>
        formatMoney({ amount: amount ?? 0, currency: ctx.tenant.currency }, locale);
      return m.price_changed({ was: money(was), now: money(now) }, say);
    }
  }
}
