import { listProducts, readProduct } from "../../capabilities/selling/catalog/actions.ts";
import { readStocks } from "../../capabilities/selling/stock/actions.ts";
import { plainAmount, plainText } from "../format.ts";
import { localise } from "../locale.ts";
import { Breadcrumbs, breadcrumbData } from "../parts/breadcrumbs.tsx";
import { ProblemNotice } from "../parts/problem-notice.tsx";
import { ProductView } from "../parts/product-view.tsx";
import { productData } from "../product-data.ts";
import { sanitiseHtml } from "../sanitise.ts";
import { show } from "../show.tsx";
import type { Page } from "../visit.ts";
import { missingPage } from "./missing.tsx";

const RELATED = 4;

/** `GET /products/:handle?variant=` */
export async function productPage(c: Page): Promise<Response> {
  const { visit } = c.var;
  const handle = c.req.param("handle") ?? "";
  const found = await readProduct(visit.ctx, { handle });
  if (!found.ok || found.value.status !== "active") return missingPage(c);
  const product = localise(found.value, visit.locale);
  const [stocks, shell, related, description] = await Promise.all([
    readStocks(
      visit.ctx,
      product.variants.map((it) => it.sku),
    ),
    visit.shell(),
    relatedTo(c, found.value),
    sanitiseHtml(product.description_html),
  ]);
  const available = (sku: string): number => stocks.get(sku)?.available ?? 0;
  const wanted = product.variants.find((it) => it.sku === c.req.query("variant"));
  const variant = wanted ?? product.variants.find((it) => available(it.sku) > 0) ?? product.variants[0];
  if (!variant) return missingPage(c);
  const path = `/products/${encodeURIComponent(product.handle)}`;
  const home = shell.collections.find((it) => product.collections.includes(it.handle));
  const crumbs = [
    ...(home ? [{ title: home.title, path: `/collections/${encodeURIComponent(home.handle)}` }] : []),
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
      />
    </div>,
  );
}

/** Others of the product's first collection that has any. */
async function relatedTo(c: Page, product: { id: string; collections: readonly string[] }) {
  const [collection] = product.collections.filter((it) => it !== "frontpage");
  if (collection === undefined) return [];
  const listed = await listProducts(c.var.ctx, { collection, limit: RELATED + 1 });
  return listed.ok ? listed.value.data.filter((it) => it.id !== product.id).slice(0, RELATED) : [];
}
