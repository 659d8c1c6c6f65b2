import { CartRack } from "../../../durable-objects/cart-rack.ts";
import { LicenceMeter } from "../../../durable-objects/licence-meter.ts";
import { LiveBoard } from "../../../durable-objects/live-board.ts";
import { OrderJournal } from "../../../durable-objects/order-journal.ts";
import { SandboxBank } from "../../../durable-objects/sandbox-bank.ts";
import { SearchIndex } from "../../../durable-objects/search-index.ts";
import { StockCounter } from "../../../durable-objects/stock-counter.ts";
import { UsageMeter } from "../../../durable-objects/usage-meter.ts";
import { WaitingRoom } from "../../../durable-objects/waiting-room.ts";
import { WebhookSender } from "../../../durable-objects/webhook-sender.ts";
import { receiveWebhook } from "../../../src/capabilities/selling/payments/actions.ts";
import { deliverEvents } from "../../../src/edge/deliver-events.ts";
import { runSchedules } from "../../../src/edge/run-schedules.ts";
import type { Actor, Ctx, Tenant } from "../../../src/platform/context.ts";
import { Memory } from "../../../src/platform/memory.ts";
import { Timing } from "../../../src/platform/timing.ts";
import type { Dice } from "../kit/dice.ts";
import { WorldD1 } from "./database.ts";
import { Faults } from "./faults.ts";
import { Hosts } from "./objects.ts";
import { WorldQueue } from "./queue.ts";
import { Database } from "./sqlite.ts";
import { type Life, Timeline } from "./timeline.ts";
import { Trace } from "./trace.ts";

/** 2026-06-01T00:00:00Z: every run begins then. */
const STARTS_AT = 1_780_272_000_000;
const SECRET = "5e".repeat(32);
const MINUTE = 60_000;
/** A client that heard nothing for so long hears that its connection is gone. */
const PATIENCE_MS = 25_000;

/** What this process remembers between two runs must not tell one run about another: isolates end, too. */
const memories = new Set<Memory<unknown>>();
const { set } = Memory.prototype;
Memory.prototype.set = function (this: Memory<unknown>, ...given: Parameters<typeof set>) {
  memories.add(this);
  return set.apply(this, given);
};
Object.assign(globalThis, {
  caches: { default: { match: async () => undefined, put: async () => {}, delete: async () => false } },
});

/** Objects that only watch are left out: they would ask all the others every few seconds. */
const CLASSES = {
  STOCK: StockCounter,
  JOURNAL: OrderJournal,
  CARTS: CartRack,
  SANDBOX: SandboxBank,
  BOARD: LiveBoard,
  SEARCH: SearchIndex,
  LICENCES: LicenceMeter,
  WAITING_ROOM: WaitingRoom,
  USAGE: UsageMeter,
  WEBHOOKS: WebhookSender,
};

/** The whole shop in one process: the product's own objects, actions, consumer and schedules over a simulated platform. */
export class World {
  readonly timeline: Timeline;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly hosts: Hosts;
  readonly d1 = new Database();
  readonly queue: WorldQueue;
  readonly env: Env;
  tenant: Tenant | undefined;
  isCronDown = false;

  constructor(
    readonly dice: Dice,
    { keeps = 0 } = {},
  ) {
    this.trace = new Trace(keeps);
    this.timeline = new Timeline(dice, STARTS_AT);
    this.faults = new Faults(dice);
    this.hosts = new Hosts(this.timeline, dice, this.faults, this.trace);
    const exec = { waitUntil: (work: Promise<unknown>) => void work.catch(() => undefined) } as ExecutionContext;
    const deliver = (batch: MessageBatch<never>) => deliverEvents(batch, this.env, exec);
    this.queue = new WorldQueue(this.timeline, dice, this.faults, this.trace, deliver as never);
    const namespaces = Object.entries(CLASSES).map(([kind, Class]) => [
      kind,
      this.hosts.namespace(kind, Class as never),
    ]);
    this.env = {
      ...Object.fromEntries(namespaces),
      DB: new WorldD1(this.d1, this.timeline, this.faults, this.trace),
      EVENTS: this.queue,
      PLATFORM_DOMAIN: "localhost",
      DEFAULT_SHOP: "demo",
      SANDBOX_PAYMENTS: "on",
      SOUK_SECRET: SECRET,
    } as unknown as Env;
    this.hosts.env = this.env;
    this.hosts.fetch = (_url, init) => this.webhook(init);
  }

  /** Loses what the isolates of the Worker remember; objects keep theirs. */
  restartIsolates = (): void => {
    for (const memory of memories) memory.clear();
  };

  context(actor: Actor = { kind: "visitor" }): Ctx {
    if (!this.tenant) throw new Error("the shop is not open yet");
    return {
      env: this.env,
      tenant: this.tenant,
      actor,
      requestId: "req",
      origin: "http://demo.localhost",
      now: () => Date.now(),
      arm: "control",
      timing: new Timing(),
      waitUntil: (work) => void work.catch(() => undefined),
    };
  }

  /** One request of somebody outside: the Worker may die on it, and the answer may get lost. */
  invoke<Value>(name: string, work: (ctx: Ctx) => Promise<Value>, actor?: Actor): Promise<Value> {
    const { timeline, faults, trace } = this;
    const life: Life = { name, isDead: false };
    const { lost } = faults.call();
    const asker = timeline.life;
    return new Promise((resolve, reject) => {
      timeline.after(PATIENCE_MS, () => reject(new Error(`${name}: connection closed`)), asker);
      const settle = (end: () => void) => timeline.after(1, lost === "answer" ? () => {} : end, asker);
      timeline
        .as(life, () => work(this.context(actor)))
        .then(
          (value) => {
            trace.note(value);
            settle(() => resolve(value));
          },
          (error) => settle(() => reject(error)),
        );
    });
  }

  /** The minute's schedules, for as long as the world goes on. */
  runCron(everyMs: number): void {
    const { timeline } = this;
    timeline.after(everyMs, () => {
      this.runCron(everyMs);
      if (this.isCronDown) return;
      const life: Life = { name: "cron", isDead: false };
      const event = { scheduledTime: timeline.clock, cron: "* * * * *" } as ScheduledController;
      const exec = { waitUntil: (work: Promise<unknown>) => void work.catch(() => undefined) } as ExecutionContext;
      timeline.as(life, () => runSchedules(event, this.env, exec)).catch(() => undefined);
    });
  }

  /** The clocks are put forward or back; what was armed for a moment rings when the clocks show it. */
  jump(ms: number): void {
    this.timeline.skew += ms;
    for (const object of this.hosts.objects.values()) object.rearm();
  }

  static readonly minute = MINUTE;

  private async webhook(init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const ask = (ctx: Ctx) => receiveWebhook(ctx, { provider: "sandbox", raw: String(init.body), headers });
    const answer = await this.invoke("webhook", ask);
    return { ok: answer.ok } as Response;
  }
}
