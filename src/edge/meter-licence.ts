import { admitCall } from "../capabilities/selling/reservations/actions/admit-call.ts";
import type { Actor, Ctx } from "../platform/context.ts";
import { gatewayRefusals, problem } from "./render-problem.ts";

/** Serves a partner's call if its licence allows one more; the answer says how many are left, whatever it is. */
export async function meterLicence(
  ctx: Ctx,
  licence: Extract<Actor, { kind: "licence" }>,
  serve: () => Promise<Response>,
): Promise<Response> {
  const { result, headers } = await admitCall(ctx, licence);
  const answer = result.ok ? await serve() : problem(result, gatewayRefusals[result.code], ctx.requestId);
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
  return answer;
}
