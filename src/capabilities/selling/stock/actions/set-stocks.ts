import type { Ctx } from "../../../../platform/context.ts";
import type { Statement } from "../../../../platform/db.ts";
import { type Level, mirrorLevels } from "../store.ts";
import { askCounter } from "./ask-counter.ts";

/** Counters asked at once: on Cloudflare each may have to be made on a machine of its own, which takes tens of milliseconds. */
const AT_ONCE = 48;

export interface StockWish {
  sku: string;
  onHand: number;
  /** With the same key a counter is set once. */
  key: string;
}

export interface StocksSet {
  set: string[];
  /** Why the others were not. */
  refused: { sku: string; detail: string }[];
  /** Writes the mirror of those that were set: the counters leave it to the caller, who runs it before anything else. */
  mirror: Statement[];
}

/** Sets the stock of many SKUs. Doing it again after an interruption sets none twice and answers the same. */
export async function setStocks(ctx: Ctx, wishes: readonly StockWish[]): Promise<StocksSet> {
  const levels: ({ sku: string } & Level)[] = [];
  const refused: StocksSet["refused"] = [];
  let next = 0;
  const ask = async () => {
    for (let wish = wishes[next++]; wish; wish = wishes[next++]) {
      const { sku, onHand, key } = wish;
      const change = { kind: "set" as const, onHand, key };
      const answer = await askCounter(ctx, sku, async (stub) => await stub.changeEntrusted(change));
      if (answer.outcome === "changed") levels.push({ sku, ...answer.level });
      else refused.push({ sku, detail: answer.outcome === "key_reused" ? KEY_REUSED : BELOW_RESERVED });
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, wishes.length) }, ask));
  const mirror = levels.length > 0 ? [mirrorLevels(ctx.env, ctx.tenant.id, levels, ctx.now())] : [];
  return { set: levels.map((it) => it.sku), refused, mirror };
}

/** Why a change of stock is refused, in words for people. */
export const KEY_REUSED = "This Idempotency-Key was used for another request.";
export const BELOW_RESERVED = "More units are promised to buyers than would be left.";
