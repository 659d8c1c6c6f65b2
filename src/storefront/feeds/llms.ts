import { listCollections } from "../../capabilities/selling/catalog/actions.ts";
import { FRONT_PAGE } from "../read-shell.ts";
import type { Page } from "../visit.ts";

/** `GET /llms.txt`: where a language model finds its way through the shop (llmstxt.org). */
export async function llms(c: Page): Promise<Response> {
  const { ctx } = c.var;
  const { origin, tenant } = ctx;
  const listed = await listCollections(ctx, {});
  const collections = listed.ok ? listed.value.data.filter((it) => it.handle !== FRONT_PAGE) : [];
  const link = (name: string, path: string, about: string) => `- [${plain(name)}](${origin}${path}): ${about}`;
  const lines = [
    `# ${plain(tenant.name)}`,
    "",
    `> An online shop. Prices are in ${tenant.currency}; pages are in English and Chinese (\`?lang=en\`, \`?lang=zh-CN\`).`,
    "",
    "## Collections",
    "",
    ...collections.map((it) =>
      link(it.title, `/collections/${encodeURIComponent(it.handle)}`, `${it.product_count} products`),
    ),
    "",
    "## Data",
    "",
    link("Products", "/api/v1/products", "JSON, pages by cursor, with prices and variants"),
    link("Merchant feed", "/feeds/merchant.xml", "every variant with price, availability and pictures"),
    link("New products", "/feeds/new.rss", "RSS"),
    link("Sitemap", "/sitemap.xml", "every page"),
    link("API description", "/api/v1/openapi.json", "OpenAPI 3.1; read it at /docs"),
    "",
  ];
  return c.text(lines.join("\n"), 200, { "cache-control": "public, max-age=3600" });
}

/** A shop's words on one line and without the characters that end a link or begin a tag. */
const plain = (text: string): string => text.replaceAll(/[\s[\]()<>]+/g, " ").trim();
