import { sql } from "drizzle-orm";
import { check, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** Partners' licences. The key itself is shown once; only its SHA-256 and its first characters are kept. */
export const reservationLicences = sqliteTable(
  "reservation_licences",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    name: text("name").notNull(),
    plan: text("plan").notNull(),
    hash: text("hash").notNull(),
    prefix: text("prefix").notNull(),
    isEnabled: integer("is_enabled", { mode: "boolean" }).notNull(),
    /** Null: the shop's own setting. */
    rolloutPercent: integer("rollout_percent"),
    createdAt: integer("created_at").notNull(),
    revokedAt: integer("revoked_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("reservation_licences_by_hash").on(table.hash),
    check("rollout_is_a_percentage", sql`${table.rolloutPercent} BETWEEN 0 AND 100`),
  ],
);
