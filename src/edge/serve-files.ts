import type { Context } from "hono";
import type { App, FileDoor } from "../platform/capability.ts";
import { refused } from "../platform/result.ts";
import { openRequest } from "./open-request.ts";
import { refuseOff, refuseShutShop } from "./refuse-shut-shop.ts";
import { gatewayRefusals, problem } from "./render-problem.ts";

/**
 * One call for bytes: open -> act -> render. The answer's headers are the capability's, but for the request id. What is published
 * stays to be seen in a suspended shop, and with its capability off; nothing new comes in.
 */
export async function serveFile(
  c: Context<App>,
  { act, method, refusals }: FileDoor,
  capability: string,
): Promise<Response> {
  const opened = await openRequest(c);
  const { requestId } = c.var;
  if (!opened.ok) return problem(opened, gatewayRefusals[opened.code], requestId);
  if (opened.value.tenant.id === "")
    return problem(
      refused("unknown_host", "No shop answers on this host name."),
      gatewayRefusals.unknown_host,
      requestId,
    );
  const shut = refuseShutShop(opened.value) ?? refuseOff(opened.value, capability);
  if (shut && (method !== "get" || shut.code === "shop_closed"))
    return problem(shut, gatewayRefusals[shut.code], requestId);
  const done = await act(opened.value, c.req.raw, c.req.param());
  if (!done.ok) {
    const status = refusals[done.code];
    if (status === undefined) throw new Error(`a file door refuses with ${done.code}, which it does not declare`);
    return problem(done, status, requestId);
  }
  const answer = new Response(done.value.body, done.value);
  answer.headers.set("x-request-id", requestId);
  return answer;
}
