import type { Child } from "hono/jsx";
import type { Money } from "../../platform/money.ts";
import { formatMoney } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";
import { NoPicture, Picture } from "./picture.tsx";

interface SummaryLine {
  sku: string;
  title: string;
  variant_title: string;
  quantity: number;
  image: { src: string } | null;
  total: Money;
}

interface SummaryProps {
  visit: Visit;
  /** Else it is the shopper's own order. */
  title?: string;
  lines: readonly SummaryLine[];
  subtotal: Money;
  total: Money;
  children?: Child;
}

/** The lines with small pictures and what they come to. */
export function OrderSummary({ visit: { say, locale }, title, lines, subtotal, total, children }: SummaryProps) {
  return (
    <aside class="summary" aria-labelledby="summary">
      <h2 id="summary">{title ?? m.summary({}, say)}</h2>
      <ul class="summary-lines">
        {lines.map((line) => (
          <li>
            <span class="summary-picture">
              {line.image ? <Picture src={line.image.src} alt="" width={56} height={70} /> : <NoPicture />}
            </span>
            <span class="summary-words">
              <span class="summary-title">{line.title}</span>
              <span class="summary-variant">
                {line.variant_title && `${line.variant_title} · `}
                {m.times({ count: line.quantity }, say)}
              </span>
            </span>
            <span class="summary-amount">{formatMoney(line.total, locale)}</span>
          </li>
        ))}
      </ul>
      <dl>
        <div>
          <dt>{m.subtotal({}, say)}</dt>
          <dd>{formatMoney(subtotal, locale)}</dd>
        </div>
        <div>
          <dt>{m.shipping({}, say)}</dt>
          <dd>{m.free({}, say)}</dd>
        </div>
        <div class="summary-total">
          <dt>{m.total({}, say)}</dt>
          <dd>{formatMoney(total, locale)}</dd>
        </div>
      </dl>
      {children}
    </aside>
  );
}
