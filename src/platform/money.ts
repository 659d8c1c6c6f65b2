import { z } from "@hono/zod-openapi";

/** Integer minor units (fen, cents, yen) and an ISO 4217 currency code. */
export interface Money {
  amount: number;
  currency: string;
}

/** The largest amount Souk accepts: SQLite integers read through JavaScript stay exact below 2^53. */
export const AMOUNT_MAX = 9_000_000_000_000_000;

export const money = z
  .object({ amount: z.int().min(0).max(AMOUNT_MAX), currency: z.string().regex(/^[A-Z]{3}$/) })
  .openapi("Money");

/** Digits after the point in `currency`, by ISO 4217 as the runtime's ICU knows it (JPY 0, USD 2, KWD 3). */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Splits `total` over `weights` so that the parts sum to the whole: largest remainder, ties to the earlier part. */
export function allocate(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map((_, i) => (i === 0 ? total : 0));
  const exact = weights.map((weight) => (BigInt(total) * BigInt(weight)) / BigInt(sum));
  const parts = exact.map(Number);
  const rest = weights.map((weight, i) => ({ i, left: (BigInt(total) * BigInt(weight)) % BigInt(sum) }));
  rest.sort((a, b) => (a.left === b.left ? a.i - b.i : a.left > b.left ? -1 : 1));
  let missing = total - parts.reduce((a, b) => a + b, 0);
  for (const { i } of rest) {
    if (missing-- <= 0) break;
    parts[i] = (parts[i] ?? 0) + 1;
  }
  return parts;
}

/** Micros (millionths of a currency unit) as an amount with six decimals: 1500 is `0.001500`. */
export const asAmount = (micros: number): string => {
  const digits = String(Math.abs(micros)).padStart(7, "0");
  return `${micros < 0 ? "-" : ""}${digits.slice(0, -6)}.${digits.slice(-6)}`;
};
