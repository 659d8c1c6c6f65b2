import { describe, expect, it } from "vitest";
import { page } from "../support/api.ts";
import { attack, operations, sampleOf, unrefused } from "../support/attack.ts";
import { home } from "../support/shopper.ts";
import { openWatchedStall } from "../support/stored-state.ts";
import { fieldsOf, withAt } from "../support/zod-fields.ts";

const stall = openWatchedStall("demo");

/** Test numbers that the card schemes publish. */
const CARDS = [
  ["Visa", "4111111111111111"],
  ["Mastercard", "5555555555554444"],
  ["Mastercard of the 2 series", "2223003122003222"],
  ["American Express", "378282246310005"],
  ["Discover", "6011111111111117"],
  ["JCB", "3530111333300000"],
  ["UnionPay", "6240008631401148"],
  ["grouped", "4111 1111 1111 1111"],
  ["dashed", "4111-1111-1111-1111"],
  ["in a sentence", "my card is 4111111111111111, thanks"],
] as const;

describe("a card number", () => {
  const texts = operations.flatMap((line) => {
    const { body } = line.body ? { body: line.body } : {};
    return body ? [[line.id, line, body] as const] : [];
  });

  it.each(texts)("is refused in every text of %s, and never repeated", async (_, line, shape) => {
    const { body } = sampleOf(line, stall());
    const places = fieldsOf(shape, body).filter((it) => it.kind === "string" || it.kind === "number");
    const json = { "content-type": "application/json" };
    const attacks = places.flatMap(({ path, kind }) => {
      const values = kind === "number" ? [4_111_111_111_111_111] : CARDS.map(([, number]) => number);
      return values.map((value) => ({
        name: `${path.join(".")} = ${value}`,
        expected: ["card_data_refused"],
        send: () => attack(line, stall(), { raw: JSON.stringify(withAt(body, path, value)), headers: json }),
      }));
    });
    const inside = (more: string) => `${JSON.stringify(body).slice(0, -1)},${more}}`;
    const hidden = [
      '"cvv":"123"',
      '"cvc" : 123',
      '"card_security_code":1',
      '"note":"\\u0034111111111111111"',
      '"4111111111111111":1',
      '"card":{"number":["4111111111111111"]}',
    ];
    const flaws = await unrefused([
      ...attacks,
      ...hidden.map((more) => ({
        name: more,
        expected: ["card_data_refused"],
        send: () => attack(line, stall(), { raw: inside(more), headers: json }),
      })),
    ]);
    expect(flaws).toEqual([]);
    for (const it of attacks.slice(0, 5)) expect((await it.send()).text).not.toContain("1111111");
  });

  it.each(["name", "line1", "line2", "city", "region", "phone", "email", "anything"])(
    "is refused in the checkout form's field %s, however it is written, and not kept",
    async (field) => {
      const { cartId } = stall();
      const form = { ...home, email: "ann@example.com", cart_id: cartId, expected_total: "3998", key: "12345678" };
      const own = { origin: "http://demo.localhost", "content-type": "application/x-www-form-urlencoded" };
      const spellings = [
        "4111111111111111",
        "4111+1111+1111+1111",
        "4111-1111-1111-1111",
        "%34111111111111111",
        "4111%201111%2D1111+1111",
      ];
      for (const spelling of spellings) {
        const rest = new URLSearchParams(Object.entries(form).filter(([name]) => name !== field));
        const raw = `${rest}&${field}=${spelling}${field === "email" ? "%40example.com" : ""}`;
        const headers = { ...own, cookie: `cart=${cartId}`, "content-length": String(raw.length) };
        const answer = await page("POST", "/checkout", { raw, headers });
        expect([spelling, answer.status, answer.body?.code]).toEqual([spelling, 400, "card_data_refused"]);
      }
    },
  );
});
