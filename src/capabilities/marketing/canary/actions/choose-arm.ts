import type { Ctx, Tenant } from "../../../../platform/context.ts";
import { CONTROL } from "../contract.ts";
import { chooseRule } from "../rules/choose.ts";
import { Facts, type Seen } from "../rules/facts.ts";
import type { Rule } from "../rules/rule.ts";
import { knownRules, type RuleSet } from "./known-rules.ts";
import { ruleOfPreview } from "./preview.ts";

type Waiting = Pick<Ctx, "env" | "waitUntil">;

/** What a request tells that the choice needs; who asks is only worked out when a rule looks at the bucket. */
export interface Asked extends Omit<Seen, "subject"> {
  subject: (wantsSubject: boolean) => string;
  /** What the preview cookie holds. */
  preview: string | undefined;
}

export interface Choice {
  rule: Rule;
  /** A preview is nobody's ordinary visit: it does not count for the rule's guard. */
  isPreview: boolean;
}

/** The rule of the set that a request falls under; undefined for control. */
export function chooseArm({ env, rules, asked }: { env: Env; rules: RuleSet; asked: Asked }): Choice | undefined {
  const { all, on, wantsSubject } = rules;
  const hasCanary = env.CANARY !== undefined;
  const isReachable = ({ target }: Rule) => target === "feature" || hasCanary;
  if (asked.preview !== undefined) {
    const id = ruleOfPreview(env, asked.tenant, asked.preview, Date.now());
    const previewed = all.find((it) => it.rule.id === id)?.rule;
    if (previewed && isReachable(previewed)) return { rule: previewed, isPreview: true };
  }
  if (on.length === 0) return undefined;
  const facts = new Facts({ ...asked, subject: asked.subject(wantsSubject) });
  const reachable = hasCanary ? on : on.filter((it) => isReachable(it.rule));
  const rule = chooseRule(reachable, facts);
  return rule && { rule, isPreview: false };
}

/** The shop as it is in an arm: its own theme and terms with the arm's overlay. */
export async function wearArm(waiting: Waiting, tenant: Tenant, arm: string): Promise<Tenant> {
  if (arm === CONTROL || tenant.id === "") return tenant;
  const overlay = (await knownRules(waiting, tenant.id)).overlays.get(arm);
  if (!overlay) return tenant;
  const { theme = {}, payment_window_minutes = tenant.settings.paymentWindowMinutes } = overlay;
  const { accent = tenant.theme["accent"], accent_dark = tenant.theme["accent_dark"] } = theme;
  return {
    ...tenant,
    theme: { ...tenant.theme, ...(accent && { accent }), ...(accent_dark && { accent_dark }) },
    settings: { ...tenant.settings, paymentWindowMinutes: payment_window_minutes },
  };
}
