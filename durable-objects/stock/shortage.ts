import type { Elsewhere } from "./shard-words.ts";

/** What is known to be nowhere is not looked for again for this long; units freed elsewhere are found after it. */
const REMEMBERED_MS = 500;
/** Times that a waiting command is decided again after units came that others took. */
const ROUNDS_MAX = 10;

/** Not yet an answer: this counter lacks units that another one may have. */
export interface Short {
  outcome: "short";
  /** Units that are missing. */
  missing: number;
}

/**
 * Commands of a counter that has run dry while its SKU has not: they wait for one request for more units, whatever their
 * number, and are then decided again.
 */
export class Shortage {
  private left = Number.POSITIVE_INFINITY;
  private until = 0;
  private forgotten = 0;
  private least = Number.POSITIVE_INFINITY;
  private wanted = 0;
  private flight: Promise<void> | undefined;

  constructor(
    /** Brings units into the counter; answers how many could still be had elsewhere. */
    private readonly fetchUnits: (least: number, wanted: number) => Promise<number>,
    private readonly now: () => number,
  ) {}

  /** Whether so many more units may be had elsewhere. */
  mayEnd(missing: number): boolean {
    return missing <= this.left || this.now() >= this.until;
  }

  /** Units may be elsewhere again: nothing that was heard, or is on its way here, tells where there are none. */
  forget(): void {
    this.until = 0;
    this.forgotten++;
  }

  get isWaiting(): boolean {
    return this.flight !== undefined;
  }

  /** Submits a command until its answer is a decision. */
  async outlast<Answer extends { outcome: string }>(
    submit: () => Promise<Answer | Short>,
  ): Promise<Answer | Elsewhere> {
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const answer = await submit();
      if (!isShort(answer)) return answer;
      try {
        await this.fetch(answer.missing);
      } catch {
        break;
      }
    }
    return { outcome: "busy" };
  }

  private fetch(missing: number): Promise<void> {
    this.least = Math.min(this.least, missing);
    this.wanted += missing;
    this.flight ??= this.fly().finally(() => {
      this.flight = undefined;
    });
    return this.flight;
  }

  private async fly(): Promise<void> {
    // The commands of one turn learn one after the other that they lack units.
    await new Promise((resume) => setTimeout(resume, 0));
    const { least, wanted } = this;
    this.least = Number.POSITIVE_INFINITY;
    this.wanted = 0;
    const { forgotten } = this;
    this.left = await this.fetchUnits(least, wanted);
    if (forgotten === this.forgotten) this.until = this.now() + REMEMBERED_MS;
  }
}

const isShort = (answer: { outcome: string }): answer is Short => answer.outcome === "short";
