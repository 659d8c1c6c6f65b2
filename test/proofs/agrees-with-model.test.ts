import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, it } from "vitest";
import type { OrderJournal } from "../../durable-objects/order-journal.ts";
import type { StockCounter } from "../../durable-objects/stock-counter.ts";
import { brokenOrder } from "../../src/capabilities/selling/orders/rules.ts";
import type { SoukEvent } from "../../src/platform/events.ts";
import { onlyWanted } from "../../src/platform/wanted-events.ts";
import { Dice } from "./kit/dice.ts";
import { draftOrder, draftPayment } from "./kit/draft-order.ts";
import { conclude, seedsOf, type Violation } from "./kit/proof.ts";
import { OrderModel, type OrderStep } from "./model/order-model.ts";
import { StockModel, type StockStep } from "./model/stock-model.ts";

const SEEDS = 20;
const SEEDS_LONG = 200;
const STOCK_STEPS = 35_000;
const ORDER_STEPS = 15_000;
/** Steps that reach the object in one event-loop turn, at most: few, as usual, or a crowd. */
const TURNS_MAX = [4, 100, 600] as const;
/** The object is killed and loads itself anew this often. */
const LIVES = 5;

/** The counter's or the journal's answers to one turn beside the model's, where they first differ. */
function difference(turn: number, steps: readonly unknown[], got: readonly string[], expected: readonly string[]) {
  const i = got.findIndex((line, n) => line !== expected[n]);
  if (i < 0) return undefined;
  return `turn ${turn}, step ${i} ${JSON.stringify(steps[i])}: answered "${got[i]}", the model says "${expected[i]}"`;
}

describe("T5: the real objects and a plain model", () => {
  it("agree on a million random operations", async () => {
    const seeds = seedsOf(SEEDS, SEEDS_LONG);
    const violations: Violation[] = [];
    const times: number[] = [];
    for (const seed of seeds) {
      const started = Date.now();
      for (const prove of [proveStock, proveOrders]) {
        const what = await prove(seed);
        if (what !== undefined) violations.push({ seed, what });
      }
      times.push(Date.now() - started);
    }
    const n = seeds.length * (STOCK_STEPS + ORDER_STEPS);
    conclude({ goal: "T5", unit: "operation", n, seeds, violations, times });
  }, 1_800_000);
});

async function proveStock(seed: number): Promise<string | undefined> {
  const dice = new Dice(seed);
  const model = new StockModel();
  let now = Date.now();
  for (let life = 0; life < LIVES; life++) {
    const stub = env.STOCK.getByName(`demo:MODEL-${seed}`);
    const flaw = await runInDurableObject(stub, async (counter: StockCounter) => {
      Object.assign(counter, { now: () => now });
      for (let done = 0, turn = 0; done < STOCK_STEPS / LIVES; turn++) {
        now += dice.chance(0.3) ? dice.below(60_000) : 0;
        model.expire(now);
        const size = 1 + dice.below(dice.pick(TURNS_MAX));
        const steps: StockStep[] = [];
        const expected: string[] = [];
        for (let i = 0; i < size; i++) {
          const step = model.randomStep(dice, `${life}-${turn}-${i}`);
          steps.push(step);
          expected.push(model.answer(step, now));
        }
        const got = (await Promise.all(steps.map((step) => askCounter(counter, step)))).map(stockLine);
        const flaw = difference(turn, steps, got, expected) ?? (await levelFlaw(counter, model));
        if (flaw) return `life ${life}, ${flaw}`;
        done += size;
      }
      return auditFlaw(counter, model);
    });
    if (flaw) return flaw;
    await abortAllDurableObjects();
  }
  return undefined;
}

const askCounter = (counter: StockCounter, step: StockStep) => {
  if (step.kind === "reserve") return counter.reserve(step);
  if (step.kind === "confirm" || step.kind === "release") return counter.settle(step.kind, step.seq);
  return counter.change(step);
};

type StockAnswer = Awaited<ReturnType<typeof askCounter>>;

function stockLine(answer: StockAnswer): string {
  if ("level" in answer) return `changed ${levelLine(answer.level)}`;
  if ("hold" in answer) return `settled ${answer.hold.status}`;
  if ("seq" in answer) return `${answer.outcome} ${answer.seq} ${answer.status}`;
  if ("available" in answer) return `${answer.outcome} ${answer.available}`;
  return "status" in answer ? `refused ${answer.status}` : answer.outcome;
}

const levelLine = (level: { onHand: number; reserved: number; sold: number }): string =>
  `on hand ${level.onHand} reserved ${level.reserved} sold ${level.sold}`;

async function levelFlaw(counter: StockCounter, model: StockModel): Promise<string | undefined> {
  const level = await counter.snapshot();
  const line = level ? levelLine(level) : "nothing";
  return level && line !== model.line ? `the counter has ${line}, the model ${model.line}` : undefined;
}

async function auditFlaw(counter: StockCounter, model: StockModel): Promise<string | undefined> {
  const audit = await counter.audit();
  const line = audit && `on hand ${audit.moved} reserved ${audit.held} sold ${audit.confirmed}`;
  return line === model.line ? undefined : `storage sums to ${line}, the model has ${model.line}`;
}

async function proveOrders(seed: number): Promise<string | undefined> {
  const dice = new Dice(seed + 1_000_000);
  const model = new OrderModel();
  const told: string[] = [];
  let now = Date.now();
  const outside = { ...env, DB: calmDatabase, EVENTS: { sendBatch: (list: Message[]) => collect(told, list) } };
  for (let life = 0; life < LIVES; life++) {
    const stub = env.JOURNAL.getByName(`model-${seed}:00`);
    const flaw = await runInDurableObject(stub, async (journal: OrderJournal) => {
      Object.assign(journal, { now: () => now, env: outside });
      for (let done = 0, turn = 0; done < ORDER_STEPS / LIVES; turn++) {
        if (dice.chance(0.2)) {
          now += dice.below(900_000);
          model.expire(now);
          await journal.alarm();
        }
        const size = 1 + dice.below(dice.pick(TURNS_MAX));
        const steps: OrderStep[] = [];
        const expected: string[] = [];
        for (let i = 0; i < size; i++) {
          const step = model.randomStep(dice, orderId(life, turn, i), now);
          steps.push(step);
          expected.push(model.answer(step));
        }
        const got = (await Promise.all(steps.map((step) => askJournal(journal, step, now)))).map(orderLine);
        const flaw = difference(turn, steps, got, expected);
        if (flaw) return `life ${life}, ${flaw}`;
        done += size;
      }
      await journal.flush();
      return finalFlaw(journal, model);
    });
    if (flaw) return flaw;
    await abortAllDurableObjects();
  }
  const happened = model.told.map((line) => ({ line, type: line.split(" ", 1)[0] ?? "" }));
  const expected = (await onlyWanted(env, `model-${seed}`, happened)).map((it) => it.line);
  return difference(0, expected, told, expected);
}

type Message = { body: SoukEvent };

/** A D1 that takes everything at once: this proof is about the journal. */
const calmDatabase = {
  prepare: () => ({ bind: () => ({ raw: () => Promise.resolve([]) }) }),
  batch: () => Promise.resolve([]),
};

async function collect(told: string[], messages: readonly Message[]): Promise<void> {
  for (const { body } of messages) {
    const { order_id, payment_id, amount } = body.payload as {
      order_id: string;
      payment_id?: string;
      amount?: { amount: number };
    };
    told.push([body.type, order_id, ...(payment_id ? [payment_id, amount?.amount] : [])].join(" "));
  }
}

/** `ord_`, the shard, and 26 characters. */
const orderId = (life: number, turn: number, i: number): string => `ord_00${`${life}x${turn}x${i}`.padStart(26, "0")}`;

const askJournal = (journal: OrderJournal, step: OrderStep, now: number) => {
  switch (step.kind) {
    case "place":
      return journal.place({
        key: step.key,
        fingerprint: step.fingerprint,
        order: draftOrder(step.id, step.total, now, step.payBefore),
      });
    case "fence":
      return journal.fence(step.id);
    case "cancel":
      return journal.edit({ kind: "cancel", orderId: step.id, reason: "changed mind" });
    case "refund":
      return journal.edit({ kind: "refund", orderId: step.id, note: "by staff" });
    case "move":
      return journal.edit({ kind: "move", orderId: step.id, to: step.to, note: "by staff" });
    case "report":
      return journal.edit({ kind: "report", orderId: step.id, report: step.report });
    case "refunded":
      return journal.edit({ kind: "refunded", orderId: step.id, paymentId: step.paymentId });
    case "attempt":
      return journal.edit({ kind: "attempt", orderId: step.id, payment: draftPayment(step.paymentId, step.total) });
  }
};

type JournalAnswer = Awaited<ReturnType<typeof askJournal>>;

function orderLine(answer: JournalAnswer): string {
  if ("number" in answer) return `placed ${Number(answer.number.split("-")[1])}`;
  if (answer.outcome === "replayed") return `replayed ${answer.order.id}`;
  if ("order" in answer) {
    const { id, state, payments } = answer.order;
    const list = payments.map((it) => `${it.state}:${it.captured.amount}:${it.refunded.amount}`);
    return [answer.outcome, id, state, ...list].join(" ");
  }
  return "state" in answer ? `illegal ${answer.state}` : answer.outcome;
}

async function finalFlaw(journal: OrderJournal, model: OrderModel): Promise<string | undefined> {
  if (journal.waiting() !== 0) return `${journal.waiting()} orders still wait after a flush`;
  if (journal.count() !== model.orders.length) return `${journal.count()} orders, the model has ${model.orders.length}`;
  for (const expected of model.orders.slice(-500)) {
    const order = await journal.read(expected.id);
    const line = order && orderLine({ outcome: "done", order });
    if (line !== `done ${model.line(expected)}`) return `stored is "${line}", the model has "${model.line(expected)}"`;
    const broken = order ? brokenOrder(order) : [];
    if (broken.length > 0) return `${expected.id}: ${broken.join(", ")}`;
  }
  return undefined;
}
