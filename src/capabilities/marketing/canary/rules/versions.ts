/** Whether `version` is `least` or newer, number by number: 8.10 is newer than 8.9, and 8.2 is 8.2.0. What is no version is older. */
export function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [numbersOf(version), numbersOf(least)];
  if (!have || !want) return false;
  for (let i = 0; i < Math.max(have.length, want.length); i++) {
    const difference = (have[i] ?? 0) - (want[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** The numbers before any `-` or `+` (semver.org, clauses 9 and 10). */
function numbersOf(version: string): number[] | undefined {
  const core = /^v?(\d{1,9}(?:\.\d{1,9}){0,5})(?:[-+].*)?$/.exec(version)?.[1];
  return core?.split(".").map(Number);
}
