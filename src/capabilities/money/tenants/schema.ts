import { sql } from "drizzle-orm";
import { check, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
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
