/** The last part of a value's life, in which it is loaded anew. */
const RENEWAL_PART = 0.25;

interface Kept<Value> {
  value: Value;
  until: number;
  isRenewed: boolean;
}

/**
 * What this isolate read lately, with a lifetime in milliseconds and a bound on entries (oldest out first).
 * It keeps values, never promises: a promise shared between requests would be killed by the runtime as hung.
 */
export class Memory<Value> {
  private readonly kept = new Map<string, Kept<Value>>();
  private forgotten = 0;

  constructor(
    private readonly lifeMs: number,
    private readonly entriesMax: number,
  ) {}

  get(key: string, now = Date.now()): Value | undefined {
    const entry = this.kept.get(key);
    return entry && entry.until > now ? entry.value : undefined;
  }

  /**
   * The value, loaded where there is none; also that there was nothing is a value. Towards the end of its life one caller loads it
   * anew while all others go on with it, so a busy key is read once a life and not by everybody who finds it gone. Its life is
   * counted from before the reading.
   */
  async read(key: string, load: () => Promise<Value>): Promise<Value> {
    const now = Date.now();
    const known = this.kept.get(key);
    const leftMs = known ? known.until - now : 0;
    if (known && leftMs > 0) {
      if (known.isRenewed || leftMs > this.lifeMs * RENEWAL_PART) return known.value;
      known.isRenewed = true;
    }
    const { forgotten } = this;
    const value = await load();
    // What was read before a change must not be kept after it.
    return forgotten === this.forgotten ? this.set(key, value, now) : value;
  }

  set(key: string, value: Value, now = Date.now()): Value {
    this.kept.delete(key);
    if (this.kept.size >= this.entriesMax) {
      const oldest = this.kept.keys().next();
      if (!oldest.done) this.kept.delete(oldest.value);
    }
    this.kept.set(key, { value, until: now + this.lifeMs, isRenewed: false });
    return value;
  }

  forget(key: string): void {
    this.forgotten++;
    this.kept.delete(key);
  }

  clear(): void {
    this.forgotten++;
    this.kept.clear();
  }
}
