import type { z } from "@hono/zod-openapi";
import type { cart } from "../../capabilities/selling/carts/contract.ts";
import { formatMoney } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";
import { NoPicture, Picture } from "./picture.tsx";

export type CartLine = z.infer<typeof cart>["lines"][number];

interface LinesProps {
  visit: Visit;
  lines: readonly CartLine[];
  available: (sku: string) => number;
}

export function CartLines({ visit, lines, available }: LinesProps) {
  return (
    <ul class="lines">
      {lines.map((line) => (
        <li class={line.sellable ? "line" : "line line-gone"}>
          <div class="line-picture">
            {line.image ? <Picture src={line.image.src} alt="" width={96} height={120} /> : <NoPicture />}
          </div>
          <div class="line-words">
            <h2 class="line-title">{line.handle ? <a href={productPath(line)}>{line.title}</a> : line.title}</h2>
            {line.variant_title && <p class="line-variant">{line.variant_title}</p>}
            <LineWarnings visit={visit} line={line} available={available(line.sku)} />
          </div>
          <LineForms visit={visit} line={line} />
          <p class="line-total">{line.sellable ? formatMoney(line.total, visit.locale) : "—"}</p>
        </li>
      ))}
    </ul>
  );
}

const productPath = ({ handle, sku }: CartLine): string =>
  `/products/${encodeURIComponent(handle)}?variant=${encodeURIComponent(sku)}`;

/** What is no longer as it was when the line was added. */
function LineWarnings({
  visit: { locale, say },
  line,
  available,
}: {
  visit: Visit;
  line: CartLine;
  available: number;
}) {
  if (!line.sellable) return <p class="line-warning line-warning-bad">{m.line_gone({}, say)}</p>;
  const was = formatMoney(line.added_at_price, locale);
  const now = formatMoney(line.unit_price, locale);
  return (
    <>
      <p class="line-unit">{m.each({ price: now }, say)}</p>
      {was !== now && <p class="line-warning">{m.price_changed({ was, now }, say)}</p>}
      {available <= 0 && <p class="line-warning line-warning-bad">{m.sold_out({}, say)}</p>}
      {available > 0 && available < line.quantity && (
        <p class="line-warning">{m.only_left({ count: available }, say)}</p>
      )}
    </>
  );
}

function LineForms({ visit: { say }, line }: { visit: Visit; line: CartLine }) {
  const action = `/cart/lines/${encodeURIComponent(line.id)}`;
  return (
    <div class="line-forms">
      {line.sellable && (
        <form method="post" action={action} class="line-quantity" data-quantity>
          <label>
            <span class="unseen">{m.quantity_of({ title: line.title }, say)}</span>
            <input
              type="number"
              name="quantity"
              value={String(line.quantity)}
              min="0"
              max="9999"
              inputmode="numeric"
              required
            />
          </label>
          <button type="submit" class="link-button">
            {m.update({}, say)}
          </button>
        </form>
      )}
      <form method="post" action={`${action}/remove`}>
        <button type="submit" class="link-button" aria-label={m.remove_named({ title: line.title }, say)}>
          {m.remove({}, say)}
        </button>
      </form>
    </div>
  );
}
