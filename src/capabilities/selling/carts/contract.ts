import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";
import { type Money, money } from "../../../platform/money.ts";
import { sku } from "../stock/contract.ts";

const billing = { meter: "carts", rateLimit: 200, quotaScope: "per-tenant", tier: "basic" } as const;

export const LINES_MAX = 100;
export const QUANTITY_MAX = 9_999;

export const cartId = z.string().regex(/^cart_[0-9a-f]{2}[0-9a-z]{20,40}$/, "Not a cart id.");
const quantity = z.int().min(1).max(QUANTITY_MAX);

export const cartLine = z
  .object({
    id: z.string(),
    sku: z.string(),
    quantity: z.int(),
    title: z.string(),
    variant_title: z.string(),
    handle: z.string(),
    image: z.object({ src: z.string(), alt: z.string() }).nullable(),
    unit_price: money.describe(
      "The price now, and the price when the line was added: they differ when the shop changed it meanwhile.",
    ),
    added_at_price: money,
    total: money,
    sellable: z.boolean().describe("False when the product left the shop: the line cannot be ordered."),
  })
  .openapi("CartLine");

export const cart = z
  .object({
    id: z.string(),
    status: z.enum(["open", "checking_out"]),
    order_id: z.string().nullable().describe("The order that this cart became or is becoming."),
    lines: z.array(cartLine),
    quantity: z.int(),
    subtotal: money,
    version: z.int(),
  })
  .openapi("Cart");

/** A line as the cart keeps it: what and how many, and the price that the shopper saw when adding it. */
export interface KeptLine {
  id: string;
  sku: string;
  quantity: number;
  price: Money;
  /** The last additions to it, by their marks: one that comes again after a lost answer adds nothing. */
  marks?: string[];
}

/** The checkout that has the cart; one at a time. */
export interface Claim {
  key: string;
  fingerprint: string;
  orderId: string;
  /** For whom it holds stock; claims of before that was kept lack it. */
  buyer?: string;
  at: number;
}

export interface KeptCart {
  id: string;
  lines: KeptLine[];
  claim: Claim | null;
  version: number;
}

const inCart = { who: "visitor", params: z.object({ id: cartId }), billing } as const;
const onLine = { ...inCart, params: z.object({ id: cartId, line_id: z.string().max(64) }) } as const;
const answer = { status: 200, shape: cart } as const;

export const createCart = operation({
  id: "createCart",
  method: "post",
  path: "/carts",
  summary: "Open an empty cart; its id is the only key to it",
  who: "visitor",
  answer: { status: 201, shape: cart },
  refusals: {},
  billing,
});

export const readCart = operation({
  ...inCart,
  id: "readCart",
  method: "get",
  path: "/carts/{id}",
  summary: "The cart with today's prices",
  answer,
  refusals: { unknown_cart: 404 },
});

export const addLine = operation({
  ...inCart,
  id: "addCartLine",
  method: "post",
  path: "/carts/{id}/lines",
  summary: "Put units of a SKU into the cart; a SKU that is in it already grows",
  body: z.strictObject({ sku, quantity }),
  example: { sku: "LGT-LOT-ROS", quantity: 1 },
  answer: { status: 201, shape: cart },
  refusals: { unknown_cart: 404, unknown_sku: 404, cart_checked_out: 409, cart_full: 409 },
});

export const changeLine = operation({
  ...onLine,
  id: "changeCartLine",
  method: "patch",
  path: "/carts/{id}/lines/{line_id}",
  summary: "Set the quantity of a line",
  body: z.strictObject({ quantity }),
  example: { quantity: 2 },
  answer,
  refusals: { unknown_cart: 404, unknown_line: 404, cart_checked_out: 409, cart_full: 409 },
});

export const removeLine = operation({
  ...onLine,
  id: "removeCartLine",
  method: "delete",
  path: "/carts/{id}/lines/{line_id}",
  summary: "Take a line out of the cart",
  answer,
  refusals: { unknown_cart: 404, unknown_line: 404, cart_checked_out: 409 },
});
