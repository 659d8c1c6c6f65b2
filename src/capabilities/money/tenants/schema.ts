import { sql } from "drizzle-orm";
import { check, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { TenantSettings } from "../../../platform/context.ts";

export const tenants = sqliteTable(
  "tenants",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    currency: text("currency").notNull(),
    locale: text("locale").$type<"en" | "zh-CN">().notNull(),
    theme: text("theme", { mode: "json" }).$type<Record<string, string>>().notNull(),
    settings: text("settings", { mode: "json" }).$type<TenantSettings>().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [check("tenant_currency", sql`length(${table.currency}) = 3`)],
);

/** Custom domains; `<shop>.<platform domain>` needs no row. */
export const tenantHosts = sqliteTable("tenant_hosts", {
  host: text("host").primaryKey(),
  tenantId: text("tenant_id").notNull(),
});

/** Staff keys; the key itself is shown once and only its SHA-256 is kept. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    hash: text("hash").notNull(),
    last4: text("last4").notNull(),
    scopes: text("scopes", { mode: "json" }).$type<string[]>().notNull(),
    createdAt: integer("created_at").notNull(),
    revokedAt: integer("revoked_at"),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] }), uniqueIndex("api_keys_by_hash").on(table.hash)],
);
