import { beforeAll, describe, expect, it } from "vitest";
import { attack, operations } from "../support/attack.ts";
import { openStall, type Stall } from "../support/stall.ts";

/** Taking away what other samples need happens in another shop. */
const TAKES_AWAY = new Set([
  "deleteProduct",
  "deleteCollection",
  "deletePicture",
  "removeCartLine",
  "cancelOrder",
  "refundOrder",
  "cancelFlashSale",
  "revokeReservationLicence",
  "removeHost",
  "deleteCanaryRule",
  "deleteAccount",
]);

let demo: Stall;
let acme: Stall;
beforeAll(async () => {
  demo = await openStall("demo");
  acme = await openStall("acme");
});

/** Without this, an attack could be refused for something else than what is wrong with it. */
describe("the sample call that attacks start from", () => {
  it.each(operations.map((line) => [line.id, line] as const))("of %s is accepted as it is", async (id, line) => {
    const answer = await attack(line, TAKES_AWAY.has(id) ? acme : demo);
    // A notification is accepted with a signature only, which state-skips.test.ts makes.
    const expected = id === "paymentWebhook" ? 401 : line.answer.status;
    expect(answer.status, answer.text).toBe(expected);
  });
});
