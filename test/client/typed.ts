import type { LiveSale, Order } from "../../src/client/compiled/operations.ts";
import { connect, each, orThrow } from "../../src/client/connect.ts";

/** Never run: `npm run check` fails where a wrong use compiles, or a right one does not. */
export async function typed(): Promise<void> {
  const souk = connect({ url: "https://lamps.example", apiKey: "sk_live_x" });
  const held = await souk.reserveStock({ sku: "LAMP", buyer: "b", quantity: 1 }, { key: "k" });
  if (held.ok) {
    const id: string | undefined = "id" in held.value ? held.value.id : undefined;
    console.log(id, held.call.receipt?.cost, held.call.limits[0]?.left);
    // @ts-expect-error a value has no problem
    console.log(held.problem);
  } else {
    const { code } = held.problem;
    if (code === "sold_out" || code === "rate_limited" || code === "no_answer") console.log(held.problem.detail);
    // @ts-expect-error reserveStock declares no such code
    if (code === "cart_checked_out") console.log();
    // @ts-expect-error a refusal has no value
    console.log(held.value);
  }
  // @ts-expect-error the quantity is missing
  await souk.reserveStock({ sku: "LAMP", buyer: "b" });
  // @ts-expect-error the quantity is a number
  await souk.reserveStock({ sku: "LAMP", buyer: "b", quantity: "1" });
  // @ts-expect-error there is no such field
  await souk.reserveStock({ sku: "LAMP", buyer: "b", quantity: 1, colour: "red" });
  // @ts-expect-error there is no such operation
  await souk.reserveStocks({});
  // @ts-expect-error an order's id is needed
  await souk.readOrder();
  await souk.listOrders();
  const orders: Order[] = orThrow(await souk.listOrders({ state: "paid", limit: 5 })).data;
  // @ts-expect-error orders have no such state
  await souk.listOrders({ state: "lost" });
  for await (const order of each(souk.listOrders, { state: "paid" })) orders.push(order);
  // @ts-expect-error a stock level is no list
  for await (const level of each(souk.readStock, { sku: "LAMP" })) console.log(level);
  const csv: string = orThrow(await souk.exportCatalog());
  const pdf: Blob = orThrow(await souk.readInvoicePdf({ id: "inv_1" }));
  const sale: LiveSale = orThrow(await souk.watchSale({ id: "sale_1" }));
  console.log(csv, pdf.size, sale);
}
