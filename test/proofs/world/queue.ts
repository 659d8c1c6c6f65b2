import type { SoukEvent } from "../../../src/platform/events.ts";
import type { Dice } from "../kit/dice.ts";
import type { Faults } from "./faults.ts";
import type { Life, Timeline } from "./timeline.ts";
import type { Trace } from "./trace.ts";

type Deliver = (batch: MessageBatch<SoukEvent>, exec: { waitUntil: (work: Promise<unknown>) => void }) => Promise<void>;

interface Waiting {
  id: string;
  body: SoukEvent;
  attempts: number;
}

/** As in wrangler.toml. */
const RETRIES_MAX = 5;
const RETRY_MS = 5_000;
const BATCH_MAX = 100;

/** A queue that loses, repeats and reorders, hands out batches cut anywhere, and buries what fails too often. */
export class WorldQueue {
  private ready: Waiting[] = [];
  private number = 0;
  private isPlanned = false;
  buried = 0;
  /** While it is held, messages arrive and nobody gets them. */
  isHeld = false;

  constructor(
    private readonly timeline: Timeline,
    private readonly dice: Dice,
    private readonly faults: Faults,
    private readonly trace: Trace,
    private readonly deliver: Deliver,
  ) {}

  sendBatch = async (messages: readonly { body: SoukEvent }[]): Promise<void> => {
    const { timeline, faults } = this;
    const caller = timeline.life;
    const fate = faults.call(caller?.name);
    if (!faults.isQueueDown && fate.lost !== "request")
      for (const { body } of structuredClone(messages))
        for (const delay of faults.message())
          timeline.after(fate.requestMs + delay, () => this.arrive({ id: `m${this.number++}`, body, attempts: 0 }));
    await new Promise<void>((resolve, reject) =>
      timeline.after(
        fate.requestMs + fate.answerMs,
        () => (fate.lost ? reject(new Error("Queue send failed")) : resolve()),
        caller,
      ),
    );
  };

  private arrive(message: Waiting): void {
    this.ready.push(message);
    if (this.isPlanned || this.isHeld) return;
    this.isPlanned = true;
    this.timeline.after(this.dice.next() * 1_000, () => {
      this.isPlanned = false;
      while (this.ready.length > 0) this.cut();
    });
  }

  /** Hands over everything that was held, once and in order or as badly as a queue may; answers how many messages. */
  release(how: "in order" | "badly"): number {
    const { dice, timeline } = this;
    const held = this.ready;
    this.ready = [];
    if (how === "in order") {
      this.handOver(held, "souk-events");
      return held.length;
    }
    const copies = dice.shuffled(held.flatMap((it) => Array.from({ length: 2 + dice.below(2) }, () => it)));
    for (let at = 0, ms = 0; at < copies.length; ms += dice.next() * 4_000) {
      const batch = copies.slice(at, at + 1 + dice.below(6));
      at += batch.length;
      const isDead = dice.chance(0.1);
      timeline.after(ms, () => this.handOver(batch, isDead ? "souk-events-dead" : "souk-events"));
      // The consumer did its work, and the queue never heard of it: the whole batch comes again.
      if (dice.chance(0.3)) timeline.after(ms + dice.next() * 9_000, () => this.handOver(batch, "souk-events"));
    }
    return held.length;
  }

  private cut(): void {
    const size = Math.min(BATCH_MAX, 1 + this.dice.below(this.ready.length));
    const mixed = this.dice.shuffled(this.ready);
    this.ready = mixed.slice(size);
    this.handOver(mixed.slice(0, size), "souk-events");
  }

  /** Anything not acknowledged by the end comes back: alone if it was told to, all if the consumer threw or died. */
  private handOver(list: readonly Waiting[], queue: string): void {
    const { timeline, trace } = this;
    const acked = new Set<Waiting>();
    const retried = new Set<Waiting>();
    const life: Life = { name: `consumer of ${list.length}`, isDead: false };
    const messages = list.map((it) => ({
      id: it.id,
      timestamp: new Date(timeline.clock),
      body: structuredClone(it.body),
      attempts: it.attempts + 1,
      ack: () => void acked.add(it),
      retry: () => void retried.add(it),
    }));
    const batch = {
      queue,
      messages,
      ackAll: () => {
        for (const it of list) acked.add(it);
      },
      retryAll: () => {
        for (const it of list) retried.add(it);
      },
      metadata: {},
    };
    trace.note(`deliver ${list.map((it) => it.body.type).join()}`);
    let isOver = false;
    const end = (isGood: boolean) => {
      if (isOver) return;
      isOver = true;
      for (const it of list) if (!acked.has(it) && (retried.has(it) || !isGood)) this.again(it);
    };
    const exec = { waitUntil: (work: Promise<unknown>) => void work.catch(() => undefined) };
    timeline
      .as(life, () => this.deliver(batch as unknown as MessageBatch<SoukEvent>, exec))
      .then(
        () => end(true),
        () => end(false),
      );
    // A consumer that died never ends by itself.
    timeline.after(60_000, () => end(false));
  }

  private again(message: Waiting): void {
    if (message.attempts < RETRIES_MAX)
      this.timeline.after(RETRY_MS, () => this.arrive({ ...message, attempts: message.attempts + 1 }));
    else {
      this.buried += 1;
      this.handOver([message], "souk-events-dead");
    }
  }
}
