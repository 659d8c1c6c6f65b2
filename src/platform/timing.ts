/** Collects `Server-Timing` entries (W3C Server Timing). In production the clock stands still between I/O, so only waits show. */
export class Timing {
  private readonly spans: string[] = [];
  private readonly startedAt = performance.now();

  async measure<T>(name: string, work: Promise<T>): Promise<T> {
    const from = performance.now();
    try {
      return await work;
    } finally {
      this.spans.push(`${name};dur=${(performance.now() - from).toFixed(1)}`);
    }
  }

  header(): string {
    return [...this.spans, `total;dur=${(performance.now() - this.startedAt).toFixed(1)}`].join(", ");
  }
}
