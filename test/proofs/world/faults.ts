import type { Dice } from "../kit/dice.ts";

/** What may go wrong, as shares of all calls, and how long things take. */
export interface Weather {
  loseRequest: number;
  loseAnswer: number;
  slow: number;
  /** An object is killed after a task of anybody. */
  killObject: number;
  /** An invocation of the Worker dies while it waits for an answer. */
  killInvocation: number;
  /** D1 refuses, or does it and says that it failed. */
  databaseFails: number;
  databaseUnsure: number;
  databaseSlow: number;
  loseMessage: number;
  repeatMessage: number;
  messageDelayMs: number;
}

const CALM: Weather = {
  loseRequest: 0,
  loseAnswer: 0,
  slow: 0,
  killObject: 0,
  killInvocation: 0,
  databaseFails: 0,
  databaseUnsure: 0,
  databaseSlow: 0,
  loseMessage: 0,
  repeatMessage: 0,
  messageDelayMs: 100,
};

const STORM: Weather = {
  loseRequest: 0.006,
  loseAnswer: 0.008,
  slow: 0.02,
  killObject: 0.0015,
  killInvocation: 0.004,
  databaseFails: 0.03,
  databaseUnsure: 0.03,
  databaseSlow: 0.1,
  loseMessage: 0.15,
  repeatMessage: 0.3,
  messageDelayMs: 40_000,
};

/** Where a call may be cut: before it arrives, before its answer leaves (told to try again or not), or at whoever waits for it. */
export const CUTS = ["before", "after", "after, to be tried again", "caller"] as const;

const CALL_MS = 6;
const SLOW_MS = 5_000;

export interface CallFate {
  requestMs: number;
  answerMs: number;
  lost: "request" | "answer" | undefined;
  /** Who is killed over it: the caller once the request is on its way, or the callee. */
  kills: "caller" | "callee" | undefined;
  /** Whether the runtime says that a call without an answer may be tried again. */
  isRetryable: boolean;
}
export type DatabaseFate = { ms: number; outcome: "done" | "failed" | "unsure" };

/** Decides what goes wrong. Until `stop`, storms; after it nothing does, and what is under way ends. */
export class Faults {
  weather: Weather = CALM;
  isDatabaseDown = false;
  isQueueDown = false;
  /** Calls so far, of objects and of D1; and the one that is cut, for a proof that cuts at each. */
  calls = 0;
  cut: { at: number; how: (typeof CUTS)[number] } | undefined;

  constructor(private readonly dice: Dice) {}

  start(strength: number): void {
    const grown = Object.entries(STORM).map(([name, share]) => [name, name.endsWith("Ms") ? share : share * strength]);
    this.weather = Object.fromEntries(grown) as unknown as Weather;
  }

  stop(): void {
    this.weather = CALM;
    this.isDatabaseDown = false;
    this.isQueueDown = false;
  }

  call(caller?: string): CallFate {
    const { dice, weather } = this;
    const cut = this.nextCut(caller);
    if (cut) return cutFate(cut);
    const ms = () => (dice.chance(weather.slow) ? dice.next() * SLOW_MS : dice.next() * CALL_MS);
    const lost = dice.chance(weather.loseRequest) ? "request" : dice.chance(weather.loseAnswer) ? "answer" : undefined;
    const kills = dice.chance(weather.killInvocation) ? "caller" : undefined;
    return { requestMs: ms(), answerMs: ms(), lost, kills, isRetryable: dice.chance(0.5) };
  }

  database(caller?: string): DatabaseFate {
    const { dice, weather } = this;
    const cut = this.nextCut(caller);
    if (cut) return { ms: 1, outcome: cut === "before" ? "failed" : "unsure" };
    const ms = dice.next() * (dice.chance(weather.databaseSlow) ? SLOW_MS : CALL_MS * 2);
    if (this.isDatabaseDown || dice.chance(weather.databaseFails)) return { ms, outcome: "failed" };
    return { ms, outcome: dice.chance(weather.databaseUnsure) ? "unsure" : "done" };
  }

  /** The schedules' own reading is no part of any story. */
  private nextCut(caller: string | undefined): (typeof CUTS)[number] | undefined {
    if (caller === "cron") return undefined;
    return ++this.calls === this.cut?.at ? this.cut.how : undefined;
  }

  /** The delays after which copies of a message arrive; none when it is lost. */
  message(): number[] {
    const { dice, weather } = this;
    if (dice.chance(weather.loseMessage)) return [];
    const copies = dice.chance(weather.repeatMessage) ? 2 + dice.below(2) : 1;
    return Array.from({ length: copies }, () => 20 + dice.next() ** 3 * weather.messageDelayMs);
  }
}

function cutFate(cut: (typeof CUTS)[number]): CallFate {
  const took = { requestMs: 1, answerMs: 1 };
  if (cut === "caller") return { ...took, lost: undefined, kills: "caller", isRetryable: false };
  const lost = cut === "before" ? "request" : "answer";
  return { ...took, lost, kills: "callee", isRetryable: cut !== "after" };
}
