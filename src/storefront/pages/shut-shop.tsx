import { createMiddleware } from "hono/factory";
import { standing } from "../../capabilities/money/tenants/actions/run-life.ts";
import { m } from "../messages/compiled/messages.js";
import { Lantern } from "../parts/lantern.tsx";
import { ThemeStyle } from "../parts/theme-style.tsx";
import type { Storefront, Visit } from "../visit.ts";

/** When a search engine may look again at a suspended shop. */
const LOOK_AGAIN_SECONDS = 86_400;
/** What was ordered can still be seen and paid: the order's page and the payment provider's. */
const PROMISED = /^\/(?:orders\/[^/]+|pay\/sandbox\/[^/]+)$/;

/** A suspended shop says politely that it is closed for now (503), a closed one that it is gone (410). */
export const shutShopPage = createMiddleware<Storefront>(async (c, next) => {
  const { visit } = c.var;
  const now = standing(visit.ctx);
  if (now === "open" || (now === "suspended" && PROMISED.test(visit.url.pathname))) return next();
  c.header("cache-control", "no-store");
  c.header("content-language", visit.locale);
  if (now === "suspended") c.header("retry-after", String(LOOK_AGAIN_SECONDS));
  return c.html(<ShutShop visit={visit} isGone={now === "closed"} />, now === "closed" ? 410 : 503);
});

function ShutShop({ visit, isGone }: { visit: Visit; isGone: boolean }) {
  const { say, locale } = visit;
  const shop = visit.ctx.tenant.name;
  const title = isGone ? m.shop_gone_title({ shop }, say) : m.shop_shut_title({ shop }, say);
  const other = locale === "en" ? { lang: "zh-CN", name: "中文" } : { lang: "en", name: "English" };
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <link rel="stylesheet" href="/build/shop.css" />
        <ThemeStyle visit={visit} />
      </head>
      <body>
        <div class="awning" aria-hidden="true" />
        <main class="wrap lost">
          <p class="brand">
            <Lantern />
            <span>{shop}</span>
          </p>
          <h1>{title}</h1>
          <p>{isGone ? m.shop_gone_text({}, say) : m.shop_shut_text({}, say)}</p>
          <p>
            <a href={`?lang=${other.lang}`} lang={other.lang}>
              {other.name}
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
