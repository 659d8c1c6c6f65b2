import { and, eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import { database, type Statement } from "../../../../platform/db.ts";
import type { ProductRow, VariantRow } from "../rules/draft.ts";
import { collectionProducts, products, variants } from "../schema.ts";

const PRODUCT_KEPT = ["tenantId", "id", "handle", "createdAt"];
const VARIANT_KEPT = ["tenantId", "id", "productId", "importedQty"];

/** Inserts or replaces products by id, any number in one statement. A handle that another product has breaks the transaction. */
export function upsertProducts(env: Env, rows: readonly ProductRow[]): Statement {
  const db = database(env);
  const list = JSON.stringify(
    rows.map((it) => [
      ...[
        it.tenantId,
        it.id,
        it.handle,
        it.title,
        it.descriptionHtml,
        it.vendor,
        it.type,
        it.tags,
        it.status,
        it.options,
      ],
      ...[
        it.images,
        it.seo,
        it.translations,
        it.extra,
        it.importId,
        it.importDid,
        it.createdAt,
        it.updatedAt,
        it.version,
      ],
    ]),
  );
  // The order is the table's: drizzle names its columns in front of the SELECT.
  return db
    .insert(products)
    .select(sql`SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value -> 7, value ->> 8,
      value -> 9, value -> 10, value -> 11, value -> 12, value -> 13, value ->> 14, value ->> 15, value ->> 16, value ->> 17, value ->> 18
      FROM json_each(${list}) WHERE true`)
    .onConflictDoUpdate({
      target: [products.tenantId, products.id],
      set: excluded(getTableColumns(products), PRODUCT_KEPT),
    });
}

/** Inserts or replaces variants by id. A SKU that another variant has breaks the transaction. */
export function upsertVariants(env: Env, rows: readonly VariantRow[]): Statement {
  const db = database(env);
  const list = JSON.stringify(
    rows.map((it) => [
      ...[it.tenantId, it.id, it.productId, it.sku, Number(it.skuGenerated), it.barcode, it.price, it.compareAtPrice],
      ...[it.grams, it.options, it.image, it.position, it.importedQty, it.extra],
    ]),
  );
  return db
    .insert(variants)
    .select(sql`SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8,
      value -> 9, value ->> 10, value ->> 11, value ->> 12, value -> 13
      FROM json_each(${list}) WHERE true`)
    .onConflictDoUpdate({
      target: [variants.tenantId, variants.id],
      set: excluded(getTableColumns(variants), VARIANT_KEPT),
    });
}

/** Every column but these takes the new row's value. */
const excluded = (columns: Record<string, { name: string }>, kept: readonly string[]): Record<string, SQL> =>
  Object.fromEntries(
    Object.entries(columns)
      .filter(([key]) => !kept.includes(key))
      .map(([key, column]) => [key, sql`excluded.${sql.identifier(column.name)}`]),
  );

/** Remembers the quantities that the counters were set to. */
export function writeImportedQuantities(
  env: Env,
  tenantId: string,
  set: readonly { sku: string; quantity: number }[],
): Statement {
  const list = JSON.stringify(set.map((it) => [it.sku, it.quantity]));
  return database(env)
    .update(variants)
    .set({ importedQty: sql`given.value ->> 1` })
    .from(sql`json_each(${list}) AS given`)
    .where(and(eq(variants.tenantId, tenantId), sql`${variants.sku} = given.value ->> 0`));
}

export const deleteVariants = (env: Env, tenantId: string, ids: readonly string[]): Statement =>
  database(env)
    .delete(variants)
    .where(
      and(
        eq(variants.tenantId, tenantId),
        inArray(variants.id, sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`),
      ),
    );

/**
 * Breaks the transaction unless the product still has this version: `version` may not be NULL, and an UPDATE of 0 rows would be
 * no error to D1.
 */
export const holdVersion = (env: Env, tenantId: string, id: string, version: number): Statement =>
  database(env)
    .update(products)
    .set({ version: sql`CASE WHEN ${products.version} = ${version} THEN ${products.version} ELSE NULL END` })
    .where(and(eq(products.tenantId, tenantId), eq(products.id, id)));

export function deleteProductRows(env: Env, tenantId: string, id: string): Statement[] {
  const db = database(env);
  return [
    db
      .delete(collectionProducts)
      .where(and(eq(collectionProducts.tenantId, tenantId), eq(collectionProducts.productId, id))),
    db.delete(variants).where(and(eq(variants.tenantId, tenantId), eq(variants.productId, id))),
    db.delete(products).where(and(eq(products.tenantId, tenantId), eq(products.id, id))),
  ];
}
