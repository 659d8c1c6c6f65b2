import type { Ctx } from "../../../../platform/context.ts";
import { readOrdersOfEmail } from "../store.ts";

/** Older ones are found by their own links. */
const ORDERS_MAX = 1_000;

/**
 * The orders that somebody placed with this address (its `emailKey`), newest first. For accounts alone, once the address is proven:
 * nobody else may learn them. Addresses outside of ASCII are found only as they were typed.
 */
export async function ordersOfEmail(
  { env, tenant }: Pick<Ctx, "env" | "tenant">,
  emailKey: string,
): Promise<{ orderId: string; placedAt: number }[]> {
  const found = await readOrdersOfEmail(env, tenant.id, emailKey, ORDERS_MAX);
  return found.map((it) => ({ orderId: it.id, placedAt: Date.parse(it.placedAt) }));
}
