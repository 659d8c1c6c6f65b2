import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { log } from "../../../../platform/log.ts";
import { callObject } from "../../../../platform/objects.ts";
import { addCalls, type Calls, NO_CALLS } from "../rules/guard.ts";
import type { Rule } from "../rules/rule.ts";
import { switchOff } from "../store.ts";
import { changeRules } from "./known-rules.ts";

/** An isolate tells the guard this often how requests fare, and at once of an error. */
const REPORT_MS = 1_000;
/** A report that was cut off with its request holds back the next ones no longer than this. */
const REPORTING_MS = 3_000;
const RULES_MAX = 1_000;

interface Notes {
  /** Not yet reported. */
  calls: Calls;
  lastReport: number;
  /** While a report is on its way, what comes meanwhile waits for the next. */
  reportingUntil: number;
}

const notes = new Map<string, Notes>();

export const guardOf = (env: Env, { tenantId, id }: Pick<Rule, "tenantId" | "id">) =>
  env.CANARY_GUARD.getByName(`${tenantId}:${id}`);

/** Notes how one request of an arm fared; answers what is to be reported now, if anything. */
export function noteCall(rule: Rule, { failed, ms }: { failed: boolean; ms: number }, now: number): Calls | undefined {
  if (notes.size >= RULES_MAX && !notes.has(rule.id)) notes.clear();
  const known = notes.get(rule.id) ?? { calls: NO_CALLS, lastReport: 0, reportingUntil: 0 };
  const one = { calls: 1, failed: Number(failed), slow: Number(ms > rule.guard.slow_ms), failedInARow: Number(failed) };
  notes.set(rule.id, { ...known, calls: addCalls(known.calls, one) });
  return takeDue(rule, now);
}

function takeDue(rule: Rule, now: number): Calls | undefined {
  const known = notes.get(rule.id);
  if (!known || now < known.reportingUntil) return undefined;
  const { calls, lastReport } = known;
  if (calls.failed === 0 && now - lastReport < REPORT_MS) return undefined;
  notes.set(rule.id, { calls: NO_CALLS, lastReport: now, reportingUntil: now + REPORTING_MS });
  return calls;
}

/** Tells the guard; when it says that the arm breaks its promise, the rule is switched off with the reason. */
export async function reportCalls(ctx: Ctx, rule: Rule, calls: Calls): Promise<void> {
  const { breach } = await callObject(
    () => guardOf(ctx.env, rule),
    async (stub) => await stub.report(calls, rule.guard),
  );
  if (breach !== null) return rollBack(ctx, rule, breach);
  const known = notes.get(rule.id);
  if (known) notes.set(rule.id, { ...known, reportingUntil: 0 });
  const failedMeanwhile = known && known.calls.failed > 0 ? takeDue(rule, ctx.now()) : undefined;
  if (failedMeanwhile) await reportCalls(ctx, rule, failedMeanwhile);
}

async function rollBack(ctx: Ctx, rule: Rule, why: string): Promise<void> {
  notes.delete(rule.id);
  log("warn", "canary_rolled_back", { tenant: rule.tenantId, rule: rule.id, arm: rule.arm, why });
  const happening = { type: "canary.rolled_back", payload: { rule_id: rule.id, arm: rule.arm, why } };
  await changeRules(ctx, () => commit(ctx, [switchOff(ctx.env, rule, { offAt: ctx.now(), offWhy: why })], [happening]));
}
