import { isQuiet } from "../capabilities/marketing/canary/actions/known-rules.ts";
import { noteCall, reportCalls } from "../capabilities/marketing/canary/actions/watch-arm.ts";
import { CONTROL } from "../capabilities/marketing/canary/contract.ts";
import { describe, log } from "../platform/log.ts";
import { refused } from "../platform/result.ts";
import { type Chosen, chooseArm } from "./choose-arm.ts";
import { armOf, isUntagged, tagAnswer, tagRequest } from "./gray-tag.ts";
import { requestIdOf } from "./open-request.ts";
import { gatewayRefusals, problem } from "./render-problem.ts";
import { serveCanaryAsset } from "./serve-canary-asset.ts";
import { systemContext } from "./system-context.ts";

/** Its answers carry the tag of control. */
type Serve = (request: Request) => Response | Promise<Response>;

/** A reader that has waited so long for the canary is answered by the stable Worker. */
const CANARY_ANSWER_MS = 5_000;

/**
 * Serves a request in the arm that the shop's rules choose for it. In the canary Worker the choice was made by the stable one in
 * front of it, and the request carries it. A shop without rules pays a look into this isolate's memory.
 */
export function serveByArm(
  request: Request,
  env: Env,
  exec: ExecutionContext,
  serve: Serve,
): Response | Promise<Response> {
  const [, host = "", path = ""] = ADDRESS.exec(request.url) ?? [];
  if (path !== "canary-build" && isQuiet(host) && isUntagged(request)) return serve(request);
  return serveAsked(request, host, env, exec, serve);
}

async function serveAsked(
  request: Request,
  host: string,
  env: Env,
  exec: ExecutionContext,
  serve: Serve,
): Promise<Response> {
  const asset = serveCanaryAsset(request, env);
  if (asset) return asset;
  if (env.RELEASE === "canary") return tagAnswer(await serve(request), armOf(request.headers));
  const { chosen, cookie } = await chooseArm(request, host, env, exec);
  if (!chosen) return tagAnswer(await serve(tagRequest(request, CONTROL)), CONTROL, cookie);
  const { answer, arm } = await serveArm(request, env, exec, chosen, serve);
  return tagAnswer(answer, arm, cookie);
}

/** The host and the first segment of the path. */
const ADDRESS = /^https?:\/\/([^/:?#]+)(?::\d+)?\/?([^/?#]*)/;

/** What the arm answers; a read that fails there is answered by control as if there were no arm. */
async function serveArm(
  request: Request,
  env: Env,
  exec: ExecutionContext,
  chosen: Chosen,
  serve: Serve,
): Promise<{ answer: Response; arm: string }> {
  const { rule, isPreview } = chosen;
  const isSafe = (request.method === "GET" || request.method === "HEAD") && !request.headers.has("upgrade");
  const startedAt = Date.now();
  const answer = await attempt(() => {
    const tagged = tagRequest(request, rule.arm);
    return rule.target === "canary" && env.CANARY ? askCanary(env.CANARY, tagged, isSafe) : serve(tagged);
  });
  const failed = answer === undefined || answer.status >= 500;
  if (!isPreview) watch(env, exec, chosen, { failed, ms: Date.now() - startedAt });
  if (failed && isSafe) {
    await answer?.body?.cancel();
    return { answer: await serve(tagRequest(request, CONTROL)), arm: CONTROL };
  }
  return { answer: answer ?? notAnswered(request), arm: rule.arm };
}

/** Headers of an answer from elsewhere cannot be changed, so it is made ours; its body streams on. */
async function askCanary(canary: Fetcher, request: Request, isSafe: boolean): Promise<Response> {
  const answer = await canary.fetch(request, isSafe ? { signal: AbortSignal.timeout(CANARY_ANSWER_MS) } : {});
  return answer.webSocket ? answer : new Response(answer.body, answer);
}

async function attempt(work: () => Response | Promise<Response>): Promise<Response | undefined> {
  try {
    return await work();
  } catch (error) {
    log("warn", "canary_failed", { error: describe(error) });
    return undefined;
  }
}

/** Whether a write happened is not known, so it is not tried again here: the caller has the key for that. */
const notAnswered = (request: Request): Response =>
  problem(
    refused("internal_error", "No answer came back. Ask again with the same Idempotency-Key, or look what was done."),
    gatewayRefusals.internal_error,
    requestIdOf(request.headers.get("x-request-id")),
  );

/** Counts the request for the rule's guard, after the answer. */
function watch(
  env: Env,
  exec: ExecutionContext,
  { rule, tenantId }: Chosen,
  call: { failed: boolean; ms: number },
): void {
  const due = noteCall(rule, call, Date.now());
  if (!due) return;
  const report = async () => {
    const ctx = await systemContext(env, exec, tenantId);
    if (ctx) await reportCalls(ctx, rule, due);
  };
  exec.waitUntil(report().catch((error) => log("warn", "canary_unreported", { error: describe(error) })));
}
