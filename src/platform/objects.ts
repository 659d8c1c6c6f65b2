const ATTEMPTS_MAX = 3;
const PAUSE_MS = 20;

/**
 * Calls a Durable Object. A call that the runtime marks as retryable is tried again on a fresh stub (an exception breaks the
 * old one), so it must be idempotent by a key; an overloaded object is never called again, the caller gets 503.
 */
export async function callObject<Stub, Answer>(
  fresh: () => Stub,
  call: (stub: Stub) => Promise<Answer>,
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call(fresh());
    } catch (error) {
      if (!isRetryable(error) || attempt === ATTEMPTS_MAX) throw error;
      await new Promise((resume) => setTimeout(resume, PAUSE_MS * attempt));
    }
  }
}

/** Flags that workerd sets on exceptions of Durable Object calls. */
const isRetryable = (error: unknown): boolean =>
  error instanceof Error &&
  "retryable" in error &&
  error.retryable === true &&
  !("overloaded" in error && error.overloaded);
