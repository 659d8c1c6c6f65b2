/**
 * Whether `held` opens what needs the scope `wanted`. `*` opens everything, `*:read` and `*:write` everything of their kind, and
 * `!keys:write` keeps one scope closed whatever else would open it. A line without a scope is open to all.
 */
export function holdsScope(held: readonly string[], wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  if (held.includes(`!${wanted}`)) return false;
  return held.includes("*") || held.includes(wanted) || held.includes(`*:${wanted.slice(wanted.indexOf(":") + 1)}`);
}
