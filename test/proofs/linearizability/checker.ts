/** One call of a client: when it was asked and answered, in ticks of one clock. */
export interface Call<Ask, Answer> {
  ask: Ask;
  /** Undefined when the client never heard: it may have happened at any moment after it was asked, or never. */
  answer: Answer | undefined;
  askedAt: number;
  answeredAt: number;
}

/** A thing that is used by one client at a time: what it answers from a state, and the state after. */
export interface Sequential<State, Ask, Answer> {
  start: State;
  /** Answers the very same state when nothing changed. */
  apply: (state: State, ask: Ask) => { answer: Answer; state: State };
  agrees: (answer: Answer, expected: Answer) => boolean;
  /** Two states are the same when their names are. */
  nameOf: (state: State) => string;
}

/** A search that tries more orders than this gives up: the history is then counted as unproved, not as right. */
const TRIES_MAX = 3_000_000;
/** Unheard calls that an order may let take effect, from search to search; the last search lets all. */
const EFFECTS = [2, 5, 10, Number.POSITIVE_INFINITY];

/**
 * Whether some order of all calls, in which no call comes before one that had ended when it began, makes the sequential thing
 * give exactly these answers (Wing and Gong 1993, with Lowe's memory of configurations that were tried before, 2017). Orders in
 * which few unheard calls took effect are tried first.
 */
export function isLinearizable<State, Ask, Answer>(
  calls: readonly Call<Ask, Answer>[],
  thing: Sequential<State, Ask, Answer>,
): boolean {
  const search = new Search(calls, thing);
  return EFFECTS.some((effects) => search.finds(effects));
}

class Search<State, Ask, Answer> {
  private readonly order: Call<Ask, Answer>[];
  private readonly done: Uint8Array;
  private seen = new Set<string>();
  private effectsLeft = 0;
  private tries = 0;

  constructor(
    calls: readonly Call<Ask, Answer>[],
    private readonly thing: Sequential<State, Ask, Answer>,
  ) {
    this.order = calls.toSorted((a, b) => a.askedAt - b.askedAt);
    this.done = new Uint8Array(this.order.length);
  }

  /** Whether there is an order in which at most so many unheard calls took effect. */
  finds(effects: number): boolean {
    this.seen = new Set();
    this.effectsLeft = effects;
    return this.from(this.thing.start, 0);
  }

  private from(state: State, first: number): boolean {
    let from = first;
    while (from < this.order.length && this.done[from] === 1) from += 1;
    if (this.mayEnd(from)) return true;
    const configuration = `${from}:${this.done.subarray(from).join("")}|${this.thing.nameOf(state)}`;
    if (this.seen.has(configuration)) return false;
    this.seen.add(configuration);
    return this.candidates(from).some((i) => this.attempt(state, i, from));
  }

  private attempt(state: State, i: number, from: number): boolean {
    const call = this.order[i] as Call<Ask, Answer>;
    if (++this.tries > TRIES_MAX) throw new Error("the search for an order of this history is too long");
    const next = this.thing.apply(state, call.ask);
    const isUnheard = call.answer === undefined;
    const fits = call.answer === undefined ? next.state !== state : this.thing.agrees(call.answer, next.answer);
    if (!fits) return false;
    this.done[i] = 1;
    this.effectsLeft -= isUnheard ? 1 : 0;
    if (this.from(next.state, from)) return true;
    this.effectsLeft += isUnheard ? 1 : 0;
    this.done[i] = 0;
    return false;
  }

  /** Calls that may come next: none that began after another had ended. Those nobody heard of are the last resort. */
  private candidates(from: number): number[] {
    let earliestEnd = Number.POSITIVE_INFINITY;
    const heard: number[] = [];
    const unheard: number[] = [];
    for (let i = from; i < this.order.length; i++) {
      const call = this.order[i];
      if (!call || this.done[i] === 1) continue;
      if (call.askedAt > earliestEnd) break;
      (call.answer === undefined ? unheard : heard).push(i);
      if (call.answer !== undefined) earliestEnd = Math.min(earliestEnd, call.answeredAt);
    }
    return this.effectsLeft > 0 ? [...heard, ...unheard] : heard;
  }

  /** Calls that nobody was told about need not have happened. */
  private mayEnd(from: number): boolean {
    for (let i = from; i < this.order.length; i++)
      if (this.done[i] === 0 && this.order[i]?.answer !== undefined) return false;
    return true;
  }
}
