import { listOwnOrders } from "../../../capabilities/selling/accounts/actions/own-orders.ts";
import { m } from "../../messages/compiled/messages.js";
import { AccountFrame } from "../../parts/account-frame.tsx";
import { OrderRows } from "../../parts/order-rows.tsx";
import { show } from "../../show.tsx";
import type { Page } from "../../visit.ts";
import { enterAccount } from "./enter.ts";
import { NoOrders } from "./overview.tsx";

const PAGE = 10;
const CURSOR_CHARACTERS_MAX = 300;

/** `GET /account/orders?cursor=` */
export async function ownOrdersPage(c: Page): Promise<Response> {
  const me = await enterAccount(c);
  if (me instanceof Response) return me;
  const { visit } = c.var;
  const cursor = c.req.query("cursor")?.slice(0, CURSOR_CHARACTERS_MAX);
  const listed = await listOwnOrders(visit.ctx, { limit: PAGE, cursor });
  if (!listed.ok) return c.redirect("/account/orders", 303);
  const { data, next_cursor: next } = listed.value;
  return show(
    c,
    { title: m.account_orders({}, visit.say), isPrivate: true, sheets: ["account"] },
    <AccountFrame visit={visit} title={m.account_orders({}, visit.say)}>
      {data.length > 0 ? <OrderRows visit={visit} orders={data} /> : <NoOrders visit={visit} />}
      {next && (
        <p class="pager">
          <a class="button button-quiet" href={`/account/orders?cursor=${next}`}>
            {m.account_older_orders({}, visit.say)}
          </a>
        </p>
      )}
      <p class="field-hint">{m.account_orders_hint({}, visit.say)}</p>
    </AccountFrame>,
  );
}
