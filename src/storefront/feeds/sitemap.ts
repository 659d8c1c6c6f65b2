import { catalogParts, walkCatalog } from "../../capabilities/selling/catalog/actions/walk-catalog.ts";
import { listCollections } from "../../capabilities/selling/catalog/actions.ts";
import type { Ctx } from "../../platform/context.ts";
import { locales } from "../locale.ts";
import { FRONT_PAGE } from "../read-shell.ts";
import type { Page } from "../visit.ts";
import { streamXml, xml } from "./xml.ts";

/** A file holds 50,000 addresses and 50 MB at most (sitemaps.org); ours say each address in every language. */
const PART_PRODUCTS = 10_000;
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"';

/** `GET /sitemap.xml`: the index of the files below, for a catalogue of any size. */
export const sitemap = (c: Page): Response => streamXml(indexText(c.var.ctx));

/** `GET /sitemaps/pages.xml`: the front page and the collections. */
export const pagesSitemap = (c: Page): Response => streamXml(pagesText(c.var.ctx));

/** `GET /sitemaps/products.xml?from=`: the products from this handle on, as many as one file takes. */
export const productsSitemap = (c: Page): Response => streamXml(productsText(c.var.ctx, c.req.query("from") ?? ""));

async function* indexText(ctx: Ctx): AsyncGenerator<string, void> {
  const parts = await catalogParts(ctx, PART_PRODUCTS);
  const files = [
    "/sitemaps/pages.xml",
    ...parts.map((from) => `/sitemaps/products.xml?from=${encodeURIComponent(from)}`),
  ];
  yield `${HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n`;
  yield files.map((path) => `<sitemap><loc>${xml(ctx.origin + path)}</loc></sitemap>\n`).join("");
  yield "</sitemapindex>\n";
}

async function* pagesText(ctx: Ctx): AsyncGenerator<string, void> {
  const listed = await listCollections(ctx, {});
  const shown = listed.ok ? listed.value.data.filter((it) => it.handle !== FRONT_PAGE) : [];
  yield `${HEAD}<urlset ${NAMESPACES}>\n${entry(ctx, "/")}`;
  yield shown.map((it) => entry(ctx, `/collections/${encodeURIComponent(it.handle)}`, it.updated_at)).join("");
  yield "</urlset>\n";
}

async function* productsText(ctx: Ctx, from: string): AsyncGenerator<string, void> {
  yield `${HEAD}<urlset ${NAMESPACES}>\n`;
  for await (const page of walkCatalog(ctx, from, PART_PRODUCTS))
    yield page.map((it) => entry(ctx, `/products/${encodeURIComponent(it.handle)}`, it.updated_at)).join("");
  yield "</urlset>\n";
}

function entry(ctx: Ctx, path: string, changed?: string): string {
  const address = (locale?: string) => {
    const url = new URL(path, ctx.origin);
    if (locale !== undefined && locale !== ctx.tenant.locale) url.searchParams.set("lang", locale);
    return xml(url.href);
  };
  const alternates = locales
    .map((it) => `<xhtml:link rel="alternate" hreflang="${it}" href="${address(it)}"/>`)
    .join("");
  return `<url><loc>${address()}</loc>${changed ? `<lastmod>${changed}</lastmod>` : ""}${alternates}</url>\n`;
}
