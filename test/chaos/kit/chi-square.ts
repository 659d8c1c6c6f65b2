const PARTS = 10;

/**
 * How likely it is that a fair draw ties the order of arrival to the order of the draw at least this much: Pearson's chi-square
 * over tenths of both, 81 degrees of freedom, by the approximation of Wilson and Hilferty.
 */
export function drawChance(arrived: readonly string[], drawn: readonly string[]): number {
  const arrival = new Map(arrived.map((id, at) => [id, Math.floor((at * PARTS) / arrived.length)]));
  const table = Array.from({ length: PARTS * PARTS }, () => 0);
  for (const [at, id] of drawn.entries()) {
    const cell = Math.floor((at * PARTS) / drawn.length) * PARTS + (arrival.get(id) ?? 0);
    table[cell] = (table[cell] ?? 0) + 1;
  }
  const expected = drawn.length / (PARTS * PARTS);
  const statistic = table.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = (PARTS - 1) ** 2;
  const spread = 2 / (9 * freedom);
  const deviation = (Math.cbrt(statistic / freedom) - (1 - spread)) / Math.sqrt(spread);
  return Number(upperTail(deviation).toFixed(4));
}

/** The share of a normal distribution above `z` (Abramowitz and Stegun 26.2.17, error below 1e-7). */
function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const series = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const sum = series.reduceRight((total, factor) => (total + factor) * t, 0);
  return (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
