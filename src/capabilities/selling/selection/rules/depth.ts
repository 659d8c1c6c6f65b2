/**
 * How well a count fits between bounds, undefined when it does not. More is better by doubling: as many again as were asked for
 * halve what is missing to 1. Below a max, less is better.
 */
export function depth(count: number, min: number, max: number | undefined): number | undefined {
  if (count < min || (max !== undefined && count > max)) return undefined;
  return max === undefined ? 1 - 0.5 ** ((count + 1) / (min + 1)) : 1 - (count - min) / (max - min + 1);
}

export const wanted = (min: number, max: number | undefined): string =>
  max === undefined ? `at least ${min}` : `${min} to ${max}`;
