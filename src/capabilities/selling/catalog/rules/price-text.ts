import { AMOUNT_MAX } from "../../../../platform/money.ts";

const DECIMAL = /^(\d+)(?:\.(\d*))?$/;

/**
 * Minor units of a decimal price as files write it ("50", "9.99", "0.0"), for a currency of `digits` decimals. Undefined for
 * anything else: signs, separators, exponents, more decimals than the currency has, more than Souk's largest amount.
 */
export function readPrice(text: string, digits: number): number | undefined {
  const [, whole, decimals = ""] = DECIMAL.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const kept = decimals.replace(/0+$/, "");
  if (kept.length > digits) return undefined;
  const amount = Number(`${whole}${kept.padEnd(digits, "0")}`);
  return amount <= AMOUNT_MAX ? amount : undefined;
}

/** The price with exactly as many decimals as the currency has. */
export function writePrice(amount: number, digits: number): string {
  if (digits === 0) return String(amount);
  const text = String(amount).padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
