import { type Address, type Written, writeInput } from "./address.ts";
import { waitBeforeRetry } from "./decide-retry.ts";
import type { TokenSource } from "./fetch-token.ts";
import {
  clientProblem,
  type Problem,
  readLimits,
  readProblem,
  readReceipt,
  readValue,
  type Told,
} from "./read-answer.ts";

/** How long one sending may take, in milliseconds, unless the caller says otherwise. */
const ANSWER_MS = 30_000;
const PATIENCE_MS = 30_000;

/** What a caller may say about one call. */
export interface CallOptions {
  /** The `Idempotency-Key`; made anew for each call when left out. The same key and input have one effect, whenever they are sent. */
  key?: string;
  headers?: Readonly<Record<string, string>>;
  /** Ends the call; it is then rejected with the signal's reason. */
  signal?: AbortSignal;
}

/** Where and as whom calls are made. */
export interface Connection {
  /** Without a slash at its end. */
  base: string;
  apiKey?: string;
  tokens?: TokenSource;
  send: typeof fetch;
  headers: Readonly<Record<string, string>>;
  patienceMs?: number;
  answerMs?: number;
}

type Came =
  | { ok: true; value: ReturnType<typeof JSON.parse>; call: Told }
  | { ok: false; problem: Problem; call: Told };

/** Sends one call until it is answered for good: the same bytes with the same key each time. */
export async function sendCall(
  connection: Connection,
  address: Address,
  input: Readonly<Record<string, unknown>>,
  options: CallOptions,
): Promise<Came> {
  const written = writeInput(connection.base, address, input);
  const key = address.takesKey ? (options.key ?? crypto.randomUUID()) : undefined;
  const isRepeatable = key !== undefined || !["POST", "PATCH"].includes(address.method);
  let mayRenew = true;
  let renew = false;
  for (let attempt = 1; ; attempt++) {
    const told = { key, attempts: attempt };
    const authorization = await authorizationOf(connection, renew);
    if (!authorization.ok)
      return { ok: false, problem: authorization.problem, call: { ...told, status: 0, limits: [] } };
    renew = false;
    const answer = await sendOnce(connection, address, written, { ...options, key }, authorization.header);
    if (answer instanceof Response && answer.status === 401 && connection.tokens && mayRenew && !written.isStream) {
      mayRenew = false;
      renew = true;
      continue;
    }
    const retried = { attempt, isRepeatable, patienceMs: connection.patienceMs ?? PATIENCE_MS, chance: Math.random() };
    const waitMs = written.isStream ? undefined : waitBeforeRetry({ ...retried, ...seenIn(answer) });
    if (waitMs === undefined) return came(answer, told);
    if (answer instanceof Response) await answer.body?.cancel();
    await pause(waitMs, options.signal);
  }
}

async function authorizationOf(
  { apiKey, tokens }: Connection,
  renew: boolean,
): Promise<{ ok: true; header?: string } | { ok: false; problem: Problem }> {
  if (apiKey !== undefined) return { ok: true, header: `Bearer ${apiKey}` };
  if (!tokens) return { ok: true };
  const got = await tokens({ renew });
  return got.ok ? { ok: true, header: `Bearer ${got.token}` } : got;
}

/** One answer, or why there is none. Only the caller's own signal rejects. */
async function sendOnce(
  { send, headers, answerMs = ANSWER_MS }: Connection,
  { method }: Address,
  { url, body, contentType, isStream }: Written,
  options: CallOptions,
  authorization: string | undefined,
): Promise<Response | { failure: string }> {
  const timeout = AbortSignal.timeout(answerMs);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  const sent = new Headers({ ...headers, ...(contentType && { "content-type": contentType }), ...options.headers });
  if (authorization) sent.set("authorization", authorization);
  if (options.key) sent.set("idempotency-key", options.key);
  try {
    return await send(url, { method, headers: sent, body, signal, ...(isStream && { duplex: "half" }) });
  } catch (error) {
    options.signal?.throwIfAborted();
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

function seenIn(answer: Response | { failure: string }): { status?: number; retryAfterSeconds?: number } {
  if (!(answer instanceof Response)) return {};
  const seconds = answer.headers.get("retry-after") ?? "";
  return { status: answer.status, ...(/^\d+$/.test(seconds) && { retryAfterSeconds: Number(seconds) }) };
}

async function came(answer: Response | { failure: string }, told: Pick<Told, "key" | "attempts">): Promise<Came> {
  if (!(answer instanceof Response)) {
    const problem = clientProblem("no_answer", 0, `Whether the call had an effect is unknown: ${answer.failure}`);
    return { ok: false, problem, call: { ...told, status: 0, limits: [] } };
  }
  const { status, headers } = answer;
  const requestId = headers.get("x-request-id") ?? undefined;
  const call = { ...told, status, requestId, receipt: readReceipt(headers), limits: readLimits(headers) };
  if (!answer.ok) return { ok: false, problem: await readProblem(answer), call };
  return { ok: true, value: await readValue(answer), call };
}

const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
