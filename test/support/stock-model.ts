export type ModelStep =
  | { kind: "reserve"; key: string; buyer: string; quantity: number }
  | { kind: "confirm" | "release"; seq: number }
  | { kind: "adjust"; delta: number; reason: string };

/** A repeatable stream of numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The plainest counter that could be right: arrays and sums, nothing remembered twice. */
export class StockModel {
  sold = 0;
  private readonly held = new Map<number, { buyer: string; quantity: number }>();
  private readonly bought = new Map<string, number>();

  constructor(
    public onHand: number,
    private readonly perBuyerLimit: number,
  ) {}

  get reserved(): number {
    return [...this.held.values()].reduce((sum, it) => sum + it.quantity, 0);
  }

  /** The outcome that a step must have; undefined where both of two are right. */
  expected(step: ModelStep): string | undefined {
    if (step.kind === "adjust") return this.onHand + step.delta >= this.reserved ? "changed" : "below_reserved";
    if (step.kind !== "reserve") return undefined;
    if (this.unitsOf(step.buyer) + step.quantity > this.perBuyerLimit) return "limit_reached";
    return step.quantity > this.onHand - this.reserved ? "sold_out" : "reserved";
  }

  /** Does the step; `seq` is the hold that the counter made. */
  apply(step: ModelStep, seq: number | undefined): void {
    if (step.kind === "adjust") this.onHand += step.delta;
    else if (step.kind === "reserve") this.held.set(seq ?? 0, step);
    else this.settle(step.kind, step.seq);
  }

  private settle(kind: "confirm" | "release", seq: number): void {
    const hold = this.held.get(seq);
    this.held.delete(seq);
    if (!hold || kind === "release") return;
    this.onHand -= hold.quantity;
    this.sold += hold.quantity;
    this.bought.set(hold.buyer, (this.bought.get(hold.buyer) ?? 0) + hold.quantity);
  }

  private unitsOf(buyer: string): number {
    const held = [...this.held.values()].filter((it) => it.buyer === buyer);
    return held.reduce((sum, it) => sum + it.quantity, this.bought.get(buyer) ?? 0);
  }

  randomStep(random: () => number, key: string): ModelStep {
    const pick = (below: number) => Math.floor(random() * below);
    const dice = pick(10);
    const seq = [...this.held.keys()][pick(this.held.size)] ?? 0;
    if (dice < 5) return { kind: "reserve", key, buyer: `b${pick(20)}`, quantity: 1 + pick(4) };
    if (dice < 9) return { kind: dice < 7 ? "confirm" : "release", seq };
    return { kind: "adjust", delta: pick(41) - 15 || 1, reason: "count" };
  }
}
