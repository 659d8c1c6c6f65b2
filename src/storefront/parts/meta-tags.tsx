import { raw } from "hono/html";
import { type Locale, locales } from "../locale.ts";
import type { Visit } from "../visit.ts";
import type { Head } from "./layout.tsx";

const OPEN_GRAPH_LOCALE: { [locale in Locale]: string } = { en: "en_US", "zh-CN": "zh_CN" };

/** Title, description, canonical and language alternates, Open Graph and structured data. */
export function MetaTags({ visit, head }: { visit: Visit; head: Head }) {
  const shop = visit.ctx.tenant.name;
  const title = head.title === shop ? shop : `${head.title} · ${shop}`;
  const address = head.canonical === undefined ? undefined : inLanguage(visit, head.canonical, visit.locale);
  return (
    <>
      <title>{title}</title>
      {head.description && <meta name="description" content={head.description} />}
      {(head.isPrivate || !address) && <meta name="robots" content="noindex" />}
      {address && !head.isPrivate && (
        <>
          <link rel="canonical" href={address} />
          {locales.map((locale) => (
            <link rel="alternate" hreflang={locale} href={inLanguage(visit, head.canonical ?? "/", locale)} />
          ))}
          <link rel="alternate" hreflang="x-default" href={visit.ctx.origin + head.canonical} />
          <meta property="og:url" content={address} />
        </>
      )}
      <meta property="og:site_name" content={shop} />
      <meta property="og:type" content={head.product ? "product" : "website"} />
      <meta property="og:title" content={head.title} />
      <meta property="og:locale" content={OPEN_GRAPH_LOCALE[visit.locale]} />
      {head.description && <meta property="og:description" content={head.description} />}
      {head.image && <meta property="og:image" content={new URL(head.image, visit.ctx.origin).href} />}
      {head.product && <meta property="product:price:amount" content={head.product.amount} />}
      {head.product && <meta property="product:price:currency" content={head.product.currency} />}
      {head.data?.map((data) => (
        <script type="application/ld+json" nonce={visit.nonce}>
          {raw(asScript(data))}
        </script>
      ))}
    </>
  );
}

/** The shop's own language has the plain address; the other one says so in it. */
function inLanguage({ ctx }: Visit, path: string, locale: Locale): string {
  const url = new URL(path, ctx.origin);
  if (locale !== ctx.tenant.locale) url.searchParams.set("lang", locale);
  return url.href;
}

/** JSON that cannot close the script element it stands in, whatever words are in it. */
const asScript = (data: object): string =>
  JSON.stringify(data).replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("&", "\\u0026");
