const WINDOWS_MAX = 10_000;
/** Windows that are over are looked for at most once in this time. */
const SWEEP_MS = 1_000;

export interface RateWindow {
  used: number;
  readonly beginsAt: number;
  readonly endsAt: number;
}

/** How much of its rate each pool has used in the window that is open, in memory; where there are too many, the oldest is forgotten. */
export class RateWindows {
  /** In the order in which they were opened. */
  private readonly open = new Map<string, RateWindow>();
  private sweptIn = 0;

  of(pool: string, lengthMs: number, now: number): RateWindow {
    const name = `${lengthMs} ${pool}`;
    const beginsAt = now - (now % lengthMs);
    const known = this.open.get(name);
    if (known?.beginsAt === beginsAt) return known;
    this.open.delete(name);
    if (this.open.size >= WINDOWS_MAX) this.makeRoom(now);
    const window = { used: 0, beginsAt, endsAt: beginsAt + lengthMs };
    this.open.set(name, window);
    return window;
  }

  private makeRoom(now: number): void {
    const sweep = Math.floor(now / SWEEP_MS);
    if (sweep !== this.sweptIn) for (const [name, { endsAt }] of this.open) if (endsAt <= now) this.open.delete(name);
    this.sweptIn = sweep;
    const [oldest] = this.open.keys();
    if (this.open.size >= WINDOWS_MAX && oldest !== undefined) this.open.delete(oldest);
  }
}
