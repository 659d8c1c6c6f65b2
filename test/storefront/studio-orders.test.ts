import { describe, expect, it } from "vitest";
import { page } from "../support/api.ts";
import { checkOut, fillCart, putOnSale } from "../support/shopper.ts";
import { signInAs } from "../support/staff.ts";

describe("the studio's orders", () => {
  it("list what was ordered to who may read orders, by state, and lead to the order's page", async () => {
    await putOnSale("STUDIO-ORDERS-1", 5);
    const cart = await fillCart({ "STUDIO-ORDERS-1": 1 });
    const { body } = await checkOut(cart);
    const { cookie } = await signInAs("demo", "auditor");
    const read = (path: string, headers: Record<string, string> = { cookie }) => page("GET", path, { headers });
    await expect.poll(async () => (await read("/studio/orders")).text).toContain(`/orders/${body.order.id}"`);
    expect((await read(`/studio/orders?state=pending_payment`)).text).toContain(`/orders/${body.order.id}"`);
    expect((await read(`/studio/orders?state=delivered`)).text).not.toContain(`/orders/${body.order.id}"`);
    expect((await read(`/studio/orders/${body.order.id}`)).text).toContain(body.order.number);
    expect((await read("/studio/orders/ord_none")).status).toBe(303);
    expect((await read("/studio/orders?cursor=made-up")).status).toBe(303);
    expect((await read("/studio/orders", {})).headers.get("location")).toMatch(/^\/studio\/sign-in/);
    const abroad = (await signInAs("acme", "auditor")).cookie;
    const foreign = await page("GET", `/studio/orders/${body.order.id}`, { shop: "acme", headers: { cookie: abroad } });
    expect([foreign.status, foreign.headers.get("location")]).toEqual([303, "/studio/orders"]);
  });
});
