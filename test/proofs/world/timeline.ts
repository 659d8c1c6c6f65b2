import { AsyncLocalStorage } from "node:async_hooks";
import type { Dice } from "../kit/dice.ts";

/** Something that runs and may die: one life of an object, one invocation of the Worker. A dead one never goes on. */
export interface Life {
  name: string;
  isDead: boolean;
}

interface Task {
  at: number;
  order: number;
  life: Life | undefined;
  run: () => void;
}

const real = { setImmediate, setTimeout, clearTimeout, now: Date.now, random: Math.random, Date };

/**
 * The simulated world's time. It stands still while code runs and jumps to the next task when everything waits, so a run is a
 * sequence of tasks that the seed alone decides. While it is installed, the globals of time and chance are its own.
 */
export class Timeline {
  /** Milliseconds that have passed, whatever the clocks say. */
  elapsed = 0;
  /** How far the clocks are ahead of what passed. */
  skew = 0;
  private readonly current = new AsyncLocalStorage<Life>();
  private readonly heap: Task[] = [];
  private order = 0;

  constructor(
    private readonly dice: Dice,
    private readonly startsAt: number,
  ) {}

  get life(): Life | undefined {
    return this.current.getStore();
  }

  /** What the clocks show, in milliseconds since 1970. */
  get clock(): number {
    return Math.floor(this.startsAt + this.elapsed + this.skew);
  }

  /** Milliseconds from now until the clocks show `at`. */
  until = (at: number): number => Math.max(0, at - this.startsAt - this.skew - this.elapsed);

  as<Value>(life: Life | undefined, work: () => Value): Value {
    return life ? this.current.run(life, work) : this.current.exit(work);
  }

  /** Runs `work` after `ms`, unless `life` is dead by then. */
  after(ms: number, work: () => void, life?: Life): Task {
    const task = { at: this.elapsed + Math.max(0, ms), order: this.order++, life, run: work };
    this.push(task);
    return task;
  }

  wait = (ms: number): Promise<void> => new Promise((resume) => this.after(ms, resume));

  /** Runs tasks until the time is over or nothing is left; `between` is called after each. */
  async runUntil(end: number, between: () => void): Promise<void> {
    await everybodyWaits();
    for (;;) {
      const next = this.heap[0];
      if (!next || next.at > end) break;
      this.pop();
      if (next.life?.isDead) continue;
      this.elapsed = Math.max(this.elapsed, next.at);
      this.as(next.life, next.run);
      await everybodyWaits();
      between();
    }
    this.elapsed = Math.max(this.elapsed, end);
  }

  /** Puts this world's time and chance in the place of the real ones; answers how to undo it. */
  install(): () => void {
    const timeline = this;
    const cancelled = new WeakSet<object>();
    const schedule = (work: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
      const task = this.after(ms, () => cancelled.has(task) || work(...given), this.life);
      return task;
    };
    const bytes = <List extends ArrayBufferView | null>(list: List): List => {
      if (list instanceof Uint8Array) for (let i = 0; i < list.length; i++) list[i] = this.dice.below(256);
      return list;
    };
    const uuid = () => {
      const hex = Array.from({ length: 32 }, () => this.dice.below(16).toString(16)).join("");
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") as ReturnType<Crypto["randomUUID"]>;
    };
    class WorldDate extends real.Date {
      constructor(...given: [] | [number | string]) {
        super(given.length === 0 ? timeline.clock : given[0]);
      }
      static override now = () => timeline.clock;
    }
    const kept = { getRandomValues: crypto.getRandomValues, randomUUID: crypto.randomUUID };
    Object.assign(globalThis, {
      Date: WorldDate,
      setTimeout: schedule,
      clearTimeout: (task: object | undefined) => task && cancelled.add(task),
      scheduler: { wait: (ms: number) => new Promise((resume) => this.after(ms, () => resume(undefined), this.life)) },
    });
    Object.defineProperty(crypto, "getRandomValues", { value: bytes, configurable: true, writable: true });
    Object.defineProperty(crypto, "randomUUID", { value: uuid, configurable: true, writable: true });
    Math.random = this.dice.next;
    return () => {
      Object.assign(globalThis, { Date: real.Date, setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
      for (const [name, value] of Object.entries(kept))
        Object.defineProperty(crypto, name, { value, configurable: true, writable: true });
      Math.random = real.random;
    };
  }

  private push(task: Task): void {
    const { heap } = this;
    let i = heap.push(task) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!isBefore(task, heap[parent] as Task)) break;
      heap[i] = heap[parent] as Task;
      i = parent;
    }
    heap[i] = task;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop() as Task;
    if (heap.length === 0) return;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1] as Task, heap[child] as Task)) child += 1;
      if (!isBefore(heap[child] as Task, last)) break;
      heap[i] = heap[child] as Task;
      i = child;
    }
    heap[i] = last;
  }
}

/** All code that can go on has gone on: microtasks come before this. */
const everybodyWaits = (): Promise<void> => new Promise((resume) => real.setImmediate(resume));

const isBefore = (a: Task, b: Task): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
