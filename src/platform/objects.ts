const ATTEMPTS_MAX = 3;
const PAUSE_MS = 20;

/** What an object answers that has too much to do: nothing was decided. */
export interface Busy {
  outcome: "busy";
}

export type Decided<Answer> = Exclude<Answer, Busy>;

/**
 * Calls a Durable Object. A call that the runtime marks as retryable is tried again on a fresh stub (an exception breaks the
 * old one), so it must be idempotent by a key; an overloaded or busy object is never called again, the caller gets 503.
 */
export async function callObject<Stub, Answer>(
  fresh: () => Stub,
  call: (stub: Stub) => Promise<Answer>,
): Promise<Decided<Answer>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await call(fresh());
      if (isDecided(answer)) return answer;
      throw tooBusy();
    } catch (error) {
      if (!isRetryable(error) || attempt === ATTEMPTS_MAX) throw error;
      await new Promise((resume) => setTimeout(resume, PAUSE_MS * attempt));
    }
  }
}

/** Whether an object was not asked or did not decide because it has too much to do: nothing happened, and it may be asked later. */
export const isOverload = (error: unknown): boolean =>
  error instanceof Error && "overloaded" in error && error.overloaded === true;

/** Made when first thrown: an error that is made while modules load makes V8 parse the whole bundle a second time for its stack. */
const tooBusy = (): Error => {
  madeBusy ??= Object.assign(new Error("the object has too much to do"), { overloaded: true });
  return madeBusy;
};
let madeBusy: Error | undefined;

const isDecided = <Answer>(answer: Answer): answer is Decided<Answer> =>
  typeof answer !== "object" || answer === null || !("outcome" in answer) || answer.outcome !== "busy";

/** Flags that workerd sets on exceptions of Durable Object calls. */
const isRetryable = (error: unknown): boolean =>
  error instanceof Error && "retryable" in error && error.retryable === true && !isOverload(error);
