import { and, count, eq, type SQL, sql } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import type { CollectionRow } from "../rules/draft.ts";
import { collectionProducts, collections, products } from "../schema.ts";

/** A collection with the numbers of its products and the first image among them. */
export interface CollectionFound {
  collection: CollectionRow;
  /** Products that visitors see. */
  active: number;
  all: number;
  firstSrc: string | null;
  firstAlt: string | null;
}

const members = (what: SQL, more: SQL = sql``) => sql`(
  SELECT ${what} FROM collection_products AS place
  JOIN products AS member ON member.tenant_id = place.tenant_id AND member.id = place.product_id
  WHERE place.tenant_id = "collections"."tenant_id" AND place.collection_id = "collections"."id" ${more})`;

const firstImage = (what: SQL) =>
  members(
    what,
    sql`AND member.status = 'active' AND json_array_length(member.images) > 0 ORDER BY place.position, place.product_id LIMIT 1`,
  );

const find = (env: Env, which: SQL | undefined): Promise<CollectionFound[]> =>
  database(env)
    .select({
      collection: collections,
      active: sql<number>`${members(sql`count(*)`, sql`AND member.status = 'active'`)}`,
      all: sql<number>`${members(sql`count(*)`)}`,
      firstSrc: sql<string | null>`${firstImage(sql`member.images ->> '$[0].src'`)}`,
      firstAlt: sql<string | null>`${firstImage(sql`member.images ->> '$[0].alt'`)}`,
    })
    .from(collections)
    .where(which)
    .orderBy(collections.position, collections.handle);

export const readCollections = (env: Env, tenantId: string): Promise<CollectionFound[]> =>
  find(env, eq(collections.tenantId, tenantId));

export async function readCollectionByHandle(
  env: Env,
  tenantId: string,
  handle: string,
): Promise<CollectionFound | undefined> {
  const [found] = await find(env, and(eq(collections.tenantId, tenantId), eq(collections.handle, handle)));
  return found;
}

export async function countCollections(env: Env, tenantId: string): Promise<number> {
  const [row] = await database(env)
    .select({ count: count() })
    .from(collections)
    .where(eq(collections.tenantId, tenantId));
  return row?.count ?? 0;
}

/** The ids of products by handle, of those that exist. */
export async function readProductIds(
  env: Env,
  tenantId: string,
  handles: readonly string[],
): Promise<Map<string, string>> {
  const list = JSON.stringify(handles);
  const rows = await database(env)
    .select({ handle: products.handle, id: products.id })
    .from(products)
    .where(and(eq(products.tenantId, tenantId), sql`${products.handle} IN (SELECT value FROM json_each(${list}))`));
  return new Map(rows.map((row) => [row.handle, row.id]));
}

/** The handles of a collection's products; none when there is no such collection. */
export async function readMemberHandles(env: Env, tenantId: string, collection: string): Promise<string[]> {
  const rows = await database(env)
    .select({ handle: products.handle })
    .from(collections)
    .innerJoin(
      collectionProducts,
      and(eq(collectionProducts.tenantId, collections.tenantId), eq(collectionProducts.collectionId, collections.id)),
    )
    .innerJoin(
      products,
      and(eq(products.tenantId, collectionProducts.tenantId), eq(products.id, collectionProducts.productId)),
    )
    .where(and(eq(collections.tenantId, tenantId), eq(collections.handle, collection)));
  return rows.map((row) => row.handle);
}

/** Handles of collections that have this picture as their own, at most 100. */
export async function readCollectionsOf(env: Env, tenantId: string, src: string): Promise<string[]> {
  const rows = await database(env)
    .select({ handle: collections.handle })
    .from(collections)
    .where(hasPicture(tenantId, src))
    .limit(100);
  return rows.map((row) => row.handle);
}

/** Takes the picture off these collections, and touches nothing else of them. */
export const dropPicture = (
  env: Env,
  tenantId: string,
  src: string,
  handles: readonly string[],
  now: number,
): Statement =>
  database(env)
    .update(collections)
    .set({ image: null, updatedAt: now, version: sql`${collections.version} + 1` })
    .where(
      and(
        hasPicture(tenantId, src),
        sql`${collections.handle} IN (SELECT value FROM json_each(${JSON.stringify(handles)}))`,
      ),
    );

const hasPicture = (tenantId: string, src: string) =>
  and(eq(collections.tenantId, tenantId), sql`${collections.image} ->> 'src' = ${src}`);

/** Inserts a collection or replaces it by id. A handle that another collection has breaks the transaction. */
export const upsertCollection = (env: Env, row: CollectionRow): Statement => {
  const { tenantId, id, handle, createdAt, ...changes } = row;
  return database(env)
    .insert(collections)
    .values(row)
    .onConflictDoUpdate({ target: [collections.tenantId, collections.id], set: changes });
};

/** Replaces the members of a collection, in the order given. */
export function replaceMembers(
  env: Env,
  tenantId: string,
  collectionId: string,
  productIds: readonly string[],
): Statement[] {
  const db = database(env);
  const list = JSON.stringify(productIds);
  return [
    deleteMembers(env, tenantId, collectionId),
    db
      .insert(collectionProducts)
      .select(sql`SELECT ${tenantId}, ${collectionId}, value, key FROM json_each(${list}) WHERE true`)
      .onConflictDoNothing(),
  ];
}

export const deleteCollectionRows = (env: Env, tenantId: string, id: string): Statement[] => [
  deleteMembers(env, tenantId, id),
  database(env)
    .delete(collections)
    .where(and(eq(collections.tenantId, tenantId), eq(collections.id, id))),
];

const deleteMembers = (env: Env, tenantId: string, collectionId: string): Statement =>
  database(env)
    .delete(collectionProducts)
    .where(and(eq(collectionProducts.tenantId, tenantId), eq(collectionProducts.collectionId, collectionId)));
