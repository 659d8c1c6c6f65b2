import { listCollections, listProducts } from "../../capabilities/selling/catalog/actions.ts";
import type { Ctx } from "../../platform/context.ts";
import { locales } from "../locale.ts";
import { FRONT_PAGE } from "../read-shell.ts";
import type { Page } from "../visit.ts";

const PAGE_PRODUCTS = 100;
/** A sitemap file holds 50,000 addresses at most (sitemaps.org). */
const ADDRESSES_MAX = 50_000;

/** `GET /sitemap.xml`: every address a search engine should know, streamed page by page so that no shop is too large. */
export function sitemap(c: Page): Response {
  const encoder = new TextEncoder();
  const addresses = sitemapText(c.var.ctx);
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await addresses.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
  return new Response(stream, {
    headers: { "content-type": "application/xml; charset=utf-8", "cache-control": "public, max-age=3600" },
  });
}

async function* sitemapText(ctx: Ctx): AsyncGenerator<string, void> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n';
  yield entry(ctx, "/");
  const collections = await listCollections(ctx, {});
  const shown = collections.ok ? collections.value.data.filter((it) => it.handle !== FRONT_PAGE) : [];
  yield shown.map((it) => entry(ctx, `/collections/${encodeURIComponent(it.handle)}`, it.updated_at)).join("");
  let cursor: string | undefined;
  for (let written = shown.length + 1; written < ADDRESSES_MAX; written += PAGE_PRODUCTS) {
    const page = await listProducts(ctx, { limit: PAGE_PRODUCTS, cursor });
    if (!page.ok) break;
    yield page.value.data.map((it) => entry(ctx, `/products/${encodeURIComponent(it.handle)}`, it.updated_at)).join("");
    if (page.value.next_cursor === null) break;
    cursor = page.value.next_cursor;
  }
  yield "</urlset>\n";
}

function entry(ctx: Ctx, path: string, changed?: string): string {
  const address = (locale?: string) => {
    const url = new URL(path, ctx.origin);
    if (locale !== undefined && locale !== ctx.tenant.locale) url.searchParams.set("lang", locale);
    return url.href.replaceAll("&", "&amp;");
  };
  const alternates = locales
    .map((it) => `<xhtml:link rel="alternate" hreflang="${it}" href="${address(it)}"/>`)
    .join("");
  return `<url><loc>${address()}</loc>${changed ? `<lastmod>${changed}</lastmod>` : ""}${alternates}</url>\n`;
}
