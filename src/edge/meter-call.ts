import { admitCall, type Client, costOfCall } from "../capabilities/money/usage/actions/admit-call.ts";
import { type Call, recordCall, writeReceipt } from "../capabilities/money/usage/actions/record-call.ts";
import { admitCall as admitLicensed, priceOf } from "../capabilities/selling/reservations/actions/admit-call.ts";
import type { Actor, Ctx } from "../platform/context.ts";
import type { AnyLine } from "../platform/contract.ts";
import type { Refused } from "../platform/result.ts";
import { countBytes } from "./count-bytes.ts";
import { gatewayRefusals } from "./render-problem.ts";
import { renderRefusal } from "./render-refusal.ts";

/** An answer and its body; where it has a body that is not named here, that is a stream. */
export interface Answered {
  answer: Response;
  body?: string | Uint8Array;
}

type Serve = () => Promise<Answered>;

/** Serves the call of an API key if its plan has room for one more; the answer says what is left and brings its receipt. */
export async function meterCall(ctx: Ctx, client: Client, line: AnyLine, serve: Serve): Promise<Response> {
  const startedAt = Date.now();
  const { result, headers, leftInMonth, chargeId } = await admitCall(ctx, client, line);
  const { answer, body } = result.ok ? await serve() : refusal(line, result, ctx);
  const { keyId, plan } = client;
  const late = Date.now() - startedAt > plan.lateAfterMs;
  const call = { ...(chargeId && { id: chargeId }), client: keyId, plan: plan.name, late };
  const priceOf = (bytes: number) => (answer.ok ? costOfCall(client, bytes) : 0);
  const bookBytes = (bytes: number) => book(ctx, line, answer, { ...call, bytes, micros: priceOf(bytes) });
  const bytes = answer.ok ? Buffer.byteLength(body ?? "") : 0;
  const isStream = answer.ok && body === undefined && answer.body !== null;
  const given = isStream ? new Response(countBytes(answer.body, bookBytes), answer) : answer;
  if (result.ok && !isStream) bookBytes(bytes);
  return withReceipt(ctx, line, given, { headers, micros: priceOf(bytes), remaining: leftInMonth });
}

/** Serves a partner's call if its licence allows one more; the answer says how many are left, whatever it is. */
export async function meterLicence(
  ctx: Ctx,
  licence: Extract<Actor, { kind: "licence" }>,
  line: AnyLine,
  serve: Serve,
): Promise<Response> {
  const { result, headers, leftInMonth } = await admitLicensed(ctx, licence);
  const served = result.ok ? await serve() : refusal(line, result, ctx);
  const micros = served.answer.ok ? priceOf(licence.plan) : 0;
  const call = { client: licence.licenceId, plan: `reservations ${licence.plan}`, bytes: 0, late: false, micros };
  if (result.ok) book(ctx, line, served.answer, call);
  return withReceipt(ctx, line, served.answer, { headers, micros, remaining: leftInMonth });
}

const refusal = (line: AnyLine, result: Refused<keyof typeof gatewayRefusals>, ctx: Ctx): Answered => ({
  answer: renderRefusal(line, result, gatewayRefusals[result.code], ctx.requestId),
});

/** Failures are free. A call that got no room was counted nowhere and is not booked. */
const book = (
  ctx: Ctx,
  line: AnyLine,
  { ok, status }: Response,
  call: Omit<Call, "meter" | "route" | "status" | "units">,
): void => recordCall(ctx, { meter: line.billing.meter, route: line.id, status, units: Number(ok), ...call });

interface Receipt {
  headers: Record<string, string>;
  micros: number;
  /** Calls that the month still allows. */
  remaining: number;
}

function withReceipt(ctx: Ctx, line: AnyLine, answer: Response, { headers, micros, remaining }: Receipt): Response {
  // A socket's answer comes from its object and cannot be changed.
  if (answer.webSocket) return answer;
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
  const { meter } = line.billing;
  answer.headers.set("souk-usage", writeReceipt(ctx, { meter, units: Number(answer.ok), micros, remaining }));
  return answer;
}
