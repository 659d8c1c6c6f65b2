import type { Ctx } from "../../../../platform/context.ts";
import { askRack } from "../ask-rack.ts";

/** Whether the cart exists and no checkout has it. */
export async function isCartOpen(ctx: Ctx, id: string): Promise<boolean> {
  const kept = await askRack(ctx, id, async (stub) => await stub.read(id));
  return kept !== undefined && kept.claim === null;
}

interface Merge {
  from: string;
  into: string;
  /** A new order's id, under which the first cart is taken; no such order is ever placed. */
  orderId: string;
}

/**
 * Empties one cart into another. Quantities of the same SKU are added, up to what a line takes; nothing is lost: the first cart is
 * held like that of a checkout, so nobody changes it, until its lines are in the second, and a merge that broke off is picked up by
 * the next, which adds nothing twice. `full`: both together are more than a cart takes, and both stay what they were.
 */
export async function mergeCarts(ctx: Ctx, { from, into, orderId }: Merge): Promise<"merged" | "full" | "busy"> {
  const claim = { key: `merge:${into}`, fingerprint: into, orderId, at: ctx.now() };
  const claimed = await askRack(ctx, from, async (stub) => await stub.claim(from, claim));
  if (claimed.outcome !== "claimed" && claimed.outcome !== "claimed_already") return "busy";
  if (claimed.outcome === "claimed_already" && claimed.claim.key !== claim.key) return "busy";
  const mark = claimed.outcome === "claimed" ? orderId : claimed.claim.orderId;
  const kept = await askRack(ctx, from, async (stub) => await stub.read(from));
  const lines = kept?.claim?.orderId === mark ? kept.lines : [];
  const taken = await askRack(ctx, into, async (stub) => await stub.edit(into, { kind: "take", lines, mark }));
  if (taken.outcome === "done") {
    await askRack(ctx, from, async (stub) => await stub.empty(from, mark));
    return "merged";
  }
  await askRack(ctx, from, async (stub) => await stub.unclaim(from, mark));
  return taken.outcome === "cart_full" ? "full" : "busy";
}
