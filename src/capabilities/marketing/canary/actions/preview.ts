import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../../platform/context.ts";
import { ok, type Result } from "../../../../platform/result.ts";
import { sign, verify } from "../../../../platform/signatures.ts";
import type * as contract from "../contract.ts";
import { readRule } from "../store.ts";
import { unknownRule } from "./refusals.ts";

const PURPOSE = "canary-preview";
const MINUTE_MS = 60_000;

/** `<rule>.<last millisecond>.<signature>` for one shop: what a preview link and its cookie hold. */
const TOKEN = /^(car_[0-9a-z]{26})\.(\d{13})\.([\w-]{32})$/;

export async function createPreview(
  ctx: Ctx,
  { id, minutes }: { id: string; minutes: number },
): Promise<Result<z.infer<typeof contract.preview>, "unknown_rule">> {
  if (!(await readRule(ctx.env, ctx.tenant.id, id))) return unknownRule;
  const until = ctx.now() + minutes * MINUTE_MS;
  const token = `${id}.${until}.${sign(ctx.env.SOUK_SECRET, PURPOSE, textOf(ctx.tenant.id, id, until))}`;
  return ok({
    url: `${ctx.origin}/canary/preview/${token}`,
    leave_url: `${ctx.origin}/canary/leave`,
    expires_at: new Date(until).toISOString(),
  });
}

/** The rule that a token shows, while it is valid for this shop. */
export function ruleOfPreview(env: Env, tenantId: string, token: string, now: number): string | undefined {
  const [, id = "", until = "", signature = ""] = TOKEN.exec(token) ?? [];
  if (Number(until) <= now) return undefined;
  return verify(env.SOUK_SECRET, PURPOSE, textOf(tenantId, id, Number(until)), signature) ? id : undefined;
}

const textOf = (tenantId: string, id: string, until: number): string => `${tenantId}\n${id}\n${until}`;
