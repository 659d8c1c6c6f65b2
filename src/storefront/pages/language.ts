import { ownPath } from "../../platform/own-path.ts";
import { asLocale } from "../locale.ts";
import { readForm } from "../read-form.ts";
import { type Page, rememberLocale } from "../visit.ts";

/** `POST /language`: keeps the choice and shows the same page again. */
export async function chooseLanguage(c: Page): Promise<Response> {
  const form = await readForm(c);
  const locale = asLocale(form.get("locale"));
  if (locale) rememberLocale(c, locale);
  const back = new URL(ownPath(form.get("back")) ?? "/", c.var.ctx.origin);
  // The address would outvote the cookie.
  back.searchParams.delete("lang");
  return c.redirect(back.pathname + back.search, 303);
}
