import { describe, expect, it } from "vitest";
import { page } from "../../../support/api.ts";
import { checkOut, fillCart, play, putOnSale } from "../../../support/shopper.ts";

describe("the sandbox's payment page", () => {
  it("opens with the order's token only: a payment id can be guessed from an order id", async () => {
    await putOnSale("PAGE-1", 3);
    const { body } = await checkOut(await fillCart({ "PAGE-1": 1 }));
    expect((await page("GET", body.payment.redirect_url)).status).toBe(200);
    const path = `/pay/sandbox/${body.payment.id}`;
    for (const address of [path, `${path}?token=`, `${path}?token=${"x".repeat(32)}`]) {
      const answer = await page("GET", address);
      expect(answer.status, address).toBe(404);
      expect(answer.text).not.toContain("ann@example.com");
    }
  });

  it("is not given away by the call that plays the shopper", async () => {
    await putOnSale("PAGE-2", 3);
    const { body } = await checkOut(await fillCart({ "PAGE-2": 1 }));
    const played = await play(body.payment.id, "never_answers");
    expect([played.body.state, played.body.redirect_url]).toEqual(["open", null]);
    expect(played.text).not.toContain(body.order_token);
  });
});
