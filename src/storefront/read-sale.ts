import type { z } from "@hono/zod-openapi";
import { listSales, readSale } from "../capabilities/marketing/flash-sales/actions.ts";
import { type flashSale, saleId } from "../capabilities/marketing/flash-sales/contract/sale.ts";
import { type SellableVariant, sellableVariants } from "../capabilities/selling/catalog/actions.ts";
import type { Ctx } from "../platform/context.ts";
import { Memory } from "../platform/memory.ts";
import type { Money } from "../platform/money.ts";
import type { Visit } from "./visit.ts";

type WireSale = z.infer<typeof flashSale>;

type WireItem = WireSale["items"][number];

/** One SKU of a sale with what a shopper wants to see of it. */
export interface SaleItem extends WireItem {
  title: string;
  variantTitle: string;
  image: string | undefined;
  /** The product's page, and what it costs there; a product may have left the shop. */
  product: { path: string; price: Money } | undefined;
}

/** A sale with its SKUs, at least one. */
export interface Sale extends Omit<WireSale, "items"> {
  items: SaleItem[];
  /** `/sales/fls_...` */
  path: string;
  heading: string;
  /** Of the first SKU. */
  variantTitle: string;
  image: string | undefined;
  product: SaleItem["product"];
}

/** A sale is announced this long before it starts. */
const ANNOUNCED_MS = 7 * 86_400_000;
const LISTED = 20;
/** Every front page and product page asks for the shop's sales, so an isolate asks the database once in this time. */
const LIST_LIFE_MS = 2_000;
const SHOPS_MAX = 500;

const lists = new Memory<WireSale[]>(LIST_LIFE_MS, SHOPS_MAX);

export async function readShownSale(visit: Visit, id: string | undefined): Promise<Sale | undefined> {
  if (!saleId.safeParse(id).success) return undefined;
  const found = await readSale(visit.ctx, { id: id ?? "" });
  if (!found.ok) return undefined;
  const [sale] = await dress(visit, [found.value]);
  return sale;
}

/** A page of the shop's sales, the latest start first; undefined where the cursor is none of this list. */
export async function readSalesPage(
  visit: Visit,
  wish: { limit: number; cursor?: string },
): Promise<{ sales: Sale[]; next: string | null } | undefined> {
  const listed = await listSales(visit.ctx, wish);
  if (!listed.ok) return undefined;
  return { sales: await dress(visit, listed.value.data), next: listed.value.next_cursor };
}

/** Sales that are on or will start within a week, the one that starts first in front; of one of `skus` where they are given. */
export async function readSalesNearby(visit: Visit, skus?: readonly string[]): Promise<Sale[]> {
  if (!visit.has("flash-sales")) return [];
  const now = visit.ctx.now();
  const listed = lists.get(visit.ctx.tenant.id) ?? lists.set(visit.ctx.tenant.id, await list(visit.ctx));
  const near = listed.filter(
    (it) =>
      it.state !== "cancelled" &&
      now < Date.parse(it.ends_at) &&
      Date.parse(it.starts_at) - now < ANNOUNCED_MS &&
      (skus === undefined || it.items.some((item) => skus.includes(item.sku))),
  );
  near.sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at));
  const current = near.map(
    (it): WireSale => (it.state === "before" && hasBegun(it, now) ? { ...it, state: "live" } : it),
  );
  return dress(visit, current);
}

export function lowestPrice({ items, sale_price }: Pick<Sale, "items" | "sale_price">): Money {
  const amounts = items.map((it) => it.sale_price.amount);
  return { ...sale_price, amount: Math.min(...amounts) };
}

const hasBegun = (sale: WireSale, now: number): boolean => Date.parse(sale.starts_at) <= now;

async function list(ctx: Ctx): Promise<WireSale[]> {
  const listed = await listSales(ctx, { limit: LISTED });
  return listed.ok ? listed.value.data : [];
}

async function dress({ ctx, locale }: Visit, sales: readonly WireSale[]): Promise<Sale[]> {
  if (sales.length === 0) return [];
  const variants = await sellableVariants(
    ctx,
    sales.flatMap((sale) => sale.items.map((it) => it.sku)),
  );
  return sales.map((sale) =>
    dressSale(
      sale,
      sale.items.map((it) => dressItem(it, variants.get(it.sku), locale)),
    ),
  );
}

function dressSale(sale: WireSale, items: SaleItem[]): Sale {
  const [first] = items;
  if (!first) throw new Error(`${sale.id} has no SKU`);
  const { title, variantTitle, image, product } = first;
  return {
    ...sale,
    items,
    path: `/sales/${sale.id}`,
    heading: sale.title ?? title,
    variantTitle: [sale.title ? title : "", variantTitle].filter(Boolean).join(" · "),
    image,
    product,
  };
}

function dressItem(item: WireItem, variant: SellableVariant | undefined, locale: Visit["locale"]): SaleItem {
  const words = variant?.titles[locale];
  const path = variant && `/products/${encodeURIComponent(variant.handle)}?variant=${encodeURIComponent(item.sku)}`;
  return {
    ...item,
    title: words?.title ?? variant?.title ?? item.sku,
    variantTitle: words?.variantTitle ?? variant?.variantTitle ?? "",
    image: variant?.image?.src,
    product: variant && path ? { path, price: variant.price } : undefined,
  };
}
