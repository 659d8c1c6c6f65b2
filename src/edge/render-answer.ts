import type { Ctx } from "../platform/context.ts";
import type { AnyLine } from "../platform/contract.ts";
import type { Result } from "../platform/result.ts";
import { gatewayRefusals } from "./render-problem.ts";
import { renderRefusal } from "./render-refusal.ts";
import { apiAnswer } from "./secure-answers.ts";

/** What a call came to, before it is an answer. */
export interface Outcome {
  result: Result<unknown, string>;
  /** The answer's body; where there is none, `result` is a stream or an answer without one. */
  body?: string | Uint8Array;
  /** The answer of an opened socket, which comes from its object and cannot be changed. */
  socket?: Response;
}

export function statusOf({ result, socket }: Outcome, line: AnyLine): number {
  if (socket) return socket.status;
  if (result.ok) return ((result.instead && line.answer.instead) || line.answer).status;
  return statusOfRefusal(result.code, line);
}

/** The answer, with `headers` besides those that all answers have. */
export function renderAnswer(outcome: Outcome, line: AnyLine, ctx: Ctx, headers?: Record<string, string>): Response {
  const { result, body, socket } = outcome;
  if (socket) return socket;
  const status = statusOf(outcome, line);
  if (!result.ok) return renderRefusal(line, result, { status, requestId: ctx.requestId, headers });
  const own = { "x-request-id": ctx.requestId, "server-timing": ctx.timing.header(), ...headers };
  const type = line.answer.type ?? "application/json";
  return apiAnswer(status === 204 ? null : (body ?? (result.value as BodyInit)), status, type, own);
}

/** A code that neither the line nor the gateway declares is a bug: the type of `serve` forbids it. */
function statusOfRefusal(code: string, line: AnyLine): number {
  const status = line.refusals[code] ?? GATEWAY_STATUS.get(code);
  if (status === undefined) throw new Error(`${line.id} refuses with ${code}, which it does not declare`);
  return status;
}

const GATEWAY_STATUS = new Map<string, number>(Object.entries(gatewayRefusals));
