import { changeKept, Kept } from "../../../../platform/cache/kept.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { log } from "../../../../platform/log.ts";
import { Memory } from "../../../../platform/memory.ts";
import { isOn, type ReadyRule } from "../rules/choose.ts";
import type { Overlay, Rule } from "../rules/rule.ts";
import { words } from "../rules/words.ts";
import { readRules } from "../store.ts";

/** A change is live everywhere when all three are over; where it was made, at once. */
const FRESH_MS = 1_000;
const STALE_MS = 1_000;
const QUIET_MS = 1_000;
const SHOPS_MAX = 5_000;

type Waiting = Pick<Ctx, "env" | "waitUntil">;

/** A shop's rules, ready to be asked. */
export interface RuleSet {
  all: readonly ReadyRule[];
  on: readonly ReadyRule[];
  /** Whether any rule that is on looks at the visitor's bucket. */
  wantsSubject: boolean;
  overlays: ReadonlyMap<string, Overlay>;
}

const byTenant = new Kept<RuleSet>({
  name: "canary-rules",
  freshMs: FRESH_MS,
  staleMs: STALE_MS,
  entriesMax: SHOPS_MAX,
  sharedSeconds: 0,
});

/** Hosts whose shop has no rules: most requests find theirs here and are done. */
const quietHosts = new Memory<true>(QUIET_MS, SHOPS_MAX);

export const isQuiet = (host: string): boolean => quietHosts.get(host) === true;

export const noteQuiet = (host: string): void => void quietHosts.set(host, true);

export const knownRules = (waiting: Waiting, tenantId: string): Promise<RuleSet> =>
  byTenant.read(waiting, tenantId, { load: async () => ready(await readRules(waiting.env, tenantId)) });

/** A change of a shop's rules, after which this isolate reads them anew. */
export async function changeRules<Answer>(ctx: Ctx, change: () => Promise<Answer>): Promise<Answer> {
  const answer = await changeKept(ctx, { kept: [{ of: byTenant, keys: [ctx.tenant.id] }], tags: [] }, change);
  quietHosts.clear();
  return answer;
}

export function ready(rules: readonly Rule[]): RuleSet {
  const all = rules.flatMap((rule) => {
    const compiled = words.compile(rule.condition, "bool");
    if (compiled.ok) return [{ rule, condition: compiled.value }];
    log("error", "canary_rule_unreadable", { tenant: rule.tenantId, rule: rule.id, detail: compiled.detail });
    return [];
  });
  const on = all.filter((it) => isOn(it.rule));
  return {
    all,
    on,
    wantsSubject: on.some((it) => it.condition.uses.has("bucket")),
    overlays: new Map(all.flatMap(({ rule }) => (rule.overlay ? [[rule.arm, rule.overlay]] : []))),
  };
}
