import { describe, log } from "../../platform/log.ts";
import { isOverload } from "../../platform/objects.ts";
import { m } from "../messages/compiled/messages.js";
import type { Page } from "../visit.ts";

/**
 * What nobody expected. The page needs nothing but words, since what failed may be what every other page is made with;
 * the log has the cause under the same request id.
 */
export function failedPage(error: unknown, c: Page): Response | Promise<Response> {
  const { requestId } = c.var;
  log("error", "page_failed", { requestId, path: c.req.path, error: describe(error) });
  const visit = c.get("visit");
  const say = { locale: visit?.locale ?? "en" } as const;
  const isBusy = isOverload(error);
  if (isBusy) c.header("retry-after", "2");
  c.header("cache-control", "no-store");
  const title = isBusy ? m.busy_title({}, say) : m.failed_title({}, say);
  return c.html(
    <html lang={say.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href="/build/shop.css" />
      </head>
      <body>
        <div class="awning" aria-hidden="true" />
        <main class="wrap lost">
          <h1>{title}</h1>
          <p>{isBusy ? m.busy_text({}, say) : m.failed_text({}, say)}</p>
          <p class="field-hint">{m.request_id({ id: requestId }, say)}</p>
          <p>
            <a class="button" href={visit?.url.pathname ?? "/"}>
              {m.try_again({}, say)}
            </a>{" "}
            <a class="button button-quiet" href="/">
              {m.home({}, say)}
            </a>
          </p>
        </main>
      </body>
    </html>,
    isBusy ? 503 : 500,
  );
}
