import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import type { SecureHeadersVariables } from "hono/secure-headers";
import type { App } from "../platform/capability.ts";
import type { Ctx, Tenant } from "../platform/context.ts";
import { cookieTerms, hostCookie } from "../platform/cookies.ts";
import { chooseLocale, type Locale } from "./locale.ts";
import { readShell, type Shell } from "./read-shell.ts";

/** What every page knows of the request besides its own data. */
export interface Visit {
  ctx: Ctx;
  locale: Locale;
  /** For messages: `m.add_to_cart({}, visit.say)`. */
  say: { locale: Locale };
  url: URL;
  /** The only inline styles and scripts that run carry it (CSP). */
  nonce: string | undefined;
  cartId: string | undefined;
  /** In which times are told: the shop's own. */
  timeZone: string;
  /** Whether the shop has a capability switched on; its pages leave out the rest. */
  has: (capability: string) => boolean;
  /** What surrounds every page; read once a request, when it is first asked for. */
  shell: () => Promise<Shell>;
}

export type Storefront = {
  Bindings: Env;
  Variables: App["Variables"] & SecureHeadersVariables & { visit: Visit };
};
export type Page = Context<Storefront>;

const LANGUAGE_SECONDS = 365 * 86_400;
const CART_SECONDS = 30 * 86_400;
export const CART_ID = /^cart_[0-9a-f]{2}[0-9a-z]{20,40}$/;

/** Knows the shopper's language and cart before a page is made. */
export const greetVisitor = createMiddleware<Storefront>(async (c, next) => {
  const url = new URL(c.req.url);
  const query = url.searchParams.get("lang") ?? undefined;
  const accept = c.req.header("accept-language");
  const shop = c.var.ctx.tenant;
  const locale = chooseLocale({ query, cookie: getCookie(c, "lang"), accept, shop: shop.locale });
  const ctx = { ...c.var.ctx, tenant: namedIn(locale, shop) };
  c.set("ctx", ctx);
  const cart = getCookie(c, cartCookie(ctx));
  const cartId = cart && CART_ID.test(cart) ? cart : undefined;
  let shell: Promise<Shell> | undefined;
  const visit: Visit = {
    ctx,
    locale,
    say: { locale },
    url,
    nonce: c.get("secureHeadersNonce"),
    cartId,
    timeZone: shop.settings.timeZone ?? "UTC",
    has: (capability) => !ctx.tenant.off.has(capability),
    shell: () => {
      shell ??= readShell(visit);
      return shell;
    },
  };
  c.set("visit", visit);
  await next();
});

/** The shop under the name that it has in the visitor's language. */
const namedIn = (locale: Locale, shop: Tenant): Tenant => ({
  ...shop,
  name: shop.settings.names?.[locale] ?? shop.name,
});

/**
 * Says of the answer to a refused form where its page stands (`/account/reset?token=...`): who changes the language there sees that
 * page again, with what a mail's link brought to it.
 */
export function standAt(c: Page, path: string, brought: Record<string, string>): void {
  const url = new URL(path, c.var.visit.url);
  for (const [name, value] of Object.entries(brought)) if (value !== "") url.searchParams.set(name, value);
  c.var.visit.url = url;
}

export const cartCookie = ({ origin }: Pick<Ctx, "origin">): string => hostCookie("cart", origin);

export const rememberCart = (c: Page, cartId: string): void =>
  setCookie(c, cartCookie(c.var.ctx), cartId, cookieTerms(c.var.ctx.origin, CART_SECONDS));

export const forgetCart = (c: Page): void => setCookie(c, cartCookie(c.var.ctx), "", cookieTerms(c.var.ctx.origin, 0));

export const rememberLocale = (c: Page, locale: Locale): void =>
  setCookie(c, "lang", locale, cookieTerms(c.var.ctx.origin, LANGUAGE_SECONDS));

/** Whether an island asks, which wants facts and not a page. */
export const wantsJson = (c: Page): boolean => c.req.header("accept")?.startsWith("application/json") ?? false;
