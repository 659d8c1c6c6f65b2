import { listProducts, readProduct } from "../../capabilities/selling/catalog/actions.ts";
import type { Collection, ProductSummary } from "../../capabilities/selling/catalog/contract/shapes.ts";
import { readStocks } from "../../capabilities/selling/stock/actions.ts";
import type { Ctx } from "../../platform/context.ts";
import { plainAmount, plainText } from "../format.ts";
import { localise } from "../locale.ts";
import { Breadcrumbs, breadcrumbData } from "../parts/breadcrumbs.tsx";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { ProductView } from "../parts/product-view.tsx";
import { productData } from "../product-data.ts";
import { readSalesNearby } from "../read-sale.ts";
import { sanitiseHtml } from "../sanitise.ts";
import { show } from "../show.tsx";
import type { Page } from "../visit.ts";
import { missingPage } from "./missing.tsx";

const RELATED = 4;

/** `GET /products/:handle?variant=` */
export async function productPage(c: Page): Promise<Response> {
  const { visit } = c.var;
  const handle = c.req.param("handle") ?? "";
  const [found, shell] = await Promise.all([readProduct(visit.ctx, { handle }), visit.shell()]);
  if (!found.ok || found.value.status !== "active") return missingPage(c);
  const product = localise(found.value, visit.locale);
  const stall = narrowest(shell.collections, product.collections);
  const skus = product.variants.map((it) => it.sku);
  const [stocks, related, description, sales] = await Promise.all([
    readStocks(visit.ctx, skus),
    stall ? othersOf(visit.ctx, stall.handle, product.id) : [],
    sanitiseHtml(product.description_html),
    readSalesNearby(visit, skus),
  ]);
  const available = (sku: string): number => stocks.get(sku)?.available ?? 0;
  const wanted = product.variants.find((it) => it.sku === c.req.query("variant"));
  const variant = wanted ?? product.variants.find((it) => available(it.sku) > 0) ?? product.variants[0];
  if (!variant) return missingPage(c);
  const path = `/products/${encodeURIComponent(product.handle)}`;
  const crumbs = [
    ...(stall ? [{ title: stall.title, path: `/collections/${encodeURIComponent(stall.handle)}` }] : []),
    { title: product.title, path },
  ];
  const text = product.seo.description || plainText(description, 160);
  return show(
    c,
    {
      title: product.seo.title || product.title,
      description: text || undefined,
      canonical: path,
      image: variant.image ?? product.image?.src,
      product: { amount: plainAmount(variant.price), currency: variant.price.currency },
      data: [productData(visit, product, available, text), breadcrumbData(visit, crumbs)],
      islands: ["product"],
    },
    <div class="wrap">
      <Breadcrumbs visit={visit} crumbs={crumbs} />
      <ProblemNotice visit={visit} />
      <ProductView
        visit={visit}
        product={product}
        variant={variant}
        available={available}
        description={description}
        related={related}
        sale={sales[0]}
      />
    </div>,
  );
}

/** Of the product's collections the one with the fewest products: it says most about it. */
function narrowest(collections: readonly Collection[], handles: readonly string[]): Collection | undefined {
  const [first, ...rest] = collections.filter((it) => handles.includes(it.handle));
  return rest.reduce((best, it) => (best && best.product_count < it.product_count ? best : it), first);
}

async function othersOf(ctx: Ctx, collection: string, productId: string): Promise<ProductSummary[]> {
  const listed = await listProducts(ctx, { collection, limit: RELATED + 1 });
  return listed.ok ? listed.value.data.filter((it) => it.id !== productId).slice(0, RELATED) : [];
}
