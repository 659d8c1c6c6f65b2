import { addresses } from "./compiled/addresses.ts";
import type { GatewayCode, Operations } from "./compiled/operations.ts";
import { type ClientCredentials, tokenSource } from "./fetch-token.ts";
import type { ClientCode, Problem, Told } from "./read-answer.ts";
import { type CallOptions, sendCall } from "./send-call.ts";

/** Who calls which shop. Without a key or credentials, calls are a visitor's. */
export interface ConnectOptions {
  /** Where the shop answers: `https://lamps.example.com`. */
  url: string;
  /** `sk_live_...`, `sk_test_...`, `rsl_...` or `op_...`. */
  apiKey?: string;
  /** Instead of a key: tokens are fetched, kept and renewed. */
  oauth?: ClientCredentials;
  /** Sent with every call. */
  headers?: Readonly<Record<string, string>>;
  /** The longest wait before a call is sent again, in milliseconds (30,000). A longer `Retry-After` is left to you. */
  patienceMs?: number;
  /** The longest time for one sending, in milliseconds (30,000). */
  answerMs?: number;
  /** In the place of the global `fetch`. */
  fetch?: typeof fetch;
}

type OperationId = keyof Operations;
type Input<Id extends OperationId> = Operations[Id]["input"];

/** What a call came to: its value, or the problem with one of the codes that the operation declares, and what the answer told beside. */
export type Outcome<Value, Code extends string> =
  | { ok: true; value: Value; call: Told }
  | { ok: false; problem: Problem<Code>; call: Told };

/** Every operation of the platform as a function of its input: path, query and body side by side. */
export type Souk = {
  [Id in OperationId]: (
    ...given: Record<never, never> extends Input<Id>
      ? [input?: Input<Id>, options?: CallOptions]
      : [input: Input<Id>, options?: CallOptions]
  ) => Promise<Outcome<Operations[Id]["value"], Operations[Id]["code"] | GatewayCode | ClientCode>>;
};

/** Makes the functions; nothing is sent before one is called. */
export function connect(options: ConnectOptions): Souk {
  const { url, apiKey, oauth, headers = {}, patienceMs, answerMs, fetch: send = globalThis.fetch } = options;
  const base = url.replace(/\/+$/, "");
  const sending: typeof fetch = (...given) => send(...given);
  const tokens = oauth && tokenSource(base, oauth, sending);
  const connection = { base, apiKey, tokens, headers, patienceMs, answerMs, send: sending };
  const functions = Object.entries(addresses).map(([id, address]) => {
    const call: (input?: Record<string, unknown>, options?: CallOptions) => ReturnType<typeof sendCall> = (
      input = {},
      options = {},
    ) => sendCall(connection, address, input, options);
    return [id, call];
  });
  return Object.fromEntries(functions);
}

interface Page<Item> {
  data: Item[];
  next_cursor?: string | null;
}

/** A refusal as an error, for callers who can only go on when a call worked. */
export class Refused extends Error {
  readonly problem: Problem;
  readonly call: Told;

  constructor({ problem, call }: { problem: Problem; call: Told }) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = "Refused";
    this.problem = problem;
    this.call = call;
  }
}

/** The value of an outcome; throws `Refused` when there is none. */
export function orThrow<Value>(outcome: Outcome<Value, string>): Value {
  if (outcome.ok) return outcome.value;
  throw new Refused(outcome);
}

/** Every item of a list, page by page: `for await (const order of each(souk.listOrders, { state: "paid" }))`. Throws `Refused`. */
export async function* each<Query extends { cursor?: string } | undefined, Item>(
  list: (input: Query, options?: CallOptions) => Promise<Outcome<Page<Item>, string>>,
  query: NoInfer<NonNullable<Query>>,
  options?: CallOptions,
): AsyncGenerator<Item, void, undefined> {
  let cursor = query.cursor;
  do {
    const page = orThrow(await list({ ...query, cursor }, options));
    yield* page.data;
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
}
