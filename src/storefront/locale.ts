import type { Collection, Product, ProductSummary } from "../capabilities/selling/catalog/contract/shapes.ts";

export const locales = ["en", "zh-CN"] as const;
export type Locale = (typeof locales)[number];

/** A wish such as `zh`, `zh-Hans-CN` or `en-GB` as one of ours. */
export function asLocale(wish: string | undefined): Locale | undefined {
  const language = wish?.trim().toLowerCase().split(/[-_;]/, 1)[0];
  if (language === "zh") return "zh-CN";
  return language === "en" ? "en" : undefined;
}

interface Wishes {
  query: string | undefined;
  cookie: string | undefined;
  accept: string | undefined;
  shop: Locale;
}

/** What the shopper asked for just now, before, through the browser; else the shop's own language. */
export const chooseLocale = ({ query, cookie, accept, shop }: Wishes): Locale =>
  asLocale(query) ?? asLocale(cookie) ?? acceptedLocale(accept) ?? shop;

/** The first language of an Accept-Language header that we speak, by weight (RFC 9110, 12.5.4). */
function acceptedLocale(header: string | undefined): Locale | undefined {
  if (!header) return undefined;
  const wishes = header.split(",", 20).map((part) => {
    const [tag = "", ...parameters] = part.split(";");
    const weight = parameters
      .map((it) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(it)?.[1])
      .find((it) => it !== undefined);
    return { locale: asLocale(tag), weight: Number(weight ?? 1) };
  });
  const liked = wishes.filter((it) => it.locale !== undefined && it.weight > 0).sort((a, b) => b.weight - a.weight);
  return liked[0]?.locale;
}

/** The product in `locale`, with the shop's own words wherever a translation is missing. */
export function localise<Item extends Product | ProductSummary>(item: Item, locale: Locale): Item {
  const words = item.translations[locale];
  if (!words) return item;
  const said = (text: string): string => words.options?.[text] ?? text;
  const title = words.title ?? item.title;
  return {
    ...item,
    title,
    type: words.type ?? item.type,
    options: item.options.map(({ name, values }) => ({ name: said(name), values: values.map(said) })),
    variants: item.variants.map((it) => ({ ...it, options: it.options.map(said) })),
    image: item.image && { ...item.image, alt: words.title ?? item.image.alt },
    ...("images" in item && {
      description_html: words.description_html ?? item.description_html,
      seo: { ...item.seo, ...words.seo },
      images: item.images.map((it) => ({ ...it, alt: words.title ?? it.alt })),
    }),
  };
}

export function localiseCollection(collection: Collection, locale: Locale): Collection {
  const words = collection.translations[locale];
  return {
    ...collection,
    title: words?.title ?? collection.title,
    description_html: words?.description_html ?? collection.description_html,
  };
}
