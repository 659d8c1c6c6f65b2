/** Everything that happened in a run, as one number: two runs with the same one took the same way. */
export class Trace {
  events = 0;
  private high = 0x811c9dc5;
  private low = 0x9e3779b1;
  /** The last things that happened, for whoever looks into a failure. */
  readonly last: string[] = [];

  constructor(private readonly keeps = 0) {}

  note(what: unknown): void {
    const text = typeof what === "string" ? what : (JSON.stringify(what) ?? "");
    this.events += 1;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      this.high = Math.imul(this.high ^ code, 0x01000193);
      this.low = Math.imul(this.low + code, 0x85ebca6b) ^ (this.low >>> 13);
    }
    if (this.keeps === 0) return;
    this.last.push(text.slice(0, 400));
    if (this.last.length > this.keeps) this.last.shift();
  }

  get hash(): string {
    return (this.high >>> 0).toString(16).padStart(8, "0") + (this.low >>> 0).toString(16).padStart(8, "0");
  }
}
