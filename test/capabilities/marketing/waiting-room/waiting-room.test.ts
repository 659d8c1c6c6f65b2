import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { WaitingRoom } from "../../../../durable-objects/waiting-room.ts";
import { drawOrder } from "../../../../src/capabilities/marketing/waiting-room/rules/draw.ts";
import { sha256Hex } from "../../../../src/platform/signatures.ts";
import { type Answer, api } from "../../../support/api.ts";
import { eventually } from "../../../support/settled.ts";
import { putOnSale } from "../../../support/shopper.ts";

const HOUR = 3_600_000;
const iso = (from: number) => new Date(Date.now() + from).toISOString();

beforeAll(() => putOnSale("QUEUED", 1_000));

/** A sale with a waiting room that starts `from` milliseconds from now. */
async function openSale(from: number, waiting_room: object | null = { admit_per_second: 10 }): Promise<string> {
  const made = await api("POST", "/flash-sales", {
    body: {
      sku: "QUEUED",
      sale_price: { amount: 999, currency: "USD" },
      quantity: 20,
      starts_at: iso(from),
      ends_at: iso(10 * HOUR),
      waiting_room,
    },
  });
  expect(made.status, made.text).toBe(201);
  return made.body.id;
}

const room = (sale: string, path = "") => `/flash-sales/${sale}/waiting-room${path}`;
const enter = (sale: string, email: string, key?: string): Promise<Answer> =>
  api("POST", room(sale, "/entries"), {
    key: null,
    body: { email },
    headers: key === undefined ? {} : { "idempotency-key": key },
  });
const look = (sale: string, { entry, token }: { entry: { id: string }; token: string }) =>
  api("GET", room(sale, `/entries/${entry.id}?token=${token}`), { key: null });
/** Stops the room's clock so far ahead; what the sale says of itself stays with the real time. */
const setClock = (sale: string, ahead: number) =>
  runInDurableObject(env.WAITING_ROOM.getByName(`demo:${sale}`), (it: WaitingRoom) => {
    const at = Date.now() + ahead;
    Object.assign(it, { now: () => at });
  });

describe("lining up", () => {
  it("gives one place to one buyer, and its token to nobody else", async () => {
    const sale = await openSale(HOUR);
    const first = await enter(sale, "Ann@Example.com", "first");
    expect(first.body).toMatchObject({ entry: { state: "waiting", place: null, ahead: null, pass: null } });
    const again = await enter(sale, "ann+again@example.com");
    expect(again.body.entry.id).toBe(first.body.entry.id);
    expect(again.body.token).toBeNull();
    const repeated = await enter(sale, "Ann@Example.com", "first");
    expect([repeated.body.entry.id, repeated.body.token]).toEqual([first.body.entry.id, first.body.token]);
    expect((await enter(sale, "bob@example.com", "first")).body.code).toBe("key_reused");
    expect((await look(sale, first.body)).body.id).toBe(first.body.entry.id);
  });

  it("is read with its own token only", async () => {
    const sale = await openSale(HOUR);
    const [ann, bob] = [(await enter(sale, "a@example.com")).body, (await enter(sale, "b@example.com")).body];
    for (const token of [bob.token, "", "x".repeat(32)])
      expect((await look(sale, { ...ann, token })).body.code).toBe("unknown_entry");
    const other = await openSale(HOUR);
    expect((await look(other, ann)).body.code).toBe("unknown_entry");
  });

  it("needs a sale that has a room and is not over", async () => {
    const plain = await openSale(-HOUR, null);
    expect((await enter(plain, "a@example.com")).body.code).toBe("no_waiting_room");
    expect((await api("GET", room(plain))).body.code).toBe("no_waiting_room");
    expect((await enter("fls_00000000000000000000000000", "a@example.com")).body.code).toBe("unknown_sale");
    const over = await openSale(-HOUR);
    await api("POST", `/flash-sales/${over}/cancel`);
    expect((await enter(over, "a@example.com")).body.code).toBe("ended");
  });
});

describe("the draw", () => {
  it("is committed to before anybody enters and revealed at the start, for everybody to make again", async () => {
    const sale = await openSale(HOUR);
    const before = (await api("GET", room(sale), { key: null })).body;
    expect(before).toMatchObject({ draw_seed: null, entered: 0, admit_per_second: 10, burst: 10, pass_seconds: 300 });
    const entered = await Promise.all(Array.from({ length: 30 }, (_, i) => enter(sale, `early${i}@example.com`)));
    expect((await api("GET", room(sale, "/draw"))).body).toEqual({ data: [], next_cursor: null });
    await setClock(sale, HOUR + 1_000);
    const after = (await api("GET", room(sale), { key: null })).body;
    expect(after).toMatchObject({ draw_commitment: before.draw_commitment, drawn: 30, waiting: 30 - after.serving });
    expect(after.serving).toBeGreaterThanOrEqual(20);
    expect(sha256Hex(after.draw_seed)).toBe(before.draw_commitment);
    const first = (await api("GET", room(sale, "/draw?limit=20"), { key: null })).body;
    const rest = (await api("GET", room(sale, `/draw?limit=20&cursor=${first.next_cursor}`), { key: null })).body;
    const ids = entered.map((it) => it.body.entry.id);
    expect([...first.data, ...rest.data]).toEqual(drawOrder(after.draw_seed, ids));
    expect(rest.next_cursor).toBeNull();
  });
});

describe("an entrant", () => {
  it("is told where they stand, then given a pass, the same one however often they ask", async () => {
    const sale = await openSale(-1_000, { admit_per_second: 2, burst: 1 });
    await setClock(sale, 0);
    const queue = await Promise.all(Array.from({ length: 7 }, (_, i) => enter(sale, `q${i}@example.com`)));
    const last = queue.map((it) => it.body).toSorted((a, b) => b.entry.place - a.entry.place)[0];
    expect(last.entry).toMatchObject({ state: "waiting", pass: null });
    expect(last.entry.ahead).toBeGreaterThanOrEqual(4);
    expect(last.entry.estimated_wait_seconds).toBeGreaterThanOrEqual(2);
    expect(last.entry.poll_after_seconds).toBeGreaterThanOrEqual(1);
    await setClock(sale, 60_000);
    const admitted = (await look(sale, last)).body;
    expect(admitted).toMatchObject({ state: "admitted", ahead: 0, estimated_wait_seconds: 0 });
    expect(admitted.pass).toMatch(/^[\w-]+\.[\w-]{32}$/);
    expect((await look(sale, last)).body.pass).toBe(admitted.pass);
    await setClock(sale, HOUR);
    expect((await look(sale, last)).body).toMatchObject({ state: "expired", pass: null, pass_expires_at: null });
    const email = `q${queue.findIndex((it) => it.body.entry.id === last.entry.id)}@example.com`;
    expect((await enter(sale, email)).body).toMatchObject({ entry: { id: last.entry.id }, token: null });
    expect((await look(sale, last)).body).toMatchObject({ state: "admitted" });
    expect((await look(sale, last)).body.pass).not.toBe(admitted.pass);
  });
});

describe("a pass", () => {
  const join = (sale: string, email: string, pass?: string) =>
    api("POST", `/flash-sales/${sale}/participations`, { key: null, body: { email, pass } });
  const admitted = async (sale: string, email: string) => {
    const entered = (await enter(sale, email)).body;
    return { ...entered, pass: (await look(sale, entered)).body.pass as string };
  };

  it("lets its buyer in once; without one, or with another's, forged or used, nobody gets in", async () => {
    const [sale, other] = [await openSale(-1_000), await openSale(-1_000)];
    const [ann, bob] = [await admitted(sale, "ann@example.com"), await admitted(sale, "bob@example.com")];
    const elsewhere = await admitted(other, "ann@example.com");
    const [text, signature] = ann.pass.split(".");
    const codes = async (...tries: [string, string | undefined][]) =>
      Promise.all(tries.map(async ([email, pass]) => (await join(sale, email, pass)).body.code));
    expect(
      await codes(
        ["ann@example.com", undefined],
        ["ann@example.com", bob.pass],
        ["cid@example.com", ann.pass],
        ["ann@example.com", elsewhere.pass],
        ["ann@example.com", `${text}.${"x".repeat(32)}`],
        ["ann@example.com", `${bob.pass.split(".")[0]}.${signature}`],
        ["ann@example.com", "pass"],
      ),
    ).toEqual([
      "pass_required",
      "pass_foreign",
      "pass_foreign",
      "pass_foreign",
      "pass_invalid",
      "pass_invalid",
      "pass_invalid",
    ]);
    const tries = await Promise.all(Array.from({ length: 20 }, () => join(sale, "ann@example.com", ann.pass)));
    expect(tries.filter((it) => it.status === 201)).toHaveLength(1);
    expect(new Set(tries.map((it) => it.body.code))).toEqual(new Set([undefined, "pass_used"]));
  });

  it("that was taken frees its room for the next at once; one that ran out is refused by name", async () => {
    const sale = await openSale(-1_000, { admit_per_second: 100, live_passes_max: 1, pass_seconds: 600 });
    const ann = await admitted(sale, "ann@example.com");
    const bob = (await enter(sale, "bob@example.com")).body;
    expect(bob.entry).toMatchObject({ state: "waiting", ahead: 0 });
    expect((await join(sale, "ann@example.com", ann.pass)).status).toBe(201);
    await eventually(async () => expect((await look(sale, bob)).body.state).toBe("admitted"));
    expect((await look(sale, ann)).body).toMatchObject({ state: "used", pass: null });

    const late = await openSale(-2 * HOUR);
    await setClock(late, -HOUR);
    const cid = await admitted(late, "cid@example.com");
    expect((await join(late, "cid@example.com", cid.pass)).body.code).toBe("pass_expired");
  });
});
