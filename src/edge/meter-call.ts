import { admitCall, type Client, costOfCall } from "../capabilities/money/usage/actions/admit-call.ts";
import { type Call, recordCall, writeReceipt } from "../capabilities/money/usage/actions/record-call.ts";
import { admitCall as admitLicensed, priceOf } from "../capabilities/selling/reservations/actions/admit-call.ts";
import type { Actor, Ctx } from "../platform/context.ts";
import type { AnyLine } from "../platform/contract.ts";
import type { Refused } from "../platform/result.ts";
import { countBytes } from "./count-bytes.ts";
import { type Outcome, renderAnswer, statusOf } from "./render-answer.ts";

/** Bound once: each look at the global `Buffer` is a call out of JavaScript. */
const { byteLength } = Buffer;

type Act = () => Promise<Outcome>;

/** Serves the call of an API key if its plan has room for one more; the answer says what is left and brings its receipt. */
export async function meterCall(ctx: Ctx, client: Client, line: AnyLine, act: Act): Promise<Response> {
  const startedAt = Date.now();
  const { result, headers, leftInMonth, chargeId } = await admitCall(ctx, client, line);
  const outcome = result.ok ? await act() : { result };
  const { keyId, plan } = client;
  const late = Date.now() - startedAt > plan.lateAfterMs;
  const call = { ...(chargeId && { id: chargeId }), client: keyId, plan: plan.name, late };
  const priceOf = (bytes: number) => costOfCall(client, bytes);
  return answerMetered(ctx, line, outcome, { result, headers, leftInMonth }, { call, priceOf });
}

/** Serves a partner's call if its licence allows one more; the answer says how many are left, whatever it is. */
export async function meterLicence(
  ctx: Ctx,
  licence: Extract<Actor, { kind: "licence" }>,
  line: AnyLine,
  act: Act,
): Promise<Response> {
  const admission = await admitLicensed(ctx, licence);
  const outcome = admission.result.ok ? await act() : { result: admission.result };
  const call = { client: licence.licenceId, plan: `reservations ${licence.plan}`, late: false };
  return answerMetered(ctx, line, outcome, admission, {
    call,
    priceOf: () => priceOf(licence.plan),
    areBytesFree: true,
  });
}

interface Admission {
  result: { ok: true } | Refused;
  headers: Record<string, string>;
  leftInMonth: number;
}

interface Terms {
  call: Pick<Call, "id" | "client" | "plan" | "late">;
  /** Of a good call with so many bytes. */
  priceOf: (bytes: number) => number;
  areBytesFree?: boolean;
}

/** Failures are free. A call that got no room was counted nowhere and is not booked; that of a stream is booked at its end. */
function answerMetered(
  ctx: Ctx,
  line: AnyLine,
  outcome: Outcome,
  { result, headers, leftInMonth: remaining }: Admission,
  { call, priceOf, areBytesFree = false }: Terms,
): Response {
  const { meter } = line.billing;
  const status = statusOf(outcome, line);
  const units = Number(status >= 200 && status < 300);
  const book = (bytes: number, micros: number) =>
    recordCall(ctx, { ...call, bytes, micros, meter, route: line.id, status, units });
  const bytes = units > 0 && !areBytesFree ? byteLength(outcome.body ?? "") : 0;
  const micros = units * priceOf(bytes);
  const counted = areBytesFree ? undefined : counting(outcome, (all) => book(all, units * priceOf(all)));
  if (result.ok && !counted) book(bytes, micros);
  const receipt = writeReceipt(ctx, { meter, units, micros, remaining });
  return renderAnswer(counted ?? outcome, line, ctx, { ...headers, "souk-usage": receipt });
}

/** The outcome whose stream says at its end how many bytes it carried; undefined for one without a stream. */
function counting({ result }: Outcome, ended: (bytes: number) => void): Outcome | undefined {
  if (!result.ok || !(result.value instanceof ReadableStream)) return undefined;
  return { result: { ...result, value: countBytes(result.value, ended) } };
}
