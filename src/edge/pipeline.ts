import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { capabilities } from "../capabilities/index.ts";
import type { App } from "../platform/capability.ts";
import { describe, log } from "../platform/log.ts";
import { refused } from "../platform/result.ts";
import { storefront } from "../storefront/pages.tsx";
import { docsPages, openApiDocument } from "./document-operations.ts";
import { nameRequest, openRequest } from "./open-request.ts";
import { ownOperations } from "./own-operations.ts";
import { refuseCrossSite } from "./refuse-cross-site.ts";
import { gatewayRefusals, problem } from "./render-problem.ts";
import { securePages } from "./secure-answers.ts";
import { serveOperation } from "./serve-operations.ts";

/**
 * READ FIRST: what happens to every request.
 *
 *   API:   name the request -> find the shop -> know the caller -> authorise -> key -> parse -> act -> render   (serve-operations.ts)
 *   pages: headers and nonce -> name the request -> find the shop -> know the caller -> same site -> page
 */
export const pipeline = new Hono<App>();

for (const served of [...ownOperations, ...capabilities.flatMap((it) => it.operations)]) {
  const path = `/api/v1${served.line.path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
  pipeline.on(served.line.method.toUpperCase(), path, (c) => serveOperation(c, served));
}
pipeline.get("/api/v1/openapi.json", (c) => c.json(openApiDocument(new URL(c.req.url).origin)));
pipeline.all("/api/*", (c) =>
  problem(refused("not_found", "There is no such operation. See /api/v1/openapi.json."), 404, nameRequest(c)),
);

const openPage = createMiddleware<App>(async (c, next) => {
  const opened = await openRequest(c);
  if (!opened.ok) return problem(opened, gatewayRefusals[opened.code], c.var.requestId);
  await next();
  c.res.headers.set("x-request-id", opened.value.requestId);
  c.res.headers.set("server-timing", opened.value.timing.header());
});

pipeline.use("*", securePages, openPage, refuseCrossSite);
pipeline.route("/", docsPages);
for (const { pages } of capabilities) if (pages) pipeline.route("/", pages);
pipeline.route("/", storefront);

pipeline.onError((error, c) => {
  const requestId = c.get("requestId") ?? nameRequest(c);
  log("error", "request_failed", { requestId, path: c.req.path, error: describe(error) });
  const isOverloaded = "overloaded" in error && error.overloaded === true;
  const refusal = isOverloaded
    ? refused("overloaded", "Too many requests for the same thing right now.", { retryAfterSeconds: 1 })
    : refused("internal_error", "Something went wrong on our side. Quote the request id when you ask about it.");
  return problem(refusal, gatewayRefusals[refusal.code], requestId);
});
