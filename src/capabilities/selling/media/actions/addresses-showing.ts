import type { Ctx } from "../../../../platform/context.ts";
import { WIDTHS } from "../contract/types.ts";

/** Where a product is shown: its own page, its collections, and the lists that name every product. */
export interface Shown {
  handle: string;
  collections: readonly string[];
}

const LANGUAGES = ["", "?lang=en", "?lang=zh-CN"];

/**
 * What to purge and what to fetch after a change. The picture's own addresses are never purged: they are named by the content.
 * Pages are named on each host that the shop is reached by here: the uploader's and the shop's own of the platform.
 */
export function addressesShowing(
  origin: string,
  { tenant, env }: Ctx,
  src: string,
  width: number,
  shown: Shown | undefined,
): { purge: string[]; prewarm: string[] } {
  const own = new URL(origin);
  own.hostname = `${tenant.id}.${env.PLATFORM_DOMAIN}`;
  const origins = [...new Set([origin, own.origin])];
  const page = shown && `/products/${encodeURIComponent(shown.handle)}`;
  const paths = shown
    ? [page, "/", ...shown.collections.map((it) => `/collections/${encodeURIComponent(it)}`)].flatMap((path) =>
        LANGUAGES.map((language) => path + language),
      )
    : [];
  const data = shown ? [`/api/v1${page}`, "/api/v1/products", "/api/v1/collections", "/sitemap.xml"] : [];
  const sizes = src.endsWith(".gif") ? [] : WIDTHS.filter((it) => it < width).map((it) => `${src}?w=${it}`);
  return {
    purge: origins.flatMap((it) => [...paths, ...data].map((path) => it + path)),
    prewarm: [src, ...sizes, ...(page ? [page] : [])].map((path) => origin + path),
  };
}
