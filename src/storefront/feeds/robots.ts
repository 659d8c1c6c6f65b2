import type { Page } from "../visit.ts";

/** `GET /robots.txt`: what belongs to one shopper is not for search engines. */
export const robots = (c: Page): Response =>
  c.text(
    [
      "User-agent: *",
      "Disallow: /cart/",
      "Disallow: /checkout",
      "Disallow: /orders/",
      "Disallow: /pay/",
      "Disallow: /search",
      "Disallow: /api/",
      `Sitemap: ${c.var.ctx.origin}/sitemap.xml`,
      "",
    ].join("\n"),
    200,
    { "cache-control": "public, max-age=3600" },
  );
