import type { Ctx } from "../../../platform/context.ts";
import { holdStatus } from "../stock/actions.ts";
import { brokenOrder, type Order } from "./rules.ts";
import { countOrders, readOrders } from "./store.ts";

/** The newest orders are checked one by one; older ones were checked when they were new. */
const CHECKED = 200;

export async function ordersAddUp(ctx: Ctx): Promise<string[]> {
  const orders = await readOrders(ctx.env, ctx.tenant.id, { limit: CHECKED });
  return orders.flatMap((order) => brokenOrder(order).map((flaw) => `${order.id}: ${flaw}`));
}

/** After a journal has flushed, D1 holds exactly its orders at their newest version, each with all of its lines held or none. */
export async function journalsMatchD1(ctx: Ctx): Promise<string[]> {
  const broken: string[] = [];
  for (let shard = 0; shard < ctx.tenant.settings.orderShards; shard++) {
    const name = shard.toString(16).padStart(2, "0");
    const journal = ctx.env.JOURNAL.getByName(`${ctx.tenant.id}:${name}`);
    await journal.flush();
    const [inJournal, inD1] = [await journal.count(), await countOrders(ctx.env, ctx.tenant.id, `ord_${name}`)];
    if (inJournal !== inD1) broken.push(`journal ${name} has ${inJournal} orders, D1 has ${inD1}`);
  }
  const orders = await readOrders(ctx.env, ctx.tenant.id, { limit: CHECKED });
  const flaws = await Promise.all(orders.map((order) => flawsOf(ctx, order)));
  return [...broken, ...flaws.flat()];
}

async function flawsOf(ctx: Ctx, order: Order): Promise<string[]> {
  const journal = ctx.env.JOURNAL.getByName(`${ctx.tenant.id}:${order.id.slice(4, 6)}`);
  const written = await journal.read(order.id);
  const flaws: string[] = [];
  if (!written || written.version < order.version) flaws.push(`${order.id}: D1 is ahead of the journal`);
  const statuses = new Set(await Promise.all(order.lines.map((line) => holdStatus(ctx, line.reservation_id))));
  if (order.state === "pending_payment" && (statuses.size !== 1 || !statuses.has("held")))
    flaws.push(`${order.id}: unpaid, but its holds are ${[...statuses].join(", ")}`);
  return flaws;
}
