import type { Dice } from "../kit/dice.ts";
import type { Faults } from "./faults.ts";
import { Database, kvStorage, sqlStorage } from "./sqlite.ts";
import type { Life, Timeline } from "./timeline.ts";
import type { Trace } from "./trace.ts";

type Methods = Record<string, (...given: unknown[]) => unknown>;
type ObjectClass = new (state: never, env: never) => object;

/** Alarms that fail are tried again after 2 s, 4 s and so on, this often (Cloudflare's rule). */
const ALARM_TRIES = 6;
const ALARM_LATE_MS = 30;

interface Living extends Life {
  object: KeptObject;
  instance: Methods;
  /** Tells the callers that wait for an answer of this life that there will be none. */
  waiting: Set<() => void>;
  ready: Promise<unknown>;
}

/** An object as the platform keeps it: its database and alarm stay, its memory lives from start to crash. */
export class KeptObject {
  readonly database = new Database();
  life: Living | undefined;
  lives = 0;
  private alarmAt: number | undefined;
  private alarmTries = 0;
  private isRinging = false;

  constructor(
    readonly kind: string,
    readonly name: string,
    private readonly Class: ObjectClass,
    private readonly host: Hosts,
  ) {}

  /** The life that answers now; the object is loaded anew when it has none. */
  wake(): Living {
    if (this.life) return this.life;
    const life: Living = {
      object: this,
      name: `${this.kind} ${this.name}`,
      isDead: false,
      instance: {},
      waiting: new Set(),
      ready: Promise.resolve(),
    };
    this.life = life;
    this.lives += 1;
    const state = this.stateFor(life);
    life.instance = this.host.timeline.as(
      life,
      () => new this.Class(state as never, this.host.env as never),
    ) as Methods;
    return life;
  }

  /** Forgets the memory. Whoever waits hears of a broken connection; timers and answers under way are for nobody. */
  kill(): void {
    const { life } = this;
    if (!life) return;
    life.isDead = true;
    this.life = undefined;
    for (const tell of life.waiting) tell();
  }

  private stateFor(life: Living) {
    const storage = {
      sql: sqlStorage(this.database, life),
      kv: kvStorage(this.database, life),
      transactionSync: <Value>(work: () => Value): Value => this.database.transaction(work),
      sync: () => Promise.resolve(),
      setAlarm: async (at: number | Date) => {
        if (!life.isDead) this.arm(Number(at));
      },
      getAlarm: async () => this.alarmAt ?? null,
      deleteAlarm: async () => {
        this.alarmAt = undefined;
      },
    };
    return {
      id: { name: this.name, toString: () => this.name },
      storage,
      waitUntil: (work: Promise<unknown>) => void work.catch(() => undefined),
      blockConcurrencyWhile: (work: () => Promise<unknown>) => (life.ready = work()),
      abort: (reason?: string) => {
        this.host.trace.note(`abort ${this.name}: ${reason}`);
        this.kill();
      },
      getWebSockets: () => [],
      exports: { default: { fetch: this.host.fetch } },
    };
  }

  /** The clocks were changed: what waits for a moment waits for another time. */
  rearm(): void {
    if (this.alarmAt !== undefined) this.arm(this.alarmAt);
  }

  private arm(at: number): void {
    this.alarmAt = at;
    const { timeline, dice } = this.host;
    timeline.after(timeline.until(at) + dice.next() * ALARM_LATE_MS, () => this.ring());
  }

  /** The clocks may have been put back since the alarm was set: then it waits on. */
  private ring(): void {
    const { timeline, trace } = this.host;
    if (this.alarmAt === undefined || this.isRinging) return;
    if (this.alarmAt > timeline.clock) {
      this.arm(this.alarmAt);
      return;
    }
    this.alarmAt = undefined;
    this.isRinging = true;
    const life = this.wake();
    trace.note(`alarm ${life.name}`);
    const end = (isDone: boolean) => {
      if (!life.waiting.delete(fail)) return;
      this.isRinging = false;
      this.alarmTries = isDone ? 0 : this.alarmTries + 1;
      const again =
        isDone || this.alarmTries > ALARM_TRIES ? this.alarmAt : timeline.clock + 1_000 * 2 ** this.alarmTries;
      if (again !== undefined) this.arm(Math.min(again, this.alarmAt ?? Number.POSITIVE_INFINITY));
    };
    const fail = () => end(false);
    life.waiting.add(fail);
    timeline.as(life, () => Promise.resolve(life.instance["alarm"]?.())).then(() => end(true), fail);
  }
}

/** Where all objects live, and the network to them. */
export class Hosts {
  readonly objects = new Map<string, KeptObject>();
  env: object = {};
  /** The Worker's own front door, for objects that call it. */
  fetch: (url: string, init: RequestInit) => Promise<Response> = () => Promise.reject(new Error("no front door"));

  constructor(
    readonly timeline: Timeline,
    readonly dice: Dice,
    readonly faults: Faults,
    readonly trace: Trace,
  ) {}

  namespace(kind: string, Class: ObjectClass) {
    const getByName = (name: string) => {
      const call =
        (method: string) =>
        (...given: unknown[]) =>
          this.call(this.object(kind, name, Class), method, given);
      return new Proxy({ name }, { get: (_, method) => (method === "then" ? undefined : call(String(method))) });
    };
    return { getByName, idFromName: (name: string) => ({ name }), get: (id: { name: string }) => getByName(id.name) };
  }

  /** Those that were ever loaded; the others have no tables. */
  ofKind = (kind: string): KeptObject[] => [...this.objects.values()].filter((it) => it.kind === kind && it.lives > 0);

  object(kind: string, name: string, Class: ObjectClass): KeptObject {
    const id = `${kind} ${name}`;
    const found = this.objects.get(id) ?? new KeptObject(kind, name, Class, this);
    this.objects.set(id, found);
    return found;
  }

  private call(object: KeptObject, method: string, given: unknown[]): Promise<unknown> {
    const { timeline, trace } = this;
    const caller = timeline.life;
    const fate = this.faults.call(caller?.name);
    const sent = structuredClone(given);
    return new Promise((resolve, reject) => {
      const answer = (settle: () => void) => timeline.after(fate.answerMs, settle, caller);
      const lose = () => answer(() => reject(connectionLost(fate.isRetryable)));
      timeline.after(fate.requestMs, () => {
        trace.note(`${method} ${object.name}`);
        if (fate.kills === "caller" && caller) this.end(caller);
        if (fate.kills === "callee" && fate.lost === "request") object.kill();
        if (fate.lost === "request") return lose();
        const life = object.wake();
        const broken = () => lose();
        life.waiting.add(broken);
        const end = (settle: () => void) => {
          if (!life.waiting.delete(broken)) return;
          if (fate.kills === "callee") object.kill();
          if (fate.lost === "answer") lose();
          else answer(settle);
        };
        timeline
          .as(life, () => life.ready.then(() => life.instance[method]?.(...sent)))
          .then(
            (value) => {
              const received = structuredClone(value);
              trace.note(received);
              end(() => resolve(received));
            },
            (error) => end(() => reject(error)),
          );
      });
    });
  }

  private end(life: Life): void {
    const { object } = life as Partial<Living>;
    if (object?.life === life) object.kill();
    else life.isDead = true;
  }
}

const connectionLost = (retryable: boolean): Error =>
  Object.assign(new Error("Network connection lost."), { retryable, remote: true });
