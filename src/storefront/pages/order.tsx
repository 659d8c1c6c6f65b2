import { cancelOrder, readOrder } from "../../capabilities/selling/orders/actions.ts";
import { openPayment } from "../../capabilities/selling/payments/actions.ts";
import { m } from "../messages/compiled/messages.js";
import { OrderView } from "../parts/order-view.tsx";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { readForm } from "../read-form.ts";
import { show } from "../show.tsx";
import type { Page } from "../visit.ts";
import { missingPage } from "./missing.tsx";

const ORDER_ID = /^ord_[0-9a-f]{2}[0-9a-z]{26}$/;

/** `GET /orders/:id?token=`: the token is the key; no cookie knows the order. */
export async function orderPage(c: Page): Promise<Response> {
  const { visit } = c.var;
  const id = c.req.param("id") ?? "";
  const token = c.req.query("token") ?? "";
  if (!ORDER_ID.test(id)) return missingPage(c);
  const found = await readOrder(visit.ctx, { id, token });
  if (!found.ok) return missingPage(c);
  c.header("referrer-policy", "same-origin");
  return show(
    c,
    { title: m.order_number({ number: found.value.number }, visit.say), isPrivate: true, islands: ["order"] },
    <div class="wrap page">
      <ProblemNotice visit={visit} />
      <p class="unseen" role="status" data-live />
      <OrderView visit={visit} order={found.value} token={token} />
    </div>,
  );
}

/** `POST /orders/:id/pay`: opens another payment and leads to it. */
export async function payAgain(c: Page): Promise<Response> {
  const { id, token, back } = await namedOrder(c);
  if (!ORDER_ID.test(id)) return missingPage(c);
  const opened = await openPayment(c.var.ctx, { id, token, payment_provider: "sandbox" });
  return c.redirect(opened.ok ? (opened.value.redirect_url ?? back) : `${back}&problem=${opened.code}`, 303);
}

/** `POST /orders/:id/cancel` */
export async function cancelFromForm(c: Page): Promise<Response> {
  const { id, token, back } = await namedOrder(c);
  if (!ORDER_ID.test(id)) return missingPage(c);
  const cancelled = await cancelOrder(c.var.ctx, { id, token });
  return c.redirect(cancelled.ok ? back : `${back}&problem=${cancelled.code}`, 303);
}

async function namedOrder(c: Page): Promise<{ id: string; token: string; back: string }> {
  const id = c.req.param("id") ?? "";
  const token = (await readForm(c)).get("token") ?? "";
  return { id, token, back: `/orders/${id}?token=${encodeURIComponent(token)}` };
}
