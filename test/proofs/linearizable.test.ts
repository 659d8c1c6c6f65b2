import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { StockCounter } from "../../durable-objects/stock-counter.ts";
import { Dice } from "./kit/dice.ts";
import { conclude, seedsOf, type Violation } from "./kit/proof.ts";
import { type Call, isLinearizable } from "./linearizability/checker.ts";
import { type Ask, counter } from "./linearizability/counter.ts";

const HISTORIES = 250;
const HISTORIES_LONG = 20_000;
const CALLS = 200;
const CLIENTS = 8;
const ON_HAND = 60;
const LIMIT = 25;
/** The client stops waiting for the answer: it never learns what came of the call. */
const UNHEARD = 0.02;
const HOLD_MS = 3_600_000;
/** In so many of the histories the object is killed once, while calls are under way. */
const KILLED = 0.06;
/** Histories that run at the same time, each on a counter of its own. */
const AT_ONCE = 20;
/** Every so-manieth history goes over RPC, which the test's runtime makes slow; the others call the object from within. */
const OVER_RPC = 50;

type History = Call<Ask, string>[];
type Stub = ReturnType<typeof env.STOCK.getByName>;

describe("T3: a stock counter", () => {
  it("answers concurrent clients as if they had come one by one", async () => {
    const seeds = seedsOf(HISTORIES, HISTORIES_LONG);
    const violations: Violation[] = [];
    const times: number[] = [];
    let unheard = 0;
    let killed = 0;
    for (let i = 0; i < seeds.length; i += AT_ONCE) {
      const group = seeds.slice(i, i + AT_ONCE);
      const histories = await Promise.all(group.map(record));
      for (const [n, { history, wasKilled }] of histories.entries()) {
        const started = performance.now();
        const what = flawOf(history);
        if (what) violations.push({ seed: group[n] ?? 0, what });
        times.push(performance.now() - started);
        unheard += history.filter((it) => it.answer === undefined).length;
        killed += wasKilled ? 1 : 0;
      }
    }
    const facts = { calls: seeds.length * CALLS, unheard, killed };
    conclude({ goal: "T3", unit: "history", n: seeds.length, seeds, violations, times, facts });
  }, 3_600_000);

  it("is not said to do so when it does not", async () => {
    const { history } = await record(424_242);
    const model = counter(ON_HAND, LIMIT);
    expect(isLinearizable(history, model)).toBe(true);
    const spoiled = ["reserved", "sold_out", "settled", "level"].map((word) => {
      const at = history.findLastIndex((it) => it.answer?.startsWith(word));
      const answer = history[at]?.answer?.replace(/\d+|confirmed|released/, (it) =>
        /\d/.test(it) ? `${+it + 100}` : "held",
      );
      return history.with(at, { ...(history[at] as History[number]), answer });
    });
    const first = history.findIndex((it) => it.answer?.startsWith("reserved"));
    const lost = history.filter((_, i) => i !== first);
    for (const bad of [...spoiled, lost]) expect(isLinearizable(bad, model)).toBe(false);
  }, 120_000);
});

function flawOf(history: History): string | undefined {
  try {
    return isLinearizable(history, counter(ON_HAND, LIMIT)) ? undefined : "no order of the calls explains the answers";
  } catch (error) {
    return String(error);
  }
}

/** Lets the clients loose on a fresh counter and writes down what each asked, when, and what it heard. */
async function record(seed: number): Promise<{ history: History; wasKilled: boolean }> {
  const stub = () => env.STOCK.getByName(`demo:LINEAR-${seed}`);
  await stub().change({ kind: "set", onHand: ON_HAND, perBuyerLimit: LIMIT });
  const clients = new Clients(new Dice(seed));
  if (seed % OVER_RPC === 0) await clients.run((ask) => send(stub(), ask));
  else
    while (clients.areBusy)
      await runInDurableObject(stub(), async (counter: StockCounter, state) => {
        const sendDurably = async (ask: Ask) => {
          const answer = await send(counter, ask);
          await state.storage.sync();
          return answer;
        };
        await clients.run(sendDurably, () => state.abort("killed by the proof"));
      }).catch((error) => {
        if (!clients.wasKilled) throw error;
      });
  return { history: clients.history, wasKilled: clients.wasKilled };
}

/** Eight clients and the network between them and the counter: requests and answers take a while, and some are lost. */
class Clients {
  readonly history: History = [];
  wasKilled = false;
  private readonly seqs: number[] = [];
  private readonly again: (Ask | undefined)[] = [];
  private readonly killAt: number | undefined;
  private ticks = 0;

  constructor(private readonly dice: Dice) {
    this.killAt = dice.chance(KILLED) ? 20 + dice.below(CALLS - 40) : undefined;
  }

  get areBusy(): boolean {
    return this.history.length < CALLS;
  }

  async run(ask: (ask: Ask) => Promise<string>, kill?: () => void): Promise<void> {
    await Promise.all(Array.from({ length: CLIENTS }, (_, id) => this.client(id, ask, kill)));
  }

  private async client(id: number, send: (ask: Ask) => Promise<string>, kill?: () => void): Promise<void> {
    while (this.areBusy) {
      const ask = this.again[id] ?? randomAsk(this.dice, `${id}-${this.ticks}`, this.seqs);
      const call: History[number] = {
        ask,
        answer: undefined,
        askedAt: ++this.ticks,
        answeredAt: Number.POSITIVE_INFINITY,
      };
      this.history.push(call);
      this.again[id] = this.dice.chance(0.7) ? ask : undefined;
      if (kill && this.history.length >= (this.killAt ?? Number.POSITIVE_INFINITY) && !this.wasKilled) {
        this.wasKilled = true;
        kill();
      }
      await this.travel();
      const answer = await send(ask);
      await this.travel();
      if (this.dice.chance(UNHEARD)) continue;
      this.again[id] = undefined;
      Object.assign(call, { answer, answeredAt: ++this.ticks });
      const seq = /^(?:already_)?reserved (\d+)/.exec(answer)?.[1];
      if (seq) this.seqs.push(Number(seq));
    }
  }

  private async travel(): Promise<void> {
    for (let pauses = this.dice.below(3); pauses > 0; pauses--) await scheduler.wait(0);
  }
}

function randomAsk(dice: Dice, name: string, seqs: readonly number[]): Ask {
  const roll = dice.below(100);
  const seq = seqs.length > 0 ? dice.pick(seqs.slice(-12)) : 1 + dice.below(5);
  if (roll < 48) return { kind: "reserve", key: name, buyer: `b${dice.below(4)}`, quantity: 1 + dice.below(3) };
  if (roll < 85) return { kind: dice.chance(0.4) ? "confirm" : "release", seq };
  return roll < 95 ? { kind: "adjust", delta: dice.below(14) - 6 || 1, key: name } : { kind: "read" };
}

async function send(stub: Stub | StockCounter, ask: Ask): Promise<string> {
  if (ask.kind === "read") {
    const level = await stub.snapshot();
    return `level ${level?.onHand} ${level?.reserved} ${level?.sold}`;
  }
  if (ask.kind === "adjust") {
    const { delta, key } = ask;
    const answer = await stub.change({ kind: "adjust", delta, key, reason: "count" });
    if (answer.outcome !== "changed") return answer.outcome;
    return `changed ${answer.level.onHand} ${answer.level.reserved} ${answer.level.sold}`;
  }
  const answer =
    ask.kind === "reserve"
      ? await stub.reserve({ key: ask.key, buyer: ask.buyer, quantity: ask.quantity, ttlMs: HOLD_MS })
      : await stub.settle(ask.kind, ask.seq);
  if ("hold" in answer) return `settled ${answer.hold.status}`;
  if ("seq" in answer) return `${answer.outcome} ${answer.seq} ${answer.status}`;
  if ("available" in answer) return `${answer.outcome} ${answer.available}`;
  return "status" in answer ? `refused ${answer.status}` : answer.outcome;
}
