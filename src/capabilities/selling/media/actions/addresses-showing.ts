import type { Ctx } from "../../../../platform/context.ts";
import { WIDTHS } from "../contract/types.ts";

/** Where a picture is shown: on its product's page if it has one, in collections, and in the lists that name them all. */
export interface Shown {
  handle?: string;
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
  const kept = new URL(origin);
  kept.hostname = `${tenant.id}.${env.PLATFORM_DOMAIN}`;
  const origins = [...new Set([origin, kept.origin])];
  const page = shown?.handle === undefined ? undefined : `/products/${encodeURIComponent(shown.handle)}`;
  const own = page ? [page] : [];
  const paths = shown
    ? [...own, "/", ...shown.collections.map((it) => `/collections/${encodeURIComponent(it)}`)].flatMap((path) =>
        LANGUAGES.map((language) => path + language),
      )
    : [];
  const data = shown
    ? [...own.map((it) => `/api/v1${it}`), "/api/v1/products", "/api/v1/collections", "/sitemap.xml"]
    : [];
  const sizes = src.endsWith(".gif") ? [] : WIDTHS.filter((it) => it < width).map((it) => `${src}?w=${it}`);
  return {
    purge: origins.flatMap((it) => [...paths, ...data].map((path) => it + path)),
    prewarm: [src, ...sizes, ...own].map((path) => origin + path),
  };
}
