import { raw } from "hono/html";
import type { Locale } from "../locale.ts";
import { m } from "../messages/compiled/messages.js";
import type { Shell } from "../read-shell.ts";
import type { Visit } from "../visit.ts";
import { Lantern } from "./lantern.tsx";
import { HeaderSearch } from "./search-box.tsx";

const OTHER: { [locale in Locale]: { locale: Locale; name: string } } = {
  en: { locale: "zh-CN", name: "中文" },
  "zh-CN": { locale: "en", name: "English" },
};

export function Header({ visit, shell }: { visit: Visit; shell: Shell }) {
  const { say, url } = visit;
  return (
    <header class="header">
      <div class="awning" aria-hidden="true" />
      <div class="header-row wrap">
        <a class="brand" href="/" aria-current={url.pathname === "/" ? "page" : undefined}>
          <Lantern />
          <span>{visit.ctx.tenant.name}</span>
        </a>
        <div class="header-tools">
          <HeaderSearch visit={visit} />
          <LanguageSwitch visit={visit} />
          {visit.has("accounts") && <AccountLink visit={visit} />}
          <a class="cart-link" href="/cart" aria-current={url.pathname === "/cart" ? "page" : undefined}>
            <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
              <path d="M5.500 8.500h13l1 12h-15zM8.500 8.500V7a3.500 3.500 0 0 1 7 0v1.500" />
            </svg>
            <span class="cart-word">{m.cart({}, say)}</span>
            {raw(cartCount(shell.carried))}
          </a>
        </div>
      </div>
      {shell.collections.length > 0 && (
        <nav class="stalls" aria-label={m.collections({}, say)}>
          <ul class="wrap">
            {shell.collections.map(({ handle, title }) => (
              <li>
                <a href={`/collections/${handle}`} aria-current={isAt(url, handle) ? "page" : undefined}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}

const AccountLink = ({ visit: { say, url } }: { visit: Visit }) => (
  <a class="cart-link account-link" href="/account" aria-current={isAccount(url) ? "page" : undefined}>
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path d="M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.500 20.500c.6-4 3.600-6 7.500-6s6.900 2 7.500 6" />
    </svg>
    <span class="cart-word">{m.account({}, say)}</span>
  </a>
);

/** How many things the shopper carries, as HTML: the one part of a kept page that is made for each shopper. */
export const cartCount = (carried: number): string =>
  `<span class="cart-count" data-cart-count${carried === 0 ? " hidden" : ""}>${carried}</span>`;

/** The same for everybody, since pages are kept for everybody: whose account it is shows behind it. */
const isAccount = (url: URL): boolean => url.pathname.startsWith("/account");

const isAt = (url: URL, handle: string): boolean => url.pathname === `/collections/${encodeURIComponent(handle)}`;

/** For the page that is shown. */
export const LanguageSwitch = ({ visit: { locale, url } }: { visit: Visit }) => (
  <LanguageButton locale={locale} back={url.pathname + url.search} />
);

/** Posts, so that the choice is kept; the page `back` stays the same. */
export function LanguageButton({ locale, back }: { locale: Locale; back: string }) {
  const other = OTHER[locale];
  return (
    <form class="language" method="post" action="/language">
      <input type="hidden" name="back" value={back} />
      <input type="hidden" name="locale" value={other.locale} />
      <button type="submit" lang={other.locale} aria-label={`${m.language({}, { locale })}: ${other.name}`}>
        {other.name}
      </button>
    </form>
  );
}
