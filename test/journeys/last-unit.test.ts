import { describe, expect, it } from "vitest";
import { api } from "../support/api.ts";
import { eventually, expectInvariantsHold } from "../support/settled.ts";
import { checkOut, fillCart, putOnSale } from "../support/shopper.ts";

const BUYERS = 1_000;

describe("the last unit", () => {
  it(`goes to exactly one of ${BUYERS} who check out at once`, async () => {
    await putOnSale("ONE-1", 1);
    const carts: string[] = [];
    for (let i = 0; i < BUYERS; i += 100)
      carts.push(...(await Promise.all(Array.from({ length: 100 }, () => fillCart({ "ONE-1": 1 })))));
    const answers = await Promise.all(carts.map((cart, i) => checkOut(cart, { email: `buyer${i}@example.com` })));
    expect(answers.filter((it) => it.status === 201)).toHaveLength(1);
    expect(answers.filter((it) => it.status === 409 && it.body.code === "sold_out")).toHaveLength(BUYERS - 1);
    expect((await api("GET", "/stock/ONE-1")).body).toMatchObject({ on_hand: 1, reserved: 1, available: 0 });
    await expectInvariantsHold();
    await eventually(async () => expect((await api("GET", "/orders?limit=100")).body.data).toHaveLength(1));
  });
});
