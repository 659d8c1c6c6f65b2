interface Kept<Value> {
  value: Value;
  until: number;
}

/**
 * What this isolate read lately, with a lifetime in milliseconds and a bound on entries (oldest out first).
 * It keeps values, never promises: a promise shared between requests would be killed by the runtime as hung.
 */
export class Memory<Value> {
  private readonly kept = new Map<string, Kept<Value>>();

  constructor(
    private readonly lifeMs: number,
    private readonly entriesMax: number,
  ) {}

  get(key: string, now = Date.now()): Value | undefined {
    const entry = this.kept.get(key);
    return entry && entry.until > now ? entry.value : undefined;
  }

  set(key: string, value: Value, now = Date.now()): Value {
    this.kept.delete(key);
    if (this.kept.size >= this.entriesMax) {
      const oldest = this.kept.keys().next();
      if (!oldest.done) this.kept.delete(oldest.value);
    }
    this.kept.set(key, { value, until: now + this.lifeMs });
    return value;
  }

  forget(key: string): void {
    this.kept.delete(key);
  }

  clear(): void {
    this.kept.clear();
  }
}
