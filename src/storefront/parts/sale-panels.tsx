import { formatCount } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import type { Sale } from "../read-sale.ts";
import { closedWords, type Words } from "../sale-words.ts";
import type { Visit } from "../visit.ts";
import { Field } from "./field.tsx";
import { Notice } from "./notice.tsx";

/** The answer to what the shopper just sent. */
export const SaleNotice = ({ words: { title, text, tone } }: { words: Words }) => (
  <Notice kind={tone} isAnswer>
    <p class="notice-title">{title}</p>
    {text && <p>{text}</p>}
  </Notice>
);

/** The sale is over, or there is nothing left of it. */
export function ClosedPanel({ visit, sale }: { visit: Visit; sale: Sale }) {
  if (sale.state === "before" || sale.state === "live") return null;
  const { title, text } = closedWords(sale.state, visit.say);
  return (
    <div class="sale-panel">
      <div>
        <h2>{title}</h2>
        <p class="sale-lead">{text}</p>
      </div>
      {sale.product && (
        <p>
          <a class="button" href={sale.product.path}>
            {m.sale_see_product({}, visit.say)}
          </a>
        </p>
      )}
    </div>
  );
}

/** The sale lets people in through the waiting room only, and the shop has that switched off. */
export const RoomOffPanel = ({ visit: { say } }: { visit: Visit }) => (
  <div class="sale-panel">
    <h2>{m.room_off_title({}, say)}</h2>
    <p class="sale-lead">{m.room_off_text({}, say)}</p>
  </div>
);

interface LineUpProps {
  visit: Visit;
  sale: Sale;
  /** Null when somebody who looks is in the line already. */
  waiting: number | null;
  email?: string;
  error?: string;
  /** The form's idempotency key; `key` itself is a word of JSX. */
  formKey: string;
}

/** The way into the waiting room, or back to it. */
export function LineUpPanel({ visit: { say, locale }, sale, waiting, email, error, formKey }: LineUpProps) {
  const room = `${sale.path}/room`;
  if (waiting === null)
    return (
      <div class="sale-panel">
        <div>
          <h2>{m.sale_in_line({}, say)}</h2>
          <p class="sale-lead">{m.room_waiting_text({}, say)}</p>
        </div>
        <p>
          <a class="button" href={room}>
            {m.sale_see_place({}, say)}
          </a>
        </p>
      </div>
    );
  return (
    <form method="post" action={room} class="sale-panel" novalidate>
      <div>
        <h2>{m.sale_line_up_title({}, say)}</h2>
        <p class="sale-lead">
          {sale.state === "before"
            ? m.sale_line_up_before({}, say)
            : m.sale_line_up_live({ waiting: formatCount(waiting, locale) }, say)}
        </p>
      </div>
      <input type="hidden" name="key" value={formKey} />
      <Field
        name="email"
        type="email"
        label={m.field_email({}, say)}
        hint={m.room_email_hint({}, say)}
        value={email}
        error={error}
        autocomplete="email"
        isRequired
        lengthMax={254}
      />
      <button class="button button-wide" type="submit">
        {m.sale_line_up({}, say)}
      </button>
    </form>
  );
}

/** What the shop promises of its sales, in three sentences. */
export function SaleNotes({ visit: { say, locale }, sale }: { visit: Visit; sale: Sale }) {
  return (
    <aside class="summary sale-notes" aria-labelledby="notes">
      <h2 id="notes">{m.sale_how_title({}, say)}</h2>
      <ul>
        {sale.waiting_room && (
          <li>{m.sale_how_room({ rate: formatCount(sale.waiting_room.admit_per_second, locale) }, say)}</li>
        )}
        <li>{m.sale_how_fair({}, say)}</li>
        <li>
          {sale.items.length === 1
            ? m.sale_how_limit({ count: formatCount(sale.per_buyer_limit, locale) }, say)
            : m.sale_how_limit_each({}, say)}
        </li>
        <li>{m.sale_how_back({}, say)}</li>
      </ul>
    </aside>
  );
}
