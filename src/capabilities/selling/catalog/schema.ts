import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Image, Option, Seo, Status, Translations } from "./contract/shapes.ts";

/** Cells of a catalogue file that Souk has no field for, by column name (docs/decisions/002). */
export type Extra = Record<string, string>;

/** A picture as stored: with the cells that its row carried beside it. */
export type StoredImage = Image & { extra?: Extra };

export const products = sqliteTable(
  "products",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    handle: text("handle").notNull(),
    title: text("title").notNull(),
    descriptionHtml: text("description_html").notNull(),
    vendor: text("vendor").notNull(),
    type: text("type").notNull(),
    tags: text("tags", { mode: "json" }).$type<string[]>().notNull(),
    status: text("status").$type<Status>().notNull(),
    options: text("options", { mode: "json" }).$type<Option[]>().notNull(),
    images: text("images", { mode: "json" }).$type<StoredImage[]>().notNull(),
    seo: text("seo", { mode: "json" }).$type<Seo>().notNull(),
    translations: text("translations", { mode: "json" }).$type<Translations>().notNull(),
    extra: text("extra", { mode: "json" }).$type<Extra>().notNull(),
    /** The import that wrote the row last and what it did, so that a resumed import counts the row once. */
    importId: text("import_id"),
    importDid: text("import_did").$type<"created" | "updated">(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    version: integer("version").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("products_by_handle").on(table.tenantId, table.handle),
    index("products_by_status").on(table.tenantId, table.status, table.createdAt, table.id),
    index("products_by_age").on(table.tenantId, table.createdAt, table.id),
    check("product_status", sql`${table.status} IN ('draft', 'active', 'archived')`),
  ],
);

export const variants = sqliteTable(
  "variants",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    productId: text("product_id").notNull(),
    sku: text("sku").notNull(),
    /** The merchant gave no usable SKU, so Souk made one; a file export leaves it out. */
    skuGenerated: integer("sku_generated", { mode: "boolean" }).notNull(),
    barcode: text("barcode").notNull(),
    price: integer("price").notNull(),
    compareAtPrice: integer("compare_at_price"),
    grams: integer("grams").notNull(),
    /** One value for each option of the product, in its order. */
    options: text("options", { mode: "json" }).$type<string[]>().notNull(),
    image: text("image"),
    position: integer("position").notNull(),
    /** The quantity that was last set from a file or at creation; live stock is the counter's. */
    importedQty: integer("imported_qty"),
    extra: text("extra", { mode: "json" }).$type<Extra>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("variants_by_sku").on(table.tenantId, table.sku),
    index("variants_by_product").on(table.tenantId, table.productId, table.position),
    check(
      "variant_price",
      sql`${table.price} >= 0 AND (${table.compareAtPrice} IS NULL OR ${table.compareAtPrice} >= 0)`,
    ),
  ],
);

export const collections = sqliteTable(
  "collections",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    handle: text("handle").notNull(),
    title: text("title").notNull(),
    descriptionHtml: text("description_html").notNull(),
    image: text("image", { mode: "json" }).$type<{ src: string; alt: string }>(),
    translations: text("translations", { mode: "json" }).$type<Translations>().notNull(),
    position: integer("position").notNull(),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    version: integer("version").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("collections_by_handle").on(table.tenantId, table.handle),
  ],
);

export const collectionProducts = sqliteTable(
  "collection_products",
  {
    tenantId: text("tenant_id").notNull(),
    collectionId: text("collection_id").notNull(),
    productId: text("product_id").notNull(),
    position: integer("position").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.collectionId, table.productId] }),
    index("collection_products_in_order").on(table.tenantId, table.collectionId, table.position, table.productId),
    index("collection_products_by_product").on(table.tenantId, table.productId),
  ],
);
