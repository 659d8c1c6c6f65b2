import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../platform/context.ts";
import { ok, type Result } from "../../../platform/result.ts";
import { readShape, reshard } from "../../selling/stock/actions/shards.ts";
import type * as contract from "./contract.ts";
import { SAFE_CONVERSIONS_PER_SECOND, shardsFor } from "./rules.ts";

type Adjusted = z.infer<typeof contract.adjustedCapacity>;
type Capacity = z.infer<typeof contract.readCapacity>;

/** Idempotent: the same target again changes nothing. */
export async function adjustAutoscale(
  ctx: Ctx,
  { sku, target_conversions }: { sku: string; target_conversions: number },
): Promise<Result<Adjusted, "unknown_sku">> {
  const shape = await reshard(ctx, { sku, shards: shardsFor(target_conversions) });
  return shape.ok ? ok({ ...onWire(sku, shape.value), shards_before: shape.value.before }) : shape;
}

export async function readAutoscale(ctx: Ctx, { sku }: { sku: string }): Promise<Result<Capacity, "unknown_sku">> {
  const shape = await readShape(ctx, { sku });
  if (!shape.ok) return shape;
  const { owners, asks, callIns, reports, unitsOut, unitsIn } = shape.value;
  const slots = Array.from(
    { length: Math.max(...owners) + 1 },
    (_, shard) => owners.filter((it) => it === shard).length,
  );
  return ok({
    ...onWire(sku, shape.value),
    slots,
    parent_messages: { asks, call_ins: callIns, reports },
    units_handed_out: unitsOut,
    units_called_in: unitsIn,
  });
}

const onWire = (sku: string, shape: { shards: number; epoch: number; isSettled: boolean }) => ({
  sku,
  shards: shape.shards,
  epoch: shape.epoch,
  state: shape.isSettled ? ("settled" as const) : ("moving" as const),
  safe_conversions: shape.shards * SAFE_CONVERSIONS_PER_SECOND,
});
