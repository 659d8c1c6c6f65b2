import { listProducts } from "../../capabilities/selling/catalog/actions.ts";
import type { Ctx } from "../../platform/context.ts";
import { formatMoney } from "../format.ts";
import { localise } from "../locale.ts";
import type { Page } from "../visit.ts";
import { streamXml, xml } from "./xml.ts";

const NEWEST = 50;

/** `GET /feeds/new.rss`: the newest products in the shop's own language (RSS 2.0). */
export const rss = (c: Page): Response => streamXml(rssText(c.var.ctx));

async function* rssText(ctx: Ctx): AsyncGenerator<string, void> {
  const { origin, tenant } = ctx;
  const listed = await listProducts(ctx, { limit: NEWEST });
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>\n';
  yield `<title>${xml(tenant.name)}</title><link>${xml(origin)}/</link><description>${xml(tenant.name)}</description>\n`;
  yield `<language>${tenant.locale}</language><atom:link href="${xml(origin)}/feeds/new.rss" rel="self" type="application/rss+xml"/>\n`;
  for (const given of listed.ok ? listed.value.data : []) {
    const product = localise(given, tenant.locale);
    const address = xml(`${origin}/products/${encodeURIComponent(product.handle)}`);
    const price = formatMoney(product.price_range.min, tenant.locale);
    yield `<item><title>${xml(product.title)}</title><link>${address}</link><guid isPermaLink="true">${address}</guid>` +
      `<description>${xml([product.type, price].filter(Boolean).join(" · "))}</description>` +
      `<pubDate>${new Date(product.created_at).toUTCString()}</pubDate></item>\n`;
  }
  yield "</channel></rss>\n";
}
