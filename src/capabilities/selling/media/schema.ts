import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { PictureType } from "./contract/types.ts";

/** Why an upload was refused, kept so that asking again gets the same answer. */
export interface StoredRefusal {
  code: string;
  detail: string;
}

/**
 * An announced upload. `open`: its address may be used; `receiving`: bytes arrive; `received`: they are there; then `done` or
 * `refused`. Rows stay for the retry of a completion; the object at `key` is gone once `cleaned_at` is set.
 */
export const mediaUploads = sqliteTable(
  "media_uploads",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    key: text("key").notNull(),
    filename: text("filename").notNull(),
    contentType: text("content_type").$type<PictureType>().notNull(),
    bytes: integer("bytes").notNull(),
    sha256: text("sha256").notNull(),
    alt: text("alt").notNull(),
    productHandle: text("product_handle"),
    replaces: text("replaces"),
    state: text("state").$type<"open" | "receiving" | "received" | "done" | "refused">().notNull(),
    refusal: text("refusal", { mode: "json" }).$type<StoredRefusal>(),
    pictureId: text("picture_id"),
    /** The shop as the uploader reached it, for the addresses that show the picture. */
    origin: text("origin").notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
    cleanedAt: integer("cleaned_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("media_uploads_by_expiry").on(table.tenantId, table.cleanedAt, table.expiresAt),
    check("media_upload_state", sql`${table.state} IN ('open', 'receiving', 'received', 'done', 'refused')`),
  ],
);

/** A stored picture. Its name is the SHA-256 of its bytes, so the same bytes are one picture however often they are uploaded. */
export const mediaPictures = sqliteTable(
  "media_pictures",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    name: text("name").notNull(),
    filename: text("filename").notNull(),
    contentType: text("content_type").$type<PictureType>().notNull(),
    bytes: integer("bytes").notNull(),
    /** As shown, upright. */
    width: integer("width").notNull(),
    height: integer("height").notNull(),
    storageClass: text("storage_class").$type<"Standard" | "InfrequentAccess">().notNull(),
    createdAt: integer("created_at").notNull(),
    /** When the storage class changed last. */
    movedAt: integer("moved_at"),
    /** Since when it is being deleted: the row goes last. */
    deletedAt: integer("deleted_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("media_pictures_by_name").on(table.tenantId, table.name),
    check("media_picture_class", sql`${table.storageClass} IN ('Standard', 'InfrequentAccess')`),
  ],
);

/** Estimated views of a picture on a day (days since 1970, UTC). */
export const mediaHeat = sqliteTable(
  "media_heat",
  {
    tenantId: text("tenant_id").notNull(),
    name: text("name").notNull(),
    day: integer("day").notNull(),
    views: integer("views").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.name, table.day] }),
    index("media_heat_by_day").on(table.tenantId, table.day),
  ],
);

/** One address that a task purged or fetched, and what came of it. */
export interface Visited {
  url: string;
  outcome: string;
}

/** The work that follows a new picture: old pages leave the caches, the new picture enters them. */
export const mediaTasks = sqliteTable(
  "media_tasks",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    pictureId: text("picture_id").notNull(),
    productHandle: text("product_handle"),
    status: text("status").$type<"queued" | "done" | "failed">().notNull(),
    /** Addresses to purge and to fetch. */
    purge: text("purge", { mode: "json" }).$type<string[]>().notNull(),
    prewarm: text("prewarm", { mode: "json" }).$type<string[]>().notNull(),
    purger: text("purger"),
    visited: text("visited", { mode: "json" }).$type<Visited[]>(),
    attempts: integer("attempts").notNull(),
    error: text("error"),
    createdAt: integer("created_at").notNull(),
    finishedAt: integer("finished_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    check("media_task_status", sql`${table.status} IN ('queued', 'done', 'failed')`),
  ],
);
