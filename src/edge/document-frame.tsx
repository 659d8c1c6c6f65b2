import type { Child } from "hono/jsx";

const PAGES = [
  { href: "/docs", name: "Reference" },
  { href: "/docs/capabilities", name: "Capabilities and prices" },
  { href: "/docs/errors", name: "Problem codes" },
  { href: "/api/v1/openapi.json", name: "OpenAPI 3.1" },
];

interface FrameProps {
  title: string;
  path: string;
  children?: Child;
}

/** A page of the documentation for people, beside the reader of the OpenAPI document. In English, like the document. */
export const DocumentFrame = ({ title, path, children }: FrameProps) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{`${title} · Souk API`}</title>
      <link rel="icon" href="/demo/favicon.svg" />
      <link rel="stylesheet" href="/build/shop.css" />
      <link rel="stylesheet" href="/build/reference.css" />
    </head>
    <body>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <header class="header">
        <div class="awning" aria-hidden="true" />
        <nav class="stalls" aria-label="Documentation">
          <ul class="wrap">
            <li class="reference-name">Souk API</li>
            {PAGES.map(({ href, name }) => (
              <li>
                <a href={href} aria-current={href === path ? "page" : undefined}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main id="main" class="wrap page reference" tabindex={-1}>
        <h1>{title}</h1>
        {children}
      </main>
    </body>
  </html>
);
