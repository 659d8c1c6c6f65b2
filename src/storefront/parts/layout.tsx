import type { Child } from "hono/jsx";
import { built } from "../built.ts";
import { m } from "../messages/compiled/messages.js";
import type { Shell } from "../read-shell.ts";
import type { Visit } from "../visit.ts";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";
import { MetaTags } from "./meta-tags.tsx";
import { ThemeStyle } from "./theme-style.tsx";

/** What a page says of itself to browsers, search engines and other sites. */
export interface Head {
  title: string;
  description?: string;
  /** The path that this page is known by; search parameters that only change the view are left out. */
  canonical?: string;
  image?: string;
  /** For search engines: pages of one shopper are nobody else's. */
  isPrivate?: boolean;
  product?: { amount: string; currency: string };
  /** Structured data (schema.org), each one object. */
  data?: readonly object[];
  /** Without scripts the browser asks again after so many seconds. */
  refreshSeconds?: number;
  /** Names of scripts in islands/. */
  islands?: readonly string[];
  /** Names of style sheets in styles/ beside the shop's own. */
  sheets?: readonly string[];
}

interface LayoutProps {
  visit: Visit;
  shell: Shell;
  head: Head;
  children?: Child;
}

export function Layout({ visit, shell, head, children }: LayoutProps) {
  return (
    <html lang={visit.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href={built(visit.ctx.env, "shop.css")} />
        {head.sheets?.map((name) => (
          <link rel="stylesheet" href={built(visit.ctx.env, `${name}.css`)} />
        ))}
        <ThemeStyle visit={visit} />
        <link rel="alternate" type="application/rss+xml" href="/feeds/new.rss" title={visit.ctx.tenant.name} />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <MetaTags visit={visit} head={head} />
        {head.refreshSeconds !== undefined && (
          <noscript>
            <meta http-equiv="refresh" content={String(head.refreshSeconds)} />
          </noscript>
        )}
        {head.islands?.map((name) => (
          <script type="module" src={built(visit.ctx.env, `${name}.js`)} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          {m.skip_to_content({}, visit.say)}
        </a>
        <Header visit={visit} shell={shell} />
        <main id="main" tabindex={-1}>
          {children}
        </main>
        <Footer visit={visit} shell={shell} />
      </body>
    </html>
  );
}
