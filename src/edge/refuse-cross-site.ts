import { createMiddleware } from "hono/factory";
import type { App } from "../platform/capability.ts";
import { refused } from "../platform/result.ts";
import { problem } from "./render-problem.ts";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Pages act with the shopper's cookie, so every unsafe request must come from this very origin: Origin must be given and
 * match (Sec-Fetch-Site too, where the browser sends it). The API takes no cookie and needs no such rule.
 */
export const refuseCrossSite = createMiddleware<App>(async (c, next) => {
  if (SAFE.has(c.req.method)) return next();
  const site = c.req.header("sec-fetch-site");
  const isOwn = c.req.header("origin") === c.var.ctx.origin && (site === undefined || site === "same-origin");
  if (!isOwn)
    return problem(
      refused("cross_site_request", "This form was not sent from the shop's own page."),
      403,
      c.var.requestId,
    );
  return next();
});
