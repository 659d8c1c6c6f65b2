import type { Capability } from "../platform/capability.ts";
import { ok, type Result, refused } from "../platform/result.ts";

export interface SwitchWish {
  name: string;
  enabled: boolean;
  /** Whether what hangs on it may be switched along. */
  together: boolean;
}

export type SwitchRefusal = "unknown_capability" | "capability_essential" | "capability_needed" | "needs_off";
type Listed = Pick<Capability, "name" | "needs" | "isEssential">;

/** Which capabilities change for the wish, itself first; a refusal names what hangs on it. */
export function decideSwitch(
  all: readonly Listed[],
  off: ReadonlySet<string>,
  { name, enabled, together }: SwitchWish,
): Result<string[], SwitchRefusal> {
  const wanted = all.find((it) => it.name === name);
  if (!wanted)
    return refused("unknown_capability", "There is no capability of this name: see GET /api/v1/capabilities.");
  if (!enabled && isEssential(all, name))
    return refused("capability_essential", `No shop can do without ${name}; it stays on.`);
  const along = enabled
    ? needsOf(all, name).filter((it) => off.has(it))
    : needersOf(all, name).filter((it) => !off.has(it));
  if (along.length > 0 && !together) return hangsOn(name, enabled, along);
  return ok([name, ...along].filter((it) => off.has(it) === enabled));
}

function hangsOn(name: string, enabled: boolean, along: string[]) {
  const how = 'Send "together": true to switch all of them.';
  return enabled
    ? refused("needs_off", `${name} needs ${along.join(", ")}, switched off. ${how}`, { facts: { needs: along } })
    : refused("capability_needed", `${along.join(", ")} cannot do without ${name}. ${how}`, {
        facts: { needed_by: along },
      });
}

/** Whether no shop can do without it, or something that no shop can do without needs it. */
export const isEssential = (all: readonly Listed[], name: string): boolean =>
  [name, ...needersOf(all, name)].some((it) => all.find((other) => other.name === it)?.isEssential);

/** All that it needs, and what that needs. */
const needsOf = (all: readonly Listed[], name: string): string[] =>
  spread(name, (it) => all.find((other) => other.name === it)?.needs ?? []);

/** All that needs it, and what needs that. */
export const needersOf = (all: readonly Listed[], name: string): string[] =>
  spread(name, (it) => all.filter((other) => other.needs.includes(it)).map((other) => other.name));

function spread(from: string, next: (name: string) => readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (name: string) => {
    for (const it of next(name))
      if (!found.has(it)) {
        found.add(it);
        visit(it);
      }
  };
  visit(from);
  found.delete(from);
  return [...found].sort();
}
