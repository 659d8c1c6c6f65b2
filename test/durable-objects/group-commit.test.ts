import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { WAITING_COMMANDS_MAX } from "../../durable-objects/kit/group-commit.ts";
import { callObject } from "../../src/platform/objects.ts";
import { expectInvariantsHold } from "../support/settled.ts";
import { putOnSale } from "../support/shopper.ts";

const ASKED = WAITING_COMMANDS_MAX + 500;

describe("an object that more wait for than it takes", () => {
  it("turns new work away whole, as overload to its callers, and still settles what was begun", async () => {
    await putOnSale("CROWD", ASKED);
    const stub = env.STOCK.getByName("demo:CROWD");
    const command = { buyer: "ann", quantity: 1, ttlMs: 60_000 };
    const first = await stub.reserve({ ...command, key: "first" });
    const asked = Array.from({ length: ASKED }, (_, i) => stub.reserve({ ...command, key: `key-${i}` }));
    const settling = stub.settle("confirm", "seq" in first ? first.seq : 0);
    const answers = await Promise.all(asked);
    const refused = answers.filter((it) => it.outcome === "busy");
    expect(refused.length).toBeGreaterThan(0);
    expect(await settling).toMatchObject({ outcome: "settled" });
    expect(await stub.snapshot()).toMatchObject({ reserved: ASKED - refused.length, sold: 1 });
    const called = callObject(
      () => stub,
      async () => refused[0],
    );
    await expect(called).rejects.toMatchObject({ overloaded: true });
    await expectInvariantsHold();
  });
});
