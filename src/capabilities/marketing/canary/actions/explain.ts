import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../../platform/context.ts";
import { ok, type Result } from "../../../../platform/result.ts";
import type * as contract from "../contract.ts";
import { CONTROL, tagOf } from "../contract.ts";
import { explainRules, type Verdict } from "../rules/choose.ts";
import { Facts } from "../rules/facts.ts";
import type { Rule } from "../rules/rule.ts";
import { shownFacts } from "../rules/words.ts";
import { readRules } from "../store.ts";
import { ready } from "./known-rules.ts";

type Asked = z.infer<NonNullable<typeof contract.explainDecision.body>>;
type Explained = z.infer<typeof contract.explanation>;

/** What a request with these headers would meet, from the rules as they are stored now. */
export async function explainDecision(ctx: Ctx, asked: Asked): Promise<Result<Explained>> {
  const facts = new Facts({ ...asked, headers: new Headers(asked.headers), tenant: ctx.tenant.id });
  const verdicts = explainRules(ready(await readRules(ctx.env, ctx.tenant.id)).all, facts);
  const decided = verdicts.find((it) => it.outcome === "decides")?.rule;
  const arm = decided && isReachable(ctx, decided) ? decided.arm : CONTROL;
  return ok({
    arm,
    tag: tagOf(arm),
    rule_id: decided?.id ?? null,
    why: reason(ctx, decided),
    facts: Object.fromEntries(shownFacts.map((name) => [name, facts[name]])),
    rules: verdicts.map(onWire),
  });
}

const isReachable = (ctx: Ctx, { target }: Rule): boolean => target === "feature" || ctx.env.CANARY !== undefined;

function reason(ctx: Ctx, decided: Rule | undefined): string {
  if (!decided) return "No rule that is on is true for this request.";
  const first = `“${decided.name}” is the first rule that is on and true.`;
  return isReachable(ctx, decided)
    ? first
    : `${first} But no canary Worker is deployed here, so the request stays in control.`;
}

const onWire = ({ rule, ...verdict }: Verdict): Explained["rules"][number] => ({
  id: rule.id,
  name: rule.name,
  arm: rule.arm,
  ...verdict,
});
