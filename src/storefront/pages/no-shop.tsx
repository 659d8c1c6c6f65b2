import { createMiddleware } from "hono/factory";
import { m } from "../messages/compiled/messages.js";
import type { Storefront } from "../visit.ts";

/** On a host name that no shop answers to, there is nothing else to show. */
export const noShopPage = createMiddleware<Storefront>(async (c, next) => {
  if (c.var.ctx.tenant.id !== "") return next();
  const { say } = c.var.visit;
  return c.html(
    <html lang={say.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{m.no_shop_title({}, say)}</title>
        <link rel="stylesheet" href="/build/shop.css" />
      </head>
      <body>
        <div class="awning" aria-hidden="true" />
        <main class="wrap lost">
          <h1>{m.no_shop_title({}, say)}</h1>
          <p>{m.no_shop_text({}, say)}</p>
        </main>
      </body>
    </html>,
    404,
  );
});
