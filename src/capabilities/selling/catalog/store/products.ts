import { and, asc, desc, eq, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { database } from "../../../../platform/db.ts";
import type { Status } from "../contract/shapes.ts";
import type { Stored } from "../rules/draft.ts";
import { collectionProducts, collections, products, variants } from "../schema.ts";

/** Where a page of products ends: the sort key and the id of its last row. */
export interface PageKey {
  at: number;
  id: string;
}

/** A list as a table of one column, so that any number of values is one parameter (D1 binds at most 100). */
const listed = (values: readonly string[]): SQL => sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;

/** A product, its variants in order and the handles of its collections, in one round trip. */
export async function readByHandle(
  env: Env,
  tenantId: string,
  handle: string,
): Promise<(Stored & { collections: string[] }) | undefined> {
  const db = database(env);
  const isIt = and(eq(products.tenantId, tenantId), eq(products.handle, handle));
  const [found, itsVariants, itsCollections] = await db.batch([
    db.select().from(products).where(isIt),
    db
      .select()
      .from(variants)
      .where(
        and(
          eq(variants.tenantId, tenantId),
          inArray(variants.productId, db.select({ id: products.id }).from(products).where(isIt)),
        ),
      )
      .orderBy(variants.position),
    db
      .select({ handle: collections.handle })
      .from(collectionProducts)
      .innerJoin(
        collections,
        and(eq(collections.tenantId, collectionProducts.tenantId), eq(collections.id, collectionProducts.collectionId)),
      )
      .where(
        and(
          eq(collectionProducts.tenantId, tenantId),
          inArray(collectionProducts.productId, db.select({ id: products.id }).from(products).where(isIt)),
        ),
      )
      .orderBy(collections.position, collections.handle),
  ]);
  const [product] = found;
  return product && { product, variants: itsVariants, collections: itsCollections.map((it) => it.handle) };
}

/** Handles of products that show a picture, or whose variants do. */
export async function readShowing(env: Env, tenantId: string, src: string, limit: number): Promise<string[]> {
  const db = database(env);
  const ofVariants = db
    .select({ id: variants.productId })
    .from(variants)
    .where(and(eq(variants.tenantId, tenantId), eq(variants.image, src)));
  const isIn = sql`EXISTS (SELECT 1 FROM json_each(${products.images}) WHERE value ->> 'src' = ${src})`;
  const rows = await db
    .select({ handle: products.handle })
    .from(products)
    .where(and(eq(products.tenantId, tenantId), or(isIn, inArray(products.id, ofVariants))))
    .limit(limit);
  return rows.map((row) => row.handle);
}

/** The products of these handles with their variants; those that do not exist are left out. */
export async function readByHandles(
  env: Env,
  tenantId: string,
  handles: readonly string[],
): Promise<Map<string, Stored>> {
  const isOne = and(eq(products.tenantId, tenantId), inArray(products.handle, listed(handles)));
  const stored = await readWithVariants(env, tenantId, isOne, undefined, handles.length);
  return new Map(stored.map((it) => [it.product.handle, it]));
}

/** One page, newest first, of all products or of one status. */
export async function readNewest(
  env: Env,
  tenantId: string,
  page: { status?: Status; after?: PageKey; limit: number },
): Promise<Stored[]> {
  const { after, status, limit } = page;
  const which = and(
    eq(products.tenantId, tenantId),
    status && eq(products.status, status),
    after && or(lt(products.createdAt, after.at), and(eq(products.createdAt, after.at), lt(products.id, after.id))),
  );
  return readWithVariants(env, tenantId, which, [desc(products.createdAt), desc(products.id)], limit);
}

/** One page in the order of handles: the same order in every shop that holds the same products. */
export const readInHandleOrder = (env: Env, tenantId: string, after: string, limit: number): Promise<Stored[]> =>
  readWithVariants(
    env,
    tenantId,
    and(eq(products.tenantId, tenantId), sql`${products.handle} > ${after}`),
    [asc(products.handle)],
    limit,
  );

/** Active products from this handle on, in the order of handles. */
export const readActiveFrom = (env: Env, tenantId: string, from: string, limit: number): Promise<Stored[]> =>
  readWithVariants(
    env,
    tenantId,
    and(eq(products.tenantId, tenantId), eq(products.status, "active"), sql`${products.handle} >= ${from}`),
    [asc(products.handle)],
    limit,
  );

/** The first, the `every + 1`st, ... handle of the active products: where the parts of a long list begin. */
export async function readMarks(env: Env, tenantId: string, every: number): Promise<string[]> {
  const rows = await database(env).all<{ handle: string }>(sql`
    SELECT handle FROM (
      SELECT handle, row_number() OVER (ORDER BY handle) AS n FROM products
      WHERE products.tenant_id = ${tenantId} AND products.status = 'active')
    WHERE (n - 1) % ${every} = 0 ORDER BY handle`);
  return rows.map((row) => row.handle);
}

/** The collections of these products, as pairs of product id and handle, in the order of the collections. */
export const readPlaces = (
  env: Env,
  tenantId: string,
  productIds: readonly string[],
): Promise<{ productId: string; handle: string }[]> =>
  database(env)
    .select({ productId: collectionProducts.productId, handle: collections.handle })
    .from(collectionProducts)
    .innerJoin(
      collections,
      and(eq(collections.tenantId, collectionProducts.tenantId), eq(collections.id, collectionProducts.collectionId)),
    )
    .where(and(eq(collectionProducts.tenantId, tenantId), inArray(collectionProducts.productId, listed(productIds))))
    .orderBy(collections.position, collections.handle);

/** One page of a collection in one round trip; `at` of the key is the position in it. Undefined when there is no such collection. */
export async function readInCollection(
  env: Env,
  tenantId: string,
  handle: string,
  page: { status?: Status; after?: PageKey; limit: number },
): Promise<{ stored: Stored; key: PageKey }[] | undefined> {
  const db = database(env);
  const { after, status, limit } = page;
  const collection = db
    .select({ id: collections.id })
    .from(collections)
    .where(and(eq(collections.tenantId, tenantId), eq(collections.handle, handle)));
  const isHere = and(
    eq(collectionProducts.tenantId, tenantId),
    inArray(collectionProducts.collectionId, collection),
    status && eq(products.status, status),
    after && sql`(${collectionProducts.position}, ${collectionProducts.productId}) > (${after.at}, ${after.id})`,
  );
  const isItsProduct = and(
    eq(products.tenantId, collectionProducts.tenantId),
    eq(products.id, collectionProducts.productId),
  );
  const order = [collectionProducts.position, collectionProducts.productId];
  const ids = db
    .select({ id: products.id })
    .from(collectionProducts)
    .innerJoin(products, isItsProduct)
    .where(isHere)
    .orderBy(...order)
    .limit(limit);
  const [found, places, theirVariants] = await db.batch([
    collection,
    db
      .select({ product: products, at: collectionProducts.position, id: collectionProducts.productId })
      .from(collectionProducts)
      .innerJoin(products, isItsProduct)
      .where(isHere)
      .orderBy(...order)
      .limit(limit),
    db
      .select()
      .from(variants)
      .where(and(eq(variants.tenantId, tenantId), inArray(variants.productId, ids)))
      .orderBy(variants.productId, variants.position),
  ]);
  if (found.length === 0) return undefined;
  const byProduct = Map.groupBy(theirVariants, (it) => it.productId);
  return places.map(({ product, ...key }) => ({
    stored: { product, variants: byProduct.get(product.id) ?? [] },
    key,
  }));
}

async function readWithVariants(
  env: Env,
  tenantId: string,
  which: SQL | undefined,
  order: SQL[] | undefined,
  limit: number,
): Promise<Stored[]> {
  const db = database(env);
  const page = db
    .select({ id: products.id })
    .from(products)
    .where(which)
    .orderBy(...(order ?? []))
    .limit(limit);
  const [rows, theirVariants] = await db.batch([
    db
      .select()
      .from(products)
      .where(which)
      .orderBy(...(order ?? []))
      .limit(limit),
    db
      .select()
      .from(variants)
      .where(and(eq(variants.tenantId, tenantId), inArray(variants.productId, page)))
      .orderBy(variants.productId, variants.position),
  ]);
  const byProduct = Map.groupBy(theirVariants, (it) => it.productId);
  return rows.map((product) => ({ product, variants: byProduct.get(product.id) ?? [] }));
}

/** Sellable variants by SKU: those of active products, with what a cart line shows. */
export const readSellable = (env: Env, tenantId: string, skus: readonly string[]) =>
  database(env)
    .select({
      sku: variants.sku,
      productId: variants.productId,
      handle: products.handle,
      title: products.title,
      translations: products.translations,
      images: products.images,
      options: variants.options,
      price: variants.price,
      image: variants.image,
    })
    .from(variants)
    .innerJoin(products, and(eq(products.tenantId, variants.tenantId), eq(products.id, variants.productId)))
    .where(and(eq(variants.tenantId, tenantId), inArray(variants.sku, listed(skus)), eq(products.status, "active")));

/** Which of these SKUs exist, and whose they are. */
export const readOwners = (
  env: Env,
  tenantId: string,
  skus: readonly string[],
): Promise<{ sku: string; productId: string }[]> =>
  database(env)
    .select({ sku: variants.sku, productId: variants.productId })
    .from(variants)
    .where(and(eq(variants.tenantId, tenantId), inArray(variants.sku, listed(skus))));

/** Columns of a file that the shop's products keep in `extra`. */
export async function readExtraColumns(env: Env, tenantId: string): Promise<string[]> {
  const rows = await database(env).all<{ name: string }>(sql`
    SELECT DISTINCT cell.key AS name FROM products, json_each(products.extra) AS cell WHERE products.tenant_id = ${tenantId}
    UNION SELECT DISTINCT cell.key FROM variants, json_each(variants.extra) AS cell WHERE variants.tenant_id = ${tenantId}
    UNION SELECT DISTINCT cell.key FROM products, json_each(products.images) AS image, json_each(image.value, '$.extra') AS cell
      WHERE products.tenant_id = ${tenantId}`);
  return rows.map((row) => row.name);
}
