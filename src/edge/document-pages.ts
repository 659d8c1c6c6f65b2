import { type Context, Hono } from "hono";
import { getCookie } from "hono/cookie";
import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import type { App } from "../platform/capability.ts";
import { chooseLocale, type Locale } from "../storefront/locale.ts";
import { capabilitiesPage } from "./capabilities-page.tsx";
import { docsPage } from "./docs-page.tsx";
import { errorsPage } from "./errors-page.tsx";
import { secureDocs } from "./secure-answers.ts";

/** The pages of the documentation load only our own static files (test/e2e holds that). */
export const docsPages = new Hono<App>()
  .get("/docs", secureDocs, (c) => answer(c, docsPage))
  .get("/docs/capabilities", secureDocs, (c) => answer(c, capabilitiesPage))
  .get("/docs/errors", secureDocs, (c) => answer(c, errorsPage));

async function answer(c: Context<App>, page: (locale: Locale) => Child): Promise<Response> {
  const locale = chooseLocale({
    query: c.req.query("lang"),
    cookie: getCookie(c, "lang"),
    accept: c.req.header("accept-language"),
    shop: "en",
  });
  c.header("content-language", locale);
  c.header("vary", "accept-language, cookie");
  return c.html(raw(`<!doctype html>${await Promise.resolve(page(locale))}`));
}
