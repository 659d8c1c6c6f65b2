import type { Shape } from "../../../../../durable-objects/stock/divisible-counter.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { askCounter } from "./ask-counter.ts";

/**
 * Begins to bring a SKU to this many shards (1 to `SLOTS`) while it sells; the answer tells how many there were and whether the
 * buyers' slots are still on their way.
 */
export async function reshard(
  ctx: Ctx,
  { sku, shards }: { sku: string; shards: number },
): Promise<Result<Shape & { before: number }, "unknown_sku">> {
  const shape = await askCounter(ctx, sku, async (stub) => await stub.reshard(shards));
  return shape ? ok(shape) : unknownSku(sku);
}

/** How a SKU is divided, and what its counters had to tell each other so far. */
export async function readShape(ctx: Ctx, { sku }: { sku: string }): Promise<Result<Shape, "unknown_sku">> {
  const shape = await askCounter(ctx, sku, async (stub) => await stub.shape());
  return shape ? ok(shape) : unknownSku(sku);
}

const unknownSku = (sku: string) => refused("unknown_sku", `No stock was ever set for ${sku}.`);
