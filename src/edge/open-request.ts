import type { Context } from "hono";
import { wearArm } from "../capabilities/marketing/canary/actions/choose-arm.ts";
import { CONTROL } from "../capabilities/marketing/canary/contract.ts";
import type { App } from "../platform/capability.ts";
import type { Ctx } from "../platform/context.ts";
import type { Who } from "../platform/contract.ts";
import { ok, type Result, refused } from "../platform/result.ts";
import { Timing } from "../platform/timing.ts";
import { authenticate } from "./authenticate.ts";
import { armOf } from "./gray-tag.ts";
import { identifyTenant } from "./identify-tenant.ts";
import { knowMember } from "./know-member.ts";

const REQUEST_ID = /^[\w.-]{8,128}$/;

/** The caller's X-Request-Id where it is one, else a new id. */
export const requestIdOf = (given: string | null | undefined): string =>
  given && REQUEST_ID.test(given) ? given : crypto.randomUUID();

export function nameRequest(c: Context<App>): string {
  const requestId = requestIdOf(c.req.header("x-request-id"));
  c.set("requestId", requestId);
  return requestId;
}

/** Finds the shop by host and the caller by key: the context that everything behind works with. */
export async function openRequest(
  c: Context<App>,
  who?: Who,
): Promise<Result<Ctx, "malformed_header" | "unauthenticated" | "wrong_shop" | "cross_site_request">> {
  const requestId = nameRequest(c);
  const timing = new Timing();
  const url = URL.parse(c.req.url);
  if (url?.username !== "") return refused("malformed_header", "The Host header names no host.");
  const arm = armOf(c.req.raw.headers);
  const waitUntil = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
  const own = await identifyTenant(c.env, url);
  const tenant = arm === CONTROL ? own : await wearArm({ env: c.env, waitUntil }, own, arm);
  const actor = await authenticate(c.env, c.req.raw.headers, tenant, url.origin);
  const strangeToken = who && !actor.ok && actor.code === "unauthenticated" ? tokenIn(c.req.raw.headers) : undefined;
  if (!actor.ok && strangeToken === undefined) return actor;
  const ctx: Ctx = {
    env: c.env,
    tenant,
    actor: actor.ok ? actor.value : { kind: "visitor" },
    requestId,
    address: c.req.header("cf-connecting-ip"),
    origin: url.origin,
    now: () => Date.now(),
    arm,
    timing,
    waitUntil,
  };
  if (strangeToken !== undefined) ctx.strangeToken = strangeToken;
  // Where a shopper is asked for, a member who shops is one.
  if (actor.ok && actor.value.kind === "visitor" && who !== "shopper") {
    const member = await knowMember(ctx, c.req.raw, url.pathname);
    if (!member.ok) return member;
    ctx.actor = member.value ?? actor.value;
  }
  c.set("ctx", ctx);
  return ok(ctx);
}

/** What looks like a JWT. */
const tokenIn = (headers: Headers): string | undefined =>
  /^Bearer ([\w-]{1,1000}\.[\w-]{1,4000}\.[\w-]{1,1000})$/.exec(headers.get("authorization") ?? "")?.[1];
