import { readUnits, type SaleUnits } from "../../capabilities/marketing/flash-sales/actions/read-units.ts";
import { formatCount, formatMoney, formatTime } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import { readSalesPage, type Sale, type SaleItem } from "../read-sale.ts";
import { stateWord } from "../sale-words.ts";
import type { Page, Visit } from "../visit.ts";
import { mayDo } from "./door.ts";
import { showForbidden } from "./forbidden.tsx";
import { showStudio } from "./frame.tsx";

const HERE = "/studio/sales";
const PAGE = 10;
const CURSOR_CHARACTERS_MAX = 200;
const DAY_MS = 86_400_000;
const NOTHING: SaleUnits = { sold: 0, held: 0, left: 0 };

/** `GET /studio/sales?cursor=`: the flash sales and where their units are, the latest start first. */
export async function salesPage(c: Page): Promise<Response> {
  if (!mayDo(c, "flash-sales:read")) return showForbidden(c);
  const { visit } = c.var;
  const { ctx, say } = visit;
  const cursor = c.req.query("cursor")?.slice(0, CURSOR_CHARACTERS_MAX);
  const found = await readSalesPage(visit, { limit: PAGE, ...(cursor && { cursor }) });
  if (!found) return c.redirect(HERE, 303);
  const units = await readUnits(ctx, found.sales);
  const content = (
    <div class="wrap page">
      <p class="eyebrow">{m.staff_studio({}, say)}</p>
      <h1>{m.staff_sales({}, say)}</h1>
      {found.sales.length === 0 ? (
        <NoSales visit={visit} />
      ) : (
        <>
          <p class="staff-lead">{m.staff_sales_text({}, say)}</p>
          {found.sales.map((it) => (
            <SaleCard visit={visit} sale={it} units={units.get(it.id) ?? []} />
          ))}
        </>
      )}
      {found.next && (
        <p class="pager">
          <a class="button button-quiet" href={`${HERE}?cursor=${encodeURIComponent(found.next)}`}>
            {m.staff_sales_older({}, say)}
          </a>
        </p>
      )}
    </div>
  );
  return showStudio(c, m.staff_sales({}, say), content);
}

/** What to send where; a sale is made by the API alone. */
function NoSales({ visit: { ctx, say } }: { visit: Visit }) {
  const at = (days: number) => new Date(Math.ceil(ctx.now() / DAY_MS) * DAY_MS + days * DAY_MS).toISOString();
  const body = {
    sku: "YOUR-SKU",
    sale_price: { amount: 1_900, currency: ctx.tenant.currency },
    quantity: 50,
    starts_at: at(0),
    ends_at: at(1),
  };
  const call = [
    `curl ${ctx.origin}/api/v1/flash-sales \\`,
    `  -H 'authorization: Bearer sk_live_...' \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify(body, null, 2)}'`,
  ];
  return (
    <>
      <p class="staff-lead">{m.staff_sales_none({}, say)}</p>
      <pre class="staff-card sale-call">
        <code>{call.join("\n")}</code>
      </pre>
      <p>
        <a href="/docs">{m.staff_sales_docs({}, say)}</a>
      </p>
    </>
  );
}

const SaleCard = ({ visit, sale, units }: { visit: Visit; sale: Sale; units: readonly SaleUnits[] }) => (
  <section class="staff-card sale-card" aria-labelledby={sale.id}>
    <h2 id={sale.id}>
      <a href={sale.path}>{sale.heading}</a>
    </h2>
    <p class="staff-tags">
      <span class={`staff-tag ${toneOf(sale.state)}`}>{stateWord(sale.state, visit.say)}</span>
      {sale.waiting_room && <span class="staff-tag staff-tag-over">{m.room_title({}, visit.say)}</span>}
      <span>
        <time datetime={sale.starts_at}>{formatTime(sale.starts_at, visit)}</time>
        {" – "}
        <time datetime={sale.ends_at}>{formatTime(sale.ends_at, visit)}</time>
      </span>
    </p>
    <ul>
      {sale.items.map((it, place) => (
        <ItemRow visit={visit} item={it} units={units[place] ?? NOTHING} />
      ))}
    </ul>
  </section>
);

function toneOf(state: Sale["state"]): string {
  if (state === "live") return "";
  return state === "before" || state === "sold_out" ? "staff-tag-few" : "staff-tag-over";
}

function ItemRow({ visit: { say, locale }, item, units }: { visit: Visit; item: SaleItem; units: SaleUnits }) {
  const counts: readonly [words: string, count: number][] = [
    [m.staff_sale_units({}, say), item.quantity],
    [m.staff_sale_sold({}, say), units.sold],
    [m.staff_sale_held({}, say), units.held],
    [m.staff_sale_left({}, say), units.left],
  ];
  return (
    <li class="sale-row">
      <p>
        <span class="sale-goods">{[item.title, item.variantTitle].filter(Boolean).join(" · ")}</span>
        <code>{item.sku}</code> <strong>{formatMoney(item.sale_price, locale)}</strong>
      </p>
      <dl>
        {counts.map(([words, count]) => (
          <div>
            <dt>{words}</dt>
            <dd>{formatCount(count, locale)}</dd>
          </div>
        ))}
      </dl>
      <Bar units={units} quantity={item.quantity} />
    </li>
  );
}

/** How much of it is sold and held, for the eye; the figures stand beside it. */
const Bar = ({ units: { sold, held }, quantity }: { units: SaleUnits; quantity: number }) => (
  <svg class="sale-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
    <rect class="sale-bar-all" width="100" height="4" />
    <rect class="sale-bar-held" width={share(sold + held, quantity)} height="4" />
    <rect class="sale-bar-sold" width={share(sold, quantity)} height="4" />
  </svg>
);

/** Per cent, with one digit behind the point. */
const share = (units: number, all: number): number =>
  all === 0 ? 0 : Math.min(100, Math.round((units / all) * 1_000) / 10);
