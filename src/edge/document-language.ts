import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { App } from "../platform/capability.ts";
import { chooseLocale, type Locale } from "../storefront/locale.ts";

/** The language of a page of the documentation: asked for, chosen before or the browser's; else English. The answer says so. */
export function documentLanguage(c: Context<App>): Locale {
  const locale = chooseLocale({
    query: c.req.query("lang"),
    cookie: getCookie(c, "lang"),
    accept: c.req.header("accept-language"),
    shop: "en",
  });
  c.header("content-language", locale);
  c.header("vary", "accept-language, cookie");
  return locale;
}
