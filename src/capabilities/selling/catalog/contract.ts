import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";
import {
  collection,
  collectionFields,
  handle,
  importState,
  product,
  productFields,
  productPage,
  status,
} from "./contract/shapes.ts";

const reading = { meter: "catalog_read", rateLimit: 200, quotaScope: "per-api-key", tier: "basic" } as const;
const writing = { meter: "catalog_write", rateLimit: 20, quotaScope: "per-tenant", tier: "basic" } as const;
const importing = {
  meter: "catalog_import",
  rateLimit: 1,
  quotaScope: "per-tenant",
  tier: "premium",
  hook: "async-batch",
} as const;

export const PAGE_MAX = 100;
export const PAGE_DEFAULT = 24;
/** The largest catalogue file. */
export const FILE_BYTES_MAX = 200 * 1_048_576;

const byHandle = z.object({ handle });
const write = { who: "staff", scope: "catalog:write", billing: writing } as const;
const read = { who: "visitor", billing: reading } as const;

export const listProducts = operation({
  ...read,
  id: "listProducts",
  method: "get",
  path: "/products",
  summary: "Products, newest first, or those of a collection in its order",
  description: "Visitors see active products. Staff with catalog:read see all and may filter by status.",
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).optional(),
    cursor: z.string().max(512).optional(),
    collection: handle.optional(),
    status: status.optional(),
  }),
  answer: { status: 200, shape: productPage },
  refusals: { not_found: 404, forbidden: 403, invalid_request: 422 },
});

export const readProduct = operation({
  ...read,
  id: "readProduct",
  method: "get",
  path: "/products/{handle}",
  summary: "A product with its variants",
  params: byHandle,
  answer: { status: 200, shape: product },
  refusals: { not_found: 404 },
});

export const createProduct = operation({
  ...write,
  id: "createProduct",
  method: "post",
  path: "/products",
  summary: "Create a product with its variants",
  body: productFields
    .partial()
    .extend({ handle, title: productFields.shape.title, variants: productFields.shape.variants }),
  example: {
    handle: "carry-lantern",
    title: "Carry Lantern",
    type: "Lantern",
    tags: ["light", "wood"],
    status: "active",
    variants: [{ sku: "LGT-CAR", price: { amount: 35_900, currency: "CNY" }, on_hand: 40 }],
    translations: { "zh-CN": { title: "提灯" } },
  },
  answer: { status: 201, shape: product },
  refusals: { handle_taken: 409, sku_taken: 409, invalid_request: 422, wrong_currency: 422, stock_not_set: 503 },
});

export const changeProduct = operation({
  ...write,
  id: "changeProduct",
  method: "patch",
  path: "/products/{handle}",
  summary: "Change a product; a list of variants replaces the old one, matched by SKU",
  params: byHandle,
  body: productFields.partial(),
  example: { tags: ["light", "wood", "gift"], status: "active" },
  answer: { status: 200, shape: product },
  refusals: {
    not_found: 404,
    sku_taken: 409,
    changed_meanwhile: 409,
    invalid_request: 422,
    wrong_currency: 422,
    stock_not_set: 503,
  },
});

export const deleteProduct = operation({
  ...write,
  id: "deleteProduct",
  method: "delete",
  path: "/products/{handle}",
  summary: "Delete a product and its variants",
  params: byHandle,
  answer: { status: 204 },
  refusals: { not_found: 404 },
});

export const listCollections = operation({
  ...read,
  id: "listCollections",
  method: "get",
  path: "/collections",
  summary: "All collections, in their order",
  answer: {
    status: 200,
    shape: z.object({ data: z.array(collection), next_cursor: z.null() }).openapi("CollectionPage"),
  },
  refusals: {},
});

export const readCollection = operation({
  ...read,
  id: "readCollection",
  method: "get",
  path: "/collections/{handle}",
  summary: "A collection with its cover and the number of its products",
  params: byHandle,
  answer: { status: 200, shape: collection },
  refusals: { not_found: 404 },
});

export const createCollection = operation({
  ...write,
  id: "createCollection",
  method: "post",
  path: "/collections",
  summary: "Create a collection",
  body: collectionFields.partial().extend({ handle, title: collectionFields.shape.title }),
  example: { handle: "gifts", title: "Gifts", product_handles: ["carry-lantern"] },
  answer: { status: 201, shape: collection },
  refusals: { handle_taken: 409, unknown_product: 422, too_many_collections: 422 },
});

export const changeCollection = operation({
  ...write,
  id: "changeCollection",
  method: "patch",
  path: "/collections/{handle}",
  summary: "Change a collection; a list of products replaces the old one",
  params: byHandle,
  body: collectionFields.partial(),
  example: { title: "Gifts to carry", position: 2 },
  answer: { status: 200, shape: collection },
  refusals: { not_found: 404, unknown_product: 422 },
});

export const deleteCollection = operation({
  ...write,
  id: "deleteCollection",
  method: "delete",
  path: "/collections/{handle}",
  summary: "Delete a collection; its products stay",
  params: byHandle,
  answer: { status: 204 },
  refusals: { not_found: 404 },
});

export const importCatalog = operation({
  who: "staff",
  scope: "catalog:write",
  billing: importing,
  id: "importCatalog",
  method: "post",
  path: "/catalog/imports",
  summary: "Import a catalogue file (Shopify product CSV)",
  description:
    "Idempotent by handle and SKU: what the shop already has is not written again. Rows that cannot be read are reported with their line and column, the others are imported.",
  key: "optional",
  upload: { type: "text/csv", bytesMax: FILE_BYTES_MAX },
  answer: { status: 202, shape: importState.extend({ errors_url: z.string() }).openapi("CatalogImportStarted") },
  refusals: { body_too_large: 413, empty_file: 422, key_reused: 422, in_flight: 409 },
});

export const readImport = operation({
  who: "staff",
  scope: "catalog:write",
  billing: reading,
  id: "readImport",
  method: "get",
  path: "/catalog/imports/{id}",
  summary: "How far an import is, what it changed and which rows it rejected",
  params: z.object({ id: z.string().regex(/^imp_[0-9a-z]{26}$/, "Expected an import id.") }),
  answer: { status: 200, shape: importState },
  refusals: { not_found: 404 },
});

export const exportCatalog = operation({
  who: "staff",
  scope: "catalog:read",
  billing: { ...reading, rateLimit: 1, quotaScope: "per-tenant" },
  id: "exportCatalog",
  method: "get",
  path: "/catalog/export.csv",
  summary: "The whole catalogue as a Shopify product CSV",
  answer: { status: 200, type: "text/csv; charset=utf-8" },
  refusals: {},
});
