export interface Server {
  /** `http://localhost:8787`; shops answer below it as `http://<shop>.localhost:8787`. */
  origin: string;
  operatorKey: string;
  /** How long workerd took to listen. */
  startMs: number;
  runSchedules(): Promise<unknown>;
  close(): Promise<void>;
}

export function buildBundle(outdir?: string): string;
export function startServer(options?: { port?: number; state?: string; bundle?: string }): Promise<Server>;
