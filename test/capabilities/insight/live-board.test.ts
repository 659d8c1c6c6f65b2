import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { type LiveBoard, WATCHERS_MAX } from "../../../durable-objects/live-board.ts";
import { api } from "../../support/api.ts";
import { eventually } from "../../support/settled.ts";
import { putOnSale } from "../../support/shopper.ts";

const HOUR = 3_600_000;
const ORIGIN = "http://demo.localhost";

beforeAll(() => putOnSale("WATCHED", 1_000));

async function openSale(waiting_room: object | null = null): Promise<string> {
  const at = (from: number) => new Date(Date.now() + from).toISOString();
  const made = await api("POST", "/flash-sales", {
    body: {
      sku: "WATCHED",
      sale_price: { amount: 999, currency: "USD" },
      quantity: 20,
      starts_at: at(-HOUR),
      ends_at: at(HOUR),
      waiting_room,
    },
  });
  expect(made.status, made.text).toBe(201);
  return made.body.id;
}

const upgrade = (sale: string, headers: Record<string, string> = {}): Promise<Response> =>
  exports.default.fetch(
    new Request(`${ORIGIN}/api/v1/flash-sales/${sale}/live`, { headers: { upgrade: "websocket", ...headers } }),
  );

/** A watcher and what it has heard so far. */
async function watch(sale: string) {
  const answer = await upgrade(sale, { origin: ORIGIN });
  expect(answer.status).toBe(101);
  const socket = answer.webSocket;
  if (!socket) throw new Error("no socket");
  const heard: string[] = [];
  const closed: number[] = [];
  socket.addEventListener("message", ({ data }) => heard.push(String(data)));
  socket.addEventListener("close", ({ code }) => closed.push(code));
  socket.accept();
  const last = () => JSON.parse(heard.findLast((it) => it.startsWith("{")) ?? "{}");
  return { socket, heard, closed, last };
}

describe("watching a sale", () => {
  it("answers once to a plain GET, which is the way when no socket can be opened", async () => {
    const sale = await openSale();
    const { body } = await api("GET", `/flash-sales/${sale}/live`, { key: null });
    expect(body).toMatchObject({ sale_id: sale, state: "live", remaining: 20, quantity: 20, serving: null });
  });

  it("tells at once, then after each change, and says goodbye when the sale is over", async () => {
    const sale = await openSale();
    const watcher = await watch(sale);
    await eventually(() => expect(watcher.last()).toMatchObject({ sale_id: sale, state: "live", remaining: 20 }));
    await api("POST", `/flash-sales/${sale}/cancel`);
    await eventually(() => expect(watcher.last().state).toBe("cancelled"));
    await eventually(() => expect(watcher.closed).toEqual([1_000]));
  });

  it("tells how far the waiting room is, one number for everybody in it", async () => {
    const sale = await openSale({ admit_per_second: 10 });
    const watcher = await watch(sale);
    await eventually(() => expect(watcher.last()).toMatchObject({ serving: 0, waiting: 0 }));
    await api("POST", `/flash-sales/${sale}/waiting-room/entries`, { body: { email: "ann@example.com" } });
    await eventually(() => expect(watcher.last()).toMatchObject({ serving: 1, waiting: 0 }));
    watcher.socket.close();
  });

  it("answers a ping without waking anybody, and takes no other message", async () => {
    const sale = await openSale();
    const watcher = await watch(sale);
    watcher.socket.send("ping");
    await eventually(() => expect(watcher.heard).toContain("pong"));
    watcher.socket.send(JSON.stringify({ remaining: 0 }));
    await eventually(() => expect(watcher.closed).toEqual([1_008]));
  });

  it("goes on after the board slept", async () => {
    const sale = await openSale();
    const watcher = await watch(sale);
    await eventually(() => expect(watcher.last().state).toBe("live"));
    await evictDurableObject(env.BOARD.getByName("demo"));
    await api("PATCH", `/flash-sales/${sale}`, { body: { quantity: 21 } });
    await eventually(() => expect(watcher.last().quantity).toBe(21));
    watcher.socket.close();
  });

  it("says nothing while nothing changes, and stops looking when nobody watches", async () => {
    const sale = await openSale();
    const board = env.BOARD.getByName("demo");
    const watcher = await watch(sale);
    // What was said stands in memory from the first look on; the greeting is not of it.
    await runDurableObjectAlarm(board);
    await eventually(() => expect(watcher.heard).toHaveLength(2));
    await runDurableObjectAlarm(board);
    await runDurableObjectAlarm(board);
    watcher.socket.send("ping");
    await eventually(() => expect(watcher.heard).toContain("pong"));
    expect(watcher.heard).toHaveLength(3);
    watcher.socket.close();
    await eventually(async () => {
      await runDurableObjectAlarm(board);
      expect(await runInDurableObject(board, (_, state) => state.storage.getAlarm())).toBeNull();
    });
  });

  it("is refused to other sites' pages, for sales that are not there, and beyond the board's places", async () => {
    const sale = await openSale();
    for (const origin of ["https://evil.example", "http://acme.localhost", "null"]) {
      const answer = await upgrade(sale, { origin });
      expect([answer.status, (await answer.json<{ code: string }>()).code]).toEqual([403, "cross_site_request"]);
    }
    expect((await upgrade("fls_00000000000000000000000000")).status).toBe(404);
    const watchers = () => ({ length: WATCHERS_MAX });
    await runInDurableObject(env.BOARD.getByName("demo"), (it: LiveBoard) => Object.assign(it, { watchers }));
    const answer = await upgrade(sale);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
  });
});
