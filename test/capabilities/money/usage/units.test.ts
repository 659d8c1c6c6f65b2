import { describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";
import { MONTH_NAME } from "../../../support/calendar.ts";
import { join, openSale, orderAtOnce, orderHeld } from "../../../support/flash-sale.ts";
import { openHook, openReceiver } from "../../../support/receiver.ts";
import { eventually } from "../../../support/settled.ts";
import { checkOut, fillCart, putOnSale } from "../../../support/shopper.ts";

type Row = { meter: string; operation: string; units: number; calls: number; cost_micros: number };

/** What the shop itself pays for of a meter, by what set it going. */
async function unitsOf(meter: string): Promise<Record<string, number>> {
  const { body } = await api("GET", "/usage?client=shop&limit=500");
  const rows = body.data.filter((it: Row) => it.meter === meter);
  return Object.fromEntries(rows.map((it: Row) => [it.operation, it.units]));
}

const booked = (meter: string, units: Record<string, number>) =>
  eventually(async () => expect(await unitsOf(meter)).toEqual(units));

describe("units beyond calls", () => {
  it("are an order placed, a participation won and a webhook delivered, each once however often it is asked for", async () => {
    const receiver = openReceiver();
    await openHook(receiver.url, ["collection.changed"]);
    await putOnSale("UNIT-1", 10);
    const cart = await fillCart({ "UNIT-1": 1 });
    for (let i = 0; i < 3; i++) expect((await checkOut(cart, { key: "unit" })).status).toBe(201);
    await booked("orders_placed", { placeOrder: 1 });

    const sale = await openSale("UNIT-2", { quantity: 2 });
    for (let i = 0; i < 2; i++)
      expect((await join(sale.id, "a@example.com", { key: "a", body: orderAtOnce })).status).toBe(201);
    const held = await join(sale.id, "b@example.com", { key: "b" });
    expect((await join(sale.id, "c@example.com", { key: "c" })).status).toBe(409);
    for (let i = 0; i < 2; i++) expect((await orderHeld(sale.id, held.body.id)).status).toBe(201);
    await booked("flash_participations", { participate: 2 });
    await booked("orders_placed", { placeOrder: 1, participate: 1, orderParticipation: 1 });

    await api("POST", "/collections", { body: { handle: "units", title: "Units", product_handles: [] } });
    await booked("webhook_deliveries", { sendWebhook: 1 });
    const { body } = await api("GET", `/invoices/inv_${MONTH_NAME}_shop_0`);
    expect(body.lines.map((it: Row) => [it.meter, it.units, it.cost_micros])).toEqual([
      ["flash_participations", 2, 4_000],
      ["orders_placed", 3, 3_000],
      ["webhook_deliveries", 1, 50],
    ]);
  });
});
