import type { Child } from "hono/jsx";
import type { Locale } from "../storefront/locale.ts";
import { m } from "../storefront/messages/compiled/messages.js";
import { LanguageButton } from "../storefront/parts/header.tsx";
import { Lantern } from "../storefront/parts/lantern.tsx";

const OWN = ["shop", "reference"];

const pages = (locale: Locale) => [
  { href: "/docs", name: m.docs_reference({}, { locale }) },
  { href: "/docs/capabilities", name: m.docs_capabilities({}, { locale }) },
  { href: "/docs/errors", name: m.docs_errors({}, { locale }) },
  { href: "/api/v1/openapi.json", name: m.docs_openapi({}, { locale }) },
];

interface FrameProps {
  title: string;
  path: string;
  locale: Locale;
  /** Style sheets of the page. */
  sheets?: readonly string[];
  /** Scripts of the page, in order: `scalar.js`, and then modules. */
  scripts?: readonly { src: string; isModule?: boolean }[];
  children?: Child;
}

/** A page of the documentation. Its frame and prose speak the reader's language; the contract's own words stay English. */
export const DocumentFrame = ({ title, path, locale, sheets = OWN, scripts = [], children }: FrameProps) => (
  <html lang={locale}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{`${title} · ${m.docs_name({}, { locale })}`}</title>
      <link rel="icon" href="/demo/favicon.svg" />
      {sheets.map((name) => (
        <link rel="stylesheet" href={`/build/${name}.css`} />
      ))}
    </head>
    <body>
      <a class="skip" href="#main">
        {m.skip_to_content({}, { locale })}
      </a>
      <header class="header">
        <div class="awning" aria-hidden="true" />
        <div class="header-row wrap">
          <a class="brand" href="/docs">
            <Lantern />
            <span>{m.docs_name({}, { locale })}</span>
          </a>
          <div class="header-tools">
            <LanguageButton locale={locale} back={path} />
          </div>
        </div>
        <nav class="stalls" aria-label={m.docs_nav({}, { locale })}>
          <ul class="wrap">
            {pages(locale).map(({ href, name }) => (
              <li>
                <a href={href} aria-current={href === path ? "page" : undefined}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      {children}
      {scripts.map(({ src, isModule }) => (
        <script src={src} type={isModule ? "module" : undefined} />
      ))}
    </body>
  </html>
);

/** The same with a heading, for pages that people read from the top. */
export const DocumentPage = ({ children, ...frame }: FrameProps) => (
  <DocumentFrame {...frame}>
    <main id="main" class="wrap page reference" tabindex={-1}>
      <h1>{frame.title}</h1>
      {children}
    </main>
  </DocumentFrame>
);
