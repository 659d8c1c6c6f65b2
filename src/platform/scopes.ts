/**
 * Whether `held` opens what needs the scope `wanted`. `*` opens everything, `*:read` and `*:write` everything of their kind, and
 * `!keys:write` keeps one scope closed whatever else would open it. A line without a scope is open to all. A wish for all of a kind
 * is more than `held` where one of that kind is closed.
 */
export function holdsScope(held: readonly string[], wanted: string | undefined): boolean {
  if (wanted === undefined || held.includes("*")) return true;
  if (held.includes(`!${wanted}`)) return false;
  const kind = wanted.slice(wanted.indexOf(":"));
  if (wanted.startsWith("*") && held.some((it) => it.startsWith("!") && it.endsWith(kind))) return false;
  return held.includes(wanted) || held.includes(`*${kind}`);
}
