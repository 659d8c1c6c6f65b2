import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { runPlugins, strangeToken } from "../capabilities/money/gateway/actions/run-plugins.ts";
import { payerOf } from "../capabilities/money/usage/actions/admit-call.ts";
import type { App } from "../platform/capability.ts";
import { holdsCardData } from "../platform/card-data.ts";
import type { Ctx } from "../platform/context.ts";
import type { AnyLine, Envelope, Served } from "../platform/contract.ts";
import { type FieldError, ok, type Refused, type Result, refused } from "../platform/result.ts";
import { holdsScope } from "../platform/scopes.ts";
import { meterCall, meterLicence } from "./meter-call.ts";
import { openRequest } from "./open-request.ts";
import { JSON_BYTES_MAX, parseJson, readText } from "./read-body.ts";
import { refuseShut } from "./refuse-shut-shop.ts";
import { type Outcome, renderAnswer } from "./render-answer.ts";
import { gatewayRefusals } from "./render-problem.ts";
import { renderRefusal } from "./render-refusal.ts";
import { wordIssue } from "./word-issue.ts";

/** Printable ASCII, as in the IETF idempotency-key draft. */
const KEY = /^[\x21-\x7e]{1,255}$/;
/** Wrong fields that an answer names; a body can have a hundred thousand. */
const NAMED_FIELDS_MAX = 50;
/** Characters of a caller's own name for a field that an answer repeats. */
const NAME_CHARACTERS_MAX = 80;
/** A parameter that nobody reads is refused like an unknown field: whoever sends one believes that it does something. */
const NO_QUERY = z.strictObject({});

/** One API call, step by step: open -> plug-ins -> authorise -> shop open, capability on -> meter (who pays) -> key -> parse -> act -> render. */
export async function serveOperation(c: Context<App>, served: Served, capability: string): Promise<Response> {
  const opened = await openRequest(c, served.line.who);
  if (!opened.ok) {
    const status = gatewayRefusals[opened.code];
    return renderRefusal(served.line, opened, { status, requestId: c.var.requestId });
  }
  const ctx = opened.value;
  const passage = await runPlugins(ctx, { line: served.line });
  const stop = passage?.refusal ?? (ctx.strangeToken === undefined ? undefined : strangeToken);
  const answered = stop
    ? renderAnswer({ result: stop }, served.line, ctx)
    : await serveOpened(c, ctx, served, capability);
  return passage ? passage.close(answered) : answered;
}

async function serveOpened(c: Context<App>, ctx: Ctx, served: Served, capability: string): Promise<Response> {
  const refusal =
    authorise(ctx, served.line) ?? refuseForeignCookie(c, ctx) ?? refuseShut(ctx, served.line, capability);
  if (refusal) return renderAnswer({ result: refusal }, served.line, ctx);
  const act = () => serveInput(c, ctx, served);
  if (ctx.actor.kind === "licence") return meterLicence(ctx, ctx.actor, served.line, act);
  const payer = payerOf(ctx);
  return payer ? meterCall(ctx, payer, served.line, act) : renderAnswer(await act(), served.line, ctx);
}

async function serveInput(c: Context<App>, ctx: Ctx, { line, act, socket }: Served): Promise<Outcome> {
  const input = await readInput(c, line);
  if (!input.ok) return { result: input };
  if (socket && c.req.header("upgrade")?.toLowerCase() === "websocket") return openSocket(c, socket, input.value);
  const result = await act(ctx, input.value);
  if (!result.ok || line.answer.status === 204 || result.value instanceof ReadableStream) return { result };
  return { result, body: line.answer.type ? bytesOf(result.value) : JSON.stringify(result.value) };
}

const bytesOf = (value: unknown): string | Uint8Array => (value instanceof Uint8Array ? value : String(value));

/** A browser may open sockets from any page and sends its Origin along: only the shop's own pages are answered, and programs. */
async function openSocket(c: Context<App>, socket: NonNullable<Served["socket"]>, input: unknown): Promise<Outcome> {
  const { ctx } = c.var;
  const origin = c.req.header("origin");
  if (origin !== undefined && origin !== ctx.origin)
    return { result: refused("cross_site_request", "This socket was not opened by the shop's own page.") };
  const result = await socket(ctx, Object.assign({}, input, { request: c.req.raw }));
  return result.ok ? { result, socket: result.value } : { result };
}

function authorise({ actor, tenant }: Ctx, line: AnyLine): Refused | undefined {
  if (line.who === "operator")
    return actor.kind === "operator"
      ? undefined
      : refused("unauthenticated", "This call needs the platform operator's key.");
  if (tenant.id === "") return refused("unknown_host", "No shop answers on this host name.");
  if (actor.kind === "licence")
    return line.licensed ? undefined : refused("forbidden", "A reservation licence opens the reservation calls only.");
  if (actor.kind === "staff" && actor.isTest && line.method !== "get" && !line.readsOnly)
    return refused("test_key_reads_only", "A test key changes nothing. Send a live key: sk_live_...");
  if (line.who === "visitor" || actor.kind === "system") return undefined;
  if (line.who === "shopper")
    return actor.kind === "visitor" && actor.session !== undefined
      ? undefined
      : refused("unauthenticated", "Sign in: Authorization: Bearer shs_..., or the cookie of the shop's pages.");
  if (actor.kind !== "staff") return refused("unauthenticated", "Send a staff API key: Authorization: Bearer sk_...");
  if (!holdsScope(actor.scopes, line.scope))
    return refused(
      "forbidden",
      `${actor.member ? `The role ${actor.member.role}` : "This key"} lacks the scope ${line.scope}.`,
    );
  return undefined;
}

/** A browser adds its session cookie to whatever any page asks for; a page of ours says so by its Origin, a program by a key. */
function refuseForeignCookie(c: Context<App>, { actor, origin }: Ctx): Refused | undefined {
  if (actor.kind !== "visitor" || actor.session === undefined || c.req.method === "GET") return undefined;
  if (c.req.header("authorization") !== undefined || c.req.header("origin") === origin) return undefined;
  return refused("cross_site_request", "A call with the session cookie must come from the shop's own page.");
}

async function readInput(c: Context<App>, line: AnyLine): Promise<Result<unknown, string>> {
  const envelope: Envelope = {};
  if (line.key) {
    const key = c.req.header("idempotency-key");
    if (key === undefined && line.key === "required")
      return refused("key_required", "Send an Idempotency-Key header: a retry with the same key has no second effect.");
    if (key !== undefined && !KEY.test(key))
      return refused("malformed_header", "Idempotency-Key takes 1 to 255 printable ASCII characters.");
    if (key !== undefined) envelope.key = key;
  }
  const parts: unknown[] = [];
  const problems: FieldError[] = [];
  const take = (shape: z.ZodType | undefined, value: unknown) => {
    const parsed = shape?.safeParse(value, { error: wordIssue });
    if (parsed?.success) parts.push(parsed.data);
    else if (parsed) problems.push(...namedFields(parsed.error.issues));
  };
  if (line.params) take(line.params, c.req.param());
  if (!line.rawBody) {
    const query = readQuery(c.req.queries());
    if (!query.ok) return query;
    take(line.query ?? NO_QUERY, query.value);
  }
  const body = await readBody(c, line, envelope);
  if (!body.ok) return body;
  if (line.body) take(line.body, body.value);
  if (problems.length > 0)
    return refused("invalid_request", problems.map((it) => `${it.field}: ${it.detail}`).join(" "), {
      errors: problems,
    });
  return ok(Object.assign({}, ...parts, envelope));
}

/** Query parameters as one value each; a name given twice is refused, since programs disagree on which one counts. */
function readQuery(given: Record<string, string[]>): Result<Record<string, string>, "invalid_request"> {
  const parameters = Object.entries(given);
  const twice = parameters.find(([, values]) => values.length > 1);
  if (twice)
    return refused("invalid_request", `The query parameter ${twice[0].slice(0, NAME_CHARACTERS_MAX)} is given twice.`);
  return ok(Object.fromEntries(parameters.map(([name, [value = ""]]) => [name, value])));
}

async function readBody(c: Context<App>, line: AnyLine, envelope: Envelope): Promise<Result<unknown, string>> {
  const type = (c.req.header("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (line.upload) {
    if (type !== line.upload.type) return refused("unsupported_media_type", `Send the body as ${line.upload.type}.`);
    if (Number(c.req.header("content-length") ?? 0) > line.upload.bytesMax)
      return refused("body_too_large", `The body is larger than ${line.upload.bytesMax} bytes.`);
    envelope.upload = c.req.raw.body ?? new Blob([]).stream();
    return ok(undefined);
  }
  if (!line.body && !line.rawBody) return ok(undefined);
  if (line.body && type !== "application/json")
    return refused("unsupported_media_type", "Send the body as application/json.");
  const text = await readText(c.req.raw, JSON_BYTES_MAX);
  if (!text.ok) return text;
  if (line.rawBody) {
    envelope.raw = text.value;
    envelope.headers = c.req.raw.headers;
    return ok(undefined);
  }
  const parsed = parseJson(text.value);
  if (!parsed.ok) return parsed;
  // Digits may be written as escapes; what is stored is the parsed text.
  const isEscaped = text.value.includes("\\");
  if (holdsCardData(text.value) || (isEscaped && holdsCardData(JSON.stringify(parsed.value)))) return cardDataRefused;
  return parsed;
}

function namedFields(issues: readonly z.core.$ZodIssue[]): FieldError[] {
  const named: FieldError[] = [];
  for (const issue of issues) {
    named.push(...fieldErrors(issue));
    if (named.length >= NAMED_FIELDS_MAX) break;
  }
  return named;
}

const cardDataRefused = refused(
  "card_data_refused",
  "The body seems to hold a payment card number. Cards are entered at the payment provider only.",
);

/** Zod names the parent of an unknown key; the caller wants the key itself. */
function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map((part) => String(part).slice(0, NAME_CHARACTERS_MAX));
  if (issue.code === "unrecognized_keys")
    return issue.keys.slice(0, NAMED_FIELDS_MAX).map((key) => ({
      field: [...path, key.slice(0, NAME_CHARACTERS_MAX)].join("."),
      code: "unknown_field",
      detail: "There is no such field.",
    }));
  return [{ field: path.join(".") || "body", code: issue.code, detail: issue.message }];
}
