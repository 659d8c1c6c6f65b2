import { type ErrorHandler, Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { capabilities } from "../capabilities/index.ts";
import { CONTROL } from "../capabilities/marketing/canary/contract.ts";
import type { App } from "../platform/capability.ts";
import { describe, log } from "../platform/log.ts";
import { isOverload } from "../platform/objects.ts";
import { refused } from "../platform/result.ts";
import { storefront } from "../storefront/pages.tsx";
import { openApiDocument } from "./document-operations.ts";
import { docsPages } from "./document-pages.ts";
import { tagAnswer } from "./gray-tag.ts";
import { nameRequest, openRequest } from "./open-request.ts";
import { ownOperations } from "./own-operations.ts";
import { refuseCardForms } from "./refuse-card-forms.ts";
import { refuseCrossSite } from "./refuse-cross-site.ts";
import { refuseUnknownOperation } from "./refuse-unknown-operation.ts";
import { gatewayRefusals, problem } from "./render-problem.ts";
import { apiHeaders, securePages } from "./secure-answers.ts";
import { serveByArm } from "./serve-by-arm.ts";
import { serveFile } from "./serve-files.ts";
import { isKeepable, type RenderPage, serveKeptPage } from "./serve-kept-page.ts";
import { serveOperation } from "./serve-operations.ts";

/**
 * READ FIRST: what happens to every request.
 *
 *   first: choose the arm -> this Worker, or the canary Worker and this one where that fails   (serve-by-arm.ts)
 *   API:   name the request -> find the shop -> know the caller -> authorise -> shop open, capability on (refuse-shut-shop.ts)
 *          -> key -> parse -> act -> render   (serve-operations.ts)
 *   catalogue pages of visitors: kept ones are answered at once (serve-kept-page.ts), else as all
 *   pages: headers and nonce -> name the request -> find the shop -> know the caller -> same site -> no card data -> page
 *   files: name the request -> find the shop -> act -> render   (serve-files.ts)
 */
export const pipeline = {
  fetch: (request: Request, env: Env, exec: ExecutionContext): Response | Promise<Response> =>
    serveByArm(request, env, exec, (tagged) =>
      isApi(tagged.url)
        ? api.fetch(tagged, env, exec)
        : isKeepable(tagged)
          ? serveKeptPage(tagged, env, exec, renderPage)
          : renderPage(tagged, env, exec),
    ),
};

const isApi = (url: string): boolean => url.startsWith("/api/", url.indexOf("/", "https://".length));

/** Like answers of the API and kept pages, born with the tag of control. */
const renderPage: RenderPage = async (request, env, exec) => tagAnswer(await pages.fetch(request, env, exec), CONTROL);

/** Two routers, because an API call that matches one route only is served without any middleware chain. */
const api = new Hono<App>();
const pages = new Hono<App>();

const sellers = [{ name: "platform", operations: ownOperations }, ...capabilities];
const operations = sellers.flatMap((it) => it.operations);
for (const { name, operations: own } of sellers)
  for (const served of own) {
    const path = `/api/v1${served.line.path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
    api.on(served.line.method.toUpperCase(), path, (c) => serveOperation(c, served, name));
  }
api.get("/api/v1/openapi.json", (c) => c.json(openApiDocument(new URL(c.req.url).origin), 200, apiHeaders));
api.notFound((c) => refuseUnknownOperation(c.req, operations, nameRequest(c)));

const openPage = createMiddleware<App>(async (c, next) => {
  const opened = await openRequest(c);
  if (!opened.ok) return problem(opened, gatewayRefusals[opened.code], c.var.requestId);
  await next();
  c.res.headers.set("x-request-id", opened.value.requestId);
  c.res.headers.set("server-timing", opened.value.timing.header());
});

pages.route("/", docsPages);
for (const { name, files } of capabilities)
  for (const door of files ?? []) pages.on(door.method.toUpperCase(), door.path, (c) => serveFile(c, door, name));
pages.use("*", securePages, openPage, refuseCrossSite, refuseCardForms);
for (const { pages: own } of capabilities) if (own) pages.route("/", own);
pages.route("/", storefront);

const renderFailure: ErrorHandler<App> = (error, c) => {
  const requestId = c.get("requestId") ?? nameRequest(c);
  const isOverloaded = isOverload(error);
  // Shedding load must stay cheap: no stack for what is no failure.
  if (isOverloaded) log("warn", "overloaded", { requestId, path: c.req.path });
  else log("error", "request_failed", { requestId, path: c.req.path, error: describe(error) });
  const refusal = isOverloaded
    ? refused("overloaded", "Too many requests for the same thing right now.", { retryAfterSeconds: 1 })
    : refused("internal_error", "Something went wrong on our side. Quote the request id when you ask about it.");
  return problem(refusal, gatewayRefusals[refusal.code], requestId);
};
api.onError(renderFailure);
pages.onError(renderFailure);
