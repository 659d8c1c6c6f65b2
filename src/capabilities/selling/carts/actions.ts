import type { z } from "@hono/zod-openapi";
import type { CartAnswer } from "../../../../durable-objects/cart-rack.ts";
import type { Ctx } from "../../../platform/context.ts";
import { newId } from "../../../platform/ids.ts";
import { ok, type Refused, type Result, refused } from "../../../platform/result.ts";
import { type SellableVariant, sellableVariants } from "../catalog/actions.ts";
import { askRack } from "./ask-rack.ts";
import { type Claim, type cart, type KeptCart, LINES_MAX, QUANTITY_MAX } from "./contract.ts";
import type { CartEdit } from "./rules.ts";

type Cart = z.infer<typeof cart>;

/** Carts of a shop are spread over this many racks; the cart's id names its rack. */
const RACKS = 8;

export async function createCart(ctx: Ctx): Promise<Result<Cart>> {
  const [, suffix = ""] = newId("cart").split("_");
  const shard = Math.floor(Math.random() * RACKS)
    .toString(16)
    .padStart(2, "0");
  const answer = await openCart(ctx, `cart_${shard}${suffix}`);
  return ok(await onWire(ctx, answer));
}

async function openCart(ctx: Ctx, id: string): Promise<KeptCart> {
  const answer = await askRack(ctx, id, async (stub) => await stub.open(id));
  if (answer.outcome !== "done") throw new Error(`opening a cart answered ${answer.outcome}`);
  return answer.cart;
}

export async function readCart(ctx: Ctx, { id }: { id: string }): Promise<Result<Cart, "unknown_cart">> {
  const kept = await askRack(ctx, id, async (stub) => await stub.read(id));
  return kept ? ok(await onWire(ctx, kept)) : unknownCart;
}

type AddRefusal = "unknown_cart" | "unknown_sku" | "cart_checked_out" | "cart_full";

export async function addLine(
  ctx: Ctx,
  { id, sku, quantity }: { id: string; sku: string; quantity: number },
): Promise<Result<Cart, AddRefusal>> {
  const variant = (await sellableVariants(ctx, [sku])).get(sku);
  if (!variant) return refused("unknown_sku", `Nothing with the code ${sku} is on sale here.`);
  const answer = await editCart(ctx, id, { kind: "add", sku, quantity, price: variant.price, mark: newId("add") });
  if (answer.ok) return answer;
  return answer.code === "unknown_line" ? unknownCart : { ...answer, code: answer.code };
}

type EditRefusal = "unknown_cart" | "unknown_line" | "cart_checked_out";

export const changeLine = async (
  ctx: Ctx,
  { id, line_id, quantity }: { id: string; line_id: string; quantity: number },
): Promise<Result<Cart, EditRefusal | "cart_full">> => editCart(ctx, id, { kind: "change", lineId: line_id, quantity });

/** Taking out never finds a cart full. */
export async function removeLine(
  ctx: Ctx,
  { id, line_id }: { id: string; line_id: string },
): Promise<Result<Cart, EditRefusal>> {
  const answer = await editCart(ctx, id, { kind: "remove", lineId: line_id });
  if (answer.ok) return answer;
  return answer.code === "cart_full" ? unknownCart : { ...answer, code: answer.code };
}

async function editCart(ctx: Ctx, id: string, change: CartEdit): Promise<Result<Cart, EditRefusal | "cart_full">> {
  const answer = await askRack(ctx, id, async (stub) => await stub.edit(id, change));
  return answer.outcome === "done" ? ok(await onWire(ctx, answer.cart)) : refusal(answer);
}

function refusal(answer: Exclude<CartAnswer, { outcome: "done" }>): Refused<EditRefusal | "cart_full"> {
  switch (answer.outcome) {
    case "cart_full":
      return refused(
        "cart_full",
        `A cart takes ${LINES_MAX} lines, ${QUANTITY_MAX} units of one SKU and what adds up to an amount.`,
      );
    case "unknown_line":
      return refused("unknown_line", "There is no such line in the cart.");
    case "unknown_cart":
      return unknownCart;
    default:
      return refused("cart_checked_out", "The cart is being ordered or was ordered; open a new one.");
  }
}

/** Gives the cart to one checkout; `instead` names the order of a dead checkout that may be replaced. */
export const claimCart = (ctx: Ctx, id: string, claim: Claim, instead?: string): Promise<CartAnswer> =>
  askRack(ctx, id, async (stub) => await stub.claim(id, claim, instead));

export const unclaimCart = (ctx: Ctx, id: string, orderId: string): Promise<CartAnswer> =>
  askRack(ctx, id, async (stub) => await stub.unclaim(id, orderId));

/** The kept cart with today's titles and prices. */
async function onWire(ctx: Ctx, kept: KeptCart): Promise<Cart> {
  const variants =
    kept.lines.length > 0
      ? await sellableVariants(
          ctx,
          kept.lines.map((it) => it.sku),
        )
      : new Map();
  const lines = kept.lines.map((line) => cartLine(line, variants.get(line.sku)));
  return {
    id: kept.id,
    status: kept.claim ? "checking_out" : "open",
    order_id: kept.claim?.orderId ?? null,
    lines,
    quantity: lines.reduce((sum, it) => sum + it.quantity, 0),
    subtotal: { amount: lines.reduce((sum, it) => sum + it.total.amount, 0), currency: ctx.tenant.currency },
    version: kept.version,
  };
}

function cartLine(line: KeptCart["lines"][number], variant: SellableVariant | undefined): Cart["lines"][number] {
  const price = variant?.price ?? line.price;
  return {
    id: line.id,
    sku: line.sku,
    quantity: line.quantity,
    title: variant?.title ?? line.sku,
    variant_title: variant?.variantTitle ?? "",
    handle: variant?.handle ?? "",
    image: variant?.image ?? null,
    unit_price: price,
    added_at_price: line.price,
    total: { amount: variant ? price.amount * line.quantity : 0, currency: price.currency },
    sellable: variant !== undefined,
  };
}

const unknownCart = refused("unknown_cart", "There is no such cart.");
