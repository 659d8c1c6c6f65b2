import { abortAllDurableObjects } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { type Answer, api } from "../support/api.ts";
import { attack, operations, sampleOf } from "../support/attack.ts";
import { openStall, type Stall } from "../support/stall.ts";
import { storedState } from "../support/stored-state.ts";

/** T10: one key, one effect, whoever sends it how often. Short of it are only answers 409 that say: your twin is in flight. */
const TWINS = 100;

let stall: Stall;
beforeAll(async () => {
  stall = await openStall("demo");
});

/** Another good body for each operation that takes a key: the same key with it is somebody's mistake. */
const OTHER: Record<string, Record<string, unknown>> = {
  setStock: { on_hand: 999 },
  adjustStock: { delta: 2 },
  pingStock: { quantity: 2 },
  reserveStock: { quantity: 2 },
  extendReservation: { ttl_seconds: 61 },
  placeOrder: { email: "bob@example.com" },
  createFlashSale: { title: "Other" },
  editFlashSale: { title: "Other" },
  participate: { quantity: 2 },
  enterWaitingRoom: { email: "bob@example.com" },
};
/** A file is streamed: its keys are tried in imports-key.test.ts. */
const keyed = operations.filter((line) => line.key && !line.upload);
const lines = keyed.filter((line) => "key_reused" in line.refusals).map((line) => [line.id, line] as const);
type Line = (typeof operations)[number];

/** Samples say when things start and who buys: each is made once, so that a twin is a twin. */
const bodies = new Map<string, unknown>();
function bodyOf(line: Line): object {
  if (!bodies.has(line.id)) bodies.set(line.id, sampleOf(line, stall).body);
  return Object(bodies.get(line.id));
}

const send = (line: Line, key: string, body: object = bodyOf(line)): Promise<Answer> =>
  attack(line, stall, { body: { ...body }, headers: { "idempotency-key": key } });
const isGood = ({ status }: Answer): boolean => status < 300;
/** What may differ from the first answer: a retry says that it is one, clocks go on, and the line before a buyer gets shorter. */
const MOVES = /^(outcome|server_time|seconds_left|pass.*|ahead|estimated_wait_seconds|poll_after_seconds)$/;
const effectOf = ({ body }: Answer): unknown =>
  JSON.parse(
    JSON.stringify(body, (name, value) =>
      MOVES.test(name) || value === "waiting" || value === "admitted" ? undefined : value,
    ),
  );

describe("a key", () => {
  it("is taken by the operations that say what a second body with it is", () => {
    expect(keyed.map((line) => line.id).filter((id) => !(id in OTHER))).toEqual([]);
    expect(lines.length).toBeGreaterThan(6);
  });

  it.each(lines)("has one effect when %s is sent a hundred times at once, and none later", async (id, line) => {
    const answers = await Promise.all(Array.from({ length: TWINS }, () => send(line, `twins-${id}`)));
    const good = answers.filter(isGood);
    expect(good.length, answers[0]?.text).toBeGreaterThan(0);
    for (const answer of answers) if (!isGood(answer)) expect(answer.status, answer.text).toBe(409);
    expect(new Set(good.map((it) => JSON.stringify(effectOf(it)))).size).toBe(1);
    const after = await held();
    const again = await Promise.all(Array.from({ length: 5 }, () => send(line, `twins-${id}`)));
    for (const answer of again) expect(effectOf(answer), answer.text).toEqual(effectOf(good[0] ?? answer));
    expect(await held()).toEqual(after);
  });

  it.each(lines)("with another body is refused by %s", async (id, line) => {
    const body = { ...bodyOf(line), ...OTHER[id] };
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(line, `twins-${id}`, body)));
    expect(answers.map((it) => [it.status, it.body.code])).toEqual(answers.map(() => [422, "key_reused"]));
  });

  it.each(lines)("is remembered by %s when every object was thrown out of memory", async (id, line) => {
    const before = await send(line, `twins-${id}`);
    await abortAllDurableObjects();
    const after = await send(line, `twins-${id}`);
    expect([after.status, effectOf(after)]).toEqual([before.status, effectOf(before)]);
  });
});

describe("a request that is not valid", () => {
  it.each(lines)("leaves its key to the next one with %s", async (id, line) => {
    const key = `invalid-${id}`;
    const refused = await send(line, key, { ...bodyOf(line), no_such_field: 1 });
    expect([refused.status, refused.body.code]).toEqual([422, "invalid_request"]);
    const next = await send(line, key);
    expect(next.body.code, next.text).not.toBe("key_reused");
  });
});

/** What the shop's objects hold; how far D1 has followed is not theirs to say. */
async function held(): Promise<unknown> {
  const state = Object.entries(await storedState([stall])).filter(([name]) => name.startsWith("demo "));
  return JSON.parse(JSON.stringify(state, (name, value) => (name === "mirrored" ? undefined : value)));
}

it("is one for all its shop, and another in another shop", async () => {
  const acme = await openStall("acme");
  const line = lines.find(([id]) => id === "adjustStock")?.[1];
  if (!line) throw new Error("adjustStock takes no key any more");
  const { on_hand } = (await api("GET", `/stock/${acme.sku}`, { shop: "acme" })).body;
  const answer = await attack(line, acme, { headers: { "idempotency-key": "twins-adjustStock" } });
  expect([answer.status, answer.body.on_hand]).toEqual([201, on_hand + 1]);
});
