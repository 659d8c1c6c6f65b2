import type { Condition } from "../../../../platform/expressions/explain.ts";
import { flawText } from "../../../../platform/expressions/flaw.ts";
import type { Expression } from "../../../../platform/expressions/language.ts";
import type { Facts } from "./facts.ts";
import type { Rule } from "./rule.ts";

/** A rule whose condition is compiled. */
export interface ReadyRule {
  rule: Rule;
  condition: Expression<Facts, boolean>;
}

/** A rule counts while it is enabled and its guard has not switched it off. */
export const isOn = ({ isEnabled, offAt }: Pick<Rule, "isEnabled" | "offAt">): boolean => isEnabled && offAt === null;

/** The first rule that is true; one that cannot be evaluated is not. `rules` are on and in the order of their positions. */
export function chooseRule(rules: readonly ReadyRule[], facts: Facts): Rule | undefined {
  for (const { rule, condition } of rules) {
    facts.ruleId = rule.id;
    const judged = condition.evaluate(facts);
    if (judged.ok && judged.value) return rule;
  }
  return undefined;
}

export interface Verdict {
  rule: Rule;
  outcome: "decides" | "true_but_later" | "false" | "fails" | "off";
  error: string | null;
  bucket: number;
  conditions: Condition[];
}

/** What every rule makes of these facts, also those that are off or come too late. */
export function explainRules(rules: readonly ReadyRule[], facts: Facts): Verdict[] {
  const on = rules.filter((it) => isOn(it.rule));
  const chosen = chooseRule(on, facts);
  return rules.map(({ rule, condition }) => {
    facts.ruleId = rule.id;
    const judged = condition.evaluate(facts);
    return {
      rule,
      outcome: !isOn(rule)
        ? "off"
        : !judged.ok
          ? "fails"
          : !judged.value
            ? "false"
            : rule === chosen
              ? "decides"
              : "true_but_later",
      error: judged.ok ? null : flawText(judged.flaw),
      bucket: facts.bucket,
      conditions: condition.explain(facts).conditions,
    };
  });
}
