import type { Order } from "../../../src/capabilities/selling/orders/rules.ts";
import type { World } from "./world.ts";

/** What must be the same however a story went: orders and money by buyer, units on the shelf, and that nothing waits anywhere. */
export function endState(world: World, skus: readonly string[]): string[] {
  const lines: string[] = [];
  for (const { database } of world.hosts.ofKind("JOURNAL")) {
    for (const row of database.all("SELECT doc, version, flushed FROM orders")) {
      const order = JSON.parse(String(row["doc"])) as Order;
      lines.push(`order ${storyOf(order)}${row["version"] === row["flushed"] ? "" : " unflushed"}`);
    }
    const [events] = database.all("SELECT count(*) AS n FROM events");
    lines.push(`events ${events?.["n"]}`);
  }
  for (const row of world.d1.all("SELECT doc FROM orders"))
    lines.push(`d1 ${storyOf(JSON.parse(String(row["doc"])) as Order)}`);
  lines.push(`outbox ${world.d1.all("SELECT count(*) AS n FROM outbox")[0]?.["n"]}`);
  for (const { database } of world.hosts.ofKind("SANDBOX"))
    for (const row of database.all("SELECT amount, captured, refunded FROM charges"))
      lines.push(`charge ${Object.values(row).join(" ")}`);
  for (const sku of skus) lines.push(`stock ${sku} ${unitsOf(world, sku)}`);
  return lines.toSorted();
}

const storyOf = ({ email, state, total, lines, payments }: Order): string =>
  [
    email,
    state,
    total.amount,
    ...lines.map((it) => `${it.quantity}x${it.sku}`),
    // A repeated request may have opened one payment more; unused and closed it is of no consequence, nor which of two is kept.
    ...payments
      .filter((it) => it.state !== "cancelled")
      .map((it) => `${it.state}:${it.captured.amount}:${it.refunded.amount}`)
      .toSorted(),
  ].join(" ");

function unitsOf(world: World, sku: string): string {
  let [onHand, reserved, pieces] = [0, 0, 0];
  for (const { name, database } of world.hosts.ofKind("STOCK")) {
    if (name !== `demo:${sku}` && !name.startsWith(`demo:${sku}/`)) continue;
    const [row] = database.all("SELECT on_hand, reserved FROM counter");
    onHand += Number(row?.["on_hand"] ?? 0);
    reserved += Number(row?.["reserved"] ?? 0);
    pieces += Number(row?.["on_hand"] ?? 0) > 0 ? 1 : 0;
  }
  return `${onHand} on hand, ${reserved} held, in ${pieces} pieces`;
}
