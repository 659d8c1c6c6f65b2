import type { Ctx } from "../../../../platform/context.ts";
import { type Level, mirroredSkus, mirrorLevel, readLevels, replaceLevel } from "../store.ts";
import { askCounter, askShard } from "./ask-counter.ts";

/** SKUs that the mirror knows, in order, from after `after`. */
export const stockedSkus = (ctx: Ctx, after: string, limit: number): Promise<string[]> =>
  mirroredSkus(ctx.env, ctx.tenant.id, after, limit);

/** What the mirror says, by SKU. */
export async function readMirror(ctx: Ctx, skus: readonly string[]): Promise<Map<string, Level>> {
  const rows = await readLevels(ctx.env, ctx.tenant.id, skus);
  return new Map(
    [...rows].map(([sku, { onHand, reserved, sold, version }]) => [sku, { onHand, reserved, sold, version }]),
  );
}

/** What a SKU's counter says of the whole, and of each shard, if it is divided, what it and its parent say. */
export interface Standing {
  whole: Level;
  /** `heard` is what the parent knew before the shard itself was asked; `own` is missing where the shard knows nothing. */
  shards: { shard: number; heard: Level; own?: Level }[];
}

/** What the counters say, by SKU; SKUs that were never stocked are missing. One call for a SKU in one piece. */
export async function readCounters(ctx: Ctx, skus: readonly string[]): Promise<Map<string, Standing>> {
  const standings = await Promise.all(skus.map((sku) => readCounter(ctx, sku)));
  return new Map(skus.flatMap((sku, i) => (standings[i] ? [[sku, standings[i]] as const] : [])));
}

async function readCounter(ctx: Ctx, sku: string): Promise<Standing | undefined> {
  const standing = await askCounter(ctx, sku, async (stub) => await stub.standing());
  if (!standing) return undefined;
  if (standing.heard.length === 0) return { whole: standing.own, shards: [] };
  const shards = await Promise.all(
    standing.heard.map(async ({ shard, level: heard }) => {
      const its = await askShard(ctx, sku, shard, async (stub) => await stub.standing());
      return { shard, heard, own: its?.own };
    }),
  );
  const whole = await hearShards(ctx, sku);
  return { whole: whole ?? standing.own, shards };
}

/** Has the parent of a divided SKU hear its shards anew; answers the whole. */
export const hearShards = (ctx: Ctx, sku: string): Promise<Level | undefined> =>
  askCounter(ctx, sku, async (stub) => await stub.snapshot());

/** Brings one mirror row from what was `seen` to what its counter says. Doing it again, or too late, changes nothing. */
export async function repairMirror(
  ctx: Ctx,
  sku: string,
  { seen, expected }: { seen: Level | undefined; expected: Level | undefined },
): Promise<void> {
  const of = { tenantId: ctx.tenant.id, sku };
  if (seen) await replaceLevel(ctx.env, of, seen, expected, ctx.now());
  else if (expected) await mirrorLevel(ctx.env, of, expected, ctx.now());
}
