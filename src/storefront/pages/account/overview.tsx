import { usualContact } from "../../../capabilities/selling/accounts/actions/addresses.ts";
import { listOwnOrders } from "../../../capabilities/selling/accounts/actions/own-orders.ts";
import type { OwnOrder, ShippingAddress } from "../../../capabilities/selling/accounts/contract.ts";
import { formatDay } from "../../format.ts";
import { m } from "../../messages/compiled/messages.js";
import { AccountFrame } from "../../parts/account-frame.tsx";
import { Notice } from "../../parts/notice.tsx";
import { OrderRows } from "../../parts/order-rows.tsx";
import { PostalAddress } from "../../parts/postal-address.tsx";
import { show } from "../../show.tsx";
import type { Page, Visit } from "../../visit.ts";
import { enterAccount } from "./enter.ts";

const SHOWN = 3;

/** `GET /account` */
export async function accountPage(c: Page): Promise<Response> {
  const me = await enterAccount(c);
  if (me instanceof Response) return me;
  const { visit } = c.var;
  const [orders, contact] = await Promise.all([listOwnOrders(visit.ctx, { limit: SHOWN }), usualContact(visit.ctx)]);
  return show(
    c,
    { title: m.account({}, visit.say), isPrivate: true, sheets: ["account"] },
    <AccountFrame visit={visit} title={m.account_hello({}, visit.say)} eyebrow={me.email}>
      {c.req.query("done") === "confirmed" && (
        <Notice kind="good" isAnswer>
          <p>
            {me.email_proven_at === null
              ? m.confirm_done_unproven({}, visit.say)
              : m.confirm_done({ email: me.email }, visit.say)}
          </p>
        </Notice>
      )}
      <LatestOrders visit={visit} orders={orders.ok ? orders.value.data : []} />
      <div class="account-pair">
        <DefaultAddress visit={visit} address={contact?.address} />
        <section class="account-card">
          <h2>{m.account_security({}, visit.say)}</h2>
          <p>{m.password_since({ day: formatDay(me.password_changed_at, visit) }, visit.say)}</p>
          <p>
            <a href="/account/security">{m.account_security_go({}, visit.say)}</a>
          </p>
        </section>
      </div>
    </AccountFrame>,
  );
}

const LatestOrders = ({ visit, orders }: { visit: Visit; orders: readonly OwnOrder[] }) => (
  <section>
    <div class="account-line">
      <h2>{m.account_latest_orders({}, visit.say)}</h2>
      {orders.length > 0 && <a href="/account/orders">{m.account_all_orders({}, visit.say)}</a>}
    </div>
    {orders.length > 0 ? <OrderRows visit={visit} orders={orders} /> : <NoOrders visit={visit} />}
  </section>
);

export const NoOrders = ({ visit: { say } }: { visit: Visit }) => (
  <div class="account-card account-empty">
    <p>{m.account_no_orders({}, say)}</p>
    <p>
      <a class="button" href="/">
        {m.keep_looking({}, say)}
      </a>
    </p>
  </div>
);

const DefaultAddress = ({ visit, address }: { visit: Visit; address: ShippingAddress | undefined }) => (
  <section class="account-card">
    <h2>{m.address_default({}, visit.say)}</h2>
    {address ? <PostalAddress visit={visit} address={address} /> : <p>{m.address_none({}, visit.say)}</p>}
    <p>
      <a href="/account/addresses">{address ? m.address_change({}, visit.say) : m.address_add({}, visit.say)}</a>
    </p>
  </section>
);
