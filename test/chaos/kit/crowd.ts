import { setTimeout as sleep } from "node:timers/promises";

/** Lets so many people act at once; whoever pauses makes room for the next. */
export class Crowd {
  private free: number;
  private readonly queue: (() => void)[] = [];

  constructor(atOnce: number) {
    this.free = atOnce;
  }

  /** Runs `act` for 0 .. count - 1; rejects with the first failure. */
  async run(count: number, act: (index: number) => Promise<void>): Promise<void> {
    const acting: Promise<void>[] = [];
    for (let i = 0; i < count; i++) {
      await this.enter();
      acting.push(act(i).finally(() => this.leave()));
    }
    await Promise.all(acting);
  }

  async pause(ms: number): Promise<void> {
    this.leave();
    await sleep(ms);
    await this.enter();
  }

  private async enter(): Promise<void> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.queue.push(resolve));
  }

  private leave(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.free++;
  }
}
