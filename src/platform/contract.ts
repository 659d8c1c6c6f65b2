import type { z } from "@hono/zod-openapi";
import type { Ctx } from "./context.ts";
import type { Result } from "./result.ts";

/**
 * When an operation is paid.
 * `pre-charge`: its price is held, durably and exactly, before the call, which is refused without any effect where it is not covered.
 * `post-usage` (unless said otherwise): admitted by bundles, then charged for what it turned out to be, with the bytes of its answer.
 * `async-batch`: as before, and what it sets going books its units later, in one sum under a name of its own.
 */
export type BillingHook = "pre-charge" | "post-usage" | "async-batch";

/** What a call costs and how often it may be made; the gateway and the OpenAPI document (`x-billing-*`) read it. */
export interface Billing {
  meter: string;
  /** Calls per second. */
  rateLimit: number;
  quotaScope: "per-api-key" | "per-tenant";
  tier: "basic" | "premium" | "enterprise";
  hook?: BillingHook;
}

/** `visitor`: anybody; what they may see hangs on what they hold (a cart id, an order token). `shopper`: signed in to an account. */
export type Who = "visitor" | "shopper" | "staff" | "operator";

/** One line of the public promise: an HTTP operation with its shapes, refusals and price. */
export interface Line<Params, Query, Body, Answer, Code extends string, Other = never> {
  id: string;
  method: "get" | "post" | "put" | "patch" | "delete";
  /** Below `/api/v1`, with OpenAPI parameters: `/stock/{sku}`. */
  path: string;
  summary: string;
  description?: string;
  who: Who;
  /** `<capability>:read` or `<capability>:write`, for staff. */
  scope?: string;
  /** Whether a partner may call it by a reservation licence too. */
  licensed?: true;
  /** Whether it keeps a promise made before, and so is served while the shop is suspended or closed, or its capability off. */
  keepsPromise?: true;
  /** Whether it changes nothing although its method is not GET: a test key may call it. */
  readsOnly?: true;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** A body as somebody would send it; the documentation shows it and its samples of code send it. */
  example?: object;
  /** A body that is streamed to the action as `upload` instead of parsed. */
  upload?: { type: string; bytesMax: number };
  /** A body that reaches the action as raw text in `raw`, with all headers: signatures are checked over the bytes as sent. */
  rawBody?: true;
  answer: {
    status: 200 | 201 | 202 | 204;
    shape?: z.ZodType<Answer>;
    type?: string;
    /** Another good answer, which the action gives as `okInstead`. */
    instead?: { status: 200 | 202; shape: z.ZodType<Other> };
  };
  /** Every refusal this operation may answer, with its HTTP status. */
  refusals: { [code in Code]: number };
  /** `oauth`: refusals below 500 are `{error, error_description}` (RFC 6749, section 5.2), the one exception to problem documents. */
  refusalsAs?: "oauth";
  /** Whether the operation takes an `Idempotency-Key` header, which reaches the action as `key`. */
  key?: "required" | "optional";
  billing: Billing;
}

export type AnyLine = Line<unknown, unknown, unknown, unknown, string, unknown>;

/** What reaches an action besides its parsed parameters, query and body. */
export interface Envelope {
  /** The `Idempotency-Key`, where the line takes one. */
  key?: string;
  upload?: ReadableStream<Uint8Array>;
  raw?: string;
  headers?: Headers;
  /** The request itself, for an action that answers a WebSocket. */
  request?: Request;
}

export function operation<Params, Query, Body, Answer, Code extends string, Other = never>(
  line: Line<Params, Query, Body, Answer, Code, Other>,
): Line<Params, Query, Body, Answer, Code, Other> {
  return line;
}

export type Action<Input, Answer, Code extends string> = (ctx: Ctx, input: Input) => Promise<Result<Answer, Code>>;

/** A contract line with the action that keeps it. */
export interface Served {
  line: AnyLine;
  act: Action<unknown, unknown, string>;
  /** Answers in the place of `act` when the caller asks for a WebSocket; an answer of `act` is what each message looks like. */
  socket?: Action<unknown, Response, string>;
}

/** Pairs a line with its action; the action may only refuse with codes that the line declares. */
export function serve<Params, Query, Body, Answer, Code extends string, Other>(
  line: Line<Params, Query, Body, Answer, Code, Other>,
  act: Action<Params & Query & Body & Envelope, Answer | Other, Code>,
  socket?: Action<Params & Query & Body & Envelope, Response, Code>,
): Served {
  // The one cast: from here on the pipeline feeds each action only what its own line parsed.
  return { line, act, socket } as unknown as Served;
}
