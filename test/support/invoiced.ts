import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { issueInvoices } from "../../src/capabilities/money/invoices/actions.ts";
import type { UsageEvent } from "../../src/capabilities/money/usage/rules.ts";
import { systemContext } from "../../src/edge/system-context.ts";

/** A time (UTC) in the month so many months before the one that runs now. */
export function monthsAgo(count: number, day = 15, hour = 12): number {
  const now = new Date();
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count, day, hour);
}

/** The month that a time is in, as invoices name it: `2026-09`. */
export const monthName = (at: number): string => new Date(at).toISOString().slice(0, 7);

/** A month that is over and not too long ago for its invoices to be issued. */
export const BILLED = monthName(monthsAgo(2));

/** One good call of a bronze key, in the month BILLED unless told. */
export const used = (client: string, id: string, more: Partial<UsageEvent> = {}): UsageEvent => ({
  id,
  at: monthsAgo(2),
  client,
  plan: "bronze",
  meter: "orders_read",
  route: "listOrders",
  status: 200,
  bytes: 2_048,
  late: false,
  units: 1,
  micros: 2_000,
  arm: "control",
  ...more,
});

/** Runs the shop's hourly invoicing, as the schedule does. */
export async function issue(shop: string): Promise<void> {
  const exec = createExecutionContext();
  const ctx = await systemContext(env, exec, shop);
  if (!ctx) throw new Error(`There is no shop ${shop}.`);
  await issueInvoices(ctx);
  await waitOnExecutionContext(exec);
}

/** Two closed invoices of a client; answers the id of the later one. */
export async function invoiceOf(shop: string, client: string): Promise<string> {
  const months = [monthsAgo(3), monthsAgo(2)];
  await env.USAGE.getByName(shop).report(months.map((at) => used(client, `${client}-${at}`, { at })));
  await issue(shop);
  return `inv_${BILLED}_${client}_0`;
}
