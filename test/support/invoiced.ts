import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { issueInvoices } from "../../src/capabilities/money/invoices/actions.ts";
import type { UsageEvent } from "../../src/capabilities/money/usage/rules.ts";
import { systemContext } from "../../src/edge/system-context.ts";

/** One good call of a bronze key, in September 2026 unless told. */
export const used = (client: string, id: string, more: Partial<UsageEvent> = {}): UsageEvent => ({
  id,
  at: Date.UTC(2026, 8, 15, 12),
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
  const months = [Date.UTC(2026, 7, 15), Date.UTC(2026, 8, 15)];
  await env.USAGE.getByName(shop).report(months.map((at) => used(client, `${client}-${at}`, { at })));
  await issue(shop);
  return `inv_2026-09_${client}_0`;
}
