type Field = string | number | boolean | undefined;

/** One JSON line for operators. Fields are plain values: no request bodies, headers or objects, so no secret fits in. */
export function log(level: "info" | "warn" | "error", event: string, fields: Record<string, Field> = {}): void {
  console[level](JSON.stringify({ level, event, ...fields }));
}

/** What went wrong, for the log only; callers get a problem document without it. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
