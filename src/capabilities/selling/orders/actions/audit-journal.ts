import type { Ctx } from "../../../../platform/context.ts";
import { countOrders } from "../store.ts";

/** Where the hold of an unpaid, a paid and a cancelled order may stand; a cancelled one's units were given back or restocked. */
const HOLDS = {
  pending_payment: ["held"],
  paid: ["held", "confirmed"],
  cancelled: ["held", "released", "expired", "confirmed"],
} as const;

/** Whether a flash sale's journal and D1 agree, have these orders, and each order's hold fits its state. */
export async function auditJournal(
  ctx: Ctx,
  name: string,
  orders: readonly { orderId: string; status: string }[],
): Promise<string[]> {
  const broken: string[] = [];
  const journal = ctx.env.JOURNAL.getByName(`${ctx.tenant.id}:${name}`);
  const written = await Promise.all(orders.map(async ({ orderId }) => journal.read(orderId)));
  for (const [i, { orderId, status }] of orders.entries()) {
    const order = written[i];
    if (!order) broken.push(`${orderId} is lost`);
    else if (!allowed(order.state).includes(status)) broken.push(`${orderId} is ${order.state}, its hold ${status}`);
  }
  await journal.flush();
  const [inJournal, inD1] = [await journal.count(), await countOrders(ctx.env, ctx.tenant.id, `ord_${name}`)];
  return inJournal === inD1 ? broken : [...broken, `journal ${name} has ${inJournal} orders, D1 has ${inD1}`];
}

const allowed = (state: string): readonly string[] =>
  state === "pending_payment" || state === "cancelled" ? HOLDS[state] : HOLDS.paid;
