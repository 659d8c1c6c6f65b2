import { raw } from "hono/html";
import { listProducts, readCollection } from "../../capabilities/selling/catalog/actions.ts";
import type { Collection, ProductPage } from "../../capabilities/selling/catalog/contract/shapes.ts";
import { plainText } from "../format.ts";
import { localiseCollection } from "../locale.ts";
import { m } from "../messages/compiled/messages.js";
import { Breadcrumbs, breadcrumbData } from "../parts/breadcrumbs.tsx";
import { Picture } from "../parts/picture.tsx";
import { ProductGrid } from "../parts/product-card.tsx";
import { sanitiseHtml } from "../sanitise.ts";
import { show } from "../show.tsx";
import type { Page, Visit } from "../visit.ts";
import { missingPage } from "./missing.tsx";

const PAGE_PRODUCTS = 24;
/** Cursors only lead on; the way back is the trail of pages seen, this many at most. */
const TRAIL_MAX = 8;

/** `GET /collections/:handle?cursor=&trail=` */
export async function collectionPage(c: Page): Promise<Response> {
  const { visit } = c.var;
  const handle = c.req.param("handle") ?? "";
  const cursor = c.req.query("cursor") || undefined;
  const [found, listed] = await Promise.all([
    readCollection(visit.ctx, { handle }),
    listProducts(visit.ctx, { collection: handle, limit: PAGE_PRODUCTS, cursor }),
  ]);
  if (!found.ok || !listed.ok) return missingPage(c);
  const collection = localiseCollection(found.value, visit.locale);
  const description = await sanitiseHtml(collection.description_html);
  const path = `/collections/${encodeURIComponent(handle)}`;
  const crumbs = [{ title: collection.title, path }];
  const head = {
    title: collection.title,
    description: plainText(description, 160) || undefined,
    canonical: cursor ? undefined : path,
    image: collection.image?.src,
    data: [breadcrumbData(visit, crumbs)],
  };
  return show(
    c,
    head,
    <>
      <Cover visit={visit} collection={collection} description={description} />
      <div class="wrap">
        <Breadcrumbs visit={visit} crumbs={crumbs} />
        {listed.value.data.length === 0 ? (
          <p class="empty">{m.collection_empty({}, visit.say)}</p>
        ) : (
          <ProductGrid visit={visit} products={listed.value.data} heading="h2" eager={4} />
        )}
        <Pager visit={visit} path={path} page={listed.value} cursor={cursor} />
      </div>
    </>,
  );
}

function Cover({ visit, collection, description }: { visit: Visit; collection: Collection; description: string }) {
  const { title, image, product_count: count } = collection;
  return (
    <section class={image ? "cover" : "cover cover-bare"}>
      {image && <Picture src={image.src} alt="" width={1600} height={900} isFirst class="cover-picture" />}
      <div class="cover-words wrap">
        <h1 class="cover-title">{title}</h1>
        <p class="eyebrow">{m.things({ count }, visit.say)}</p>
        {description && <div class="prose">{raw(description)}</div>}
      </div>
    </section>
  );
}

function Pager({
  visit,
  path,
  page,
  cursor,
}: {
  visit: Visit;
  path: string;
  page: ProductPage;
  cursor: string | undefined;
}) {
  const trail = (visit.url.searchParams.get("trail") ?? "").split(" ").filter(Boolean).slice(-TRAIL_MAX);
  const before = trail.at(-1);
  const back = cursor && address(path, before === "start" ? undefined : before, trail.slice(0, -1));
  const next = page.next_cursor && address(path, page.next_cursor, [...trail, cursor ?? "start"]);
  if (!back && !next) return null;
  return (
    <nav class="pager" aria-label={m.pages({}, visit.say)}>
      {back && (
        <a class="button button-quiet" rel="prev" href={back}>
          {m.page_back({}, visit.say)}
        </a>
      )}
      {next && (
        <a class="button button-quiet" rel="next" href={next}>
          {m.page_next({}, visit.say)}
        </a>
      )}
    </nav>
  );
}

function address(path: string, cursor: string | undefined, trail: readonly string[]): string {
  const query = new URLSearchParams();
  if (cursor) query.set("cursor", cursor);
  if (cursor && trail.length > 0) query.set("trail", trail.slice(-TRAIL_MAX).join(" "));
  return query.size > 0 ? `${path}?${query}` : path;
}
