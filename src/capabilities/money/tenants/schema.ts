import { sql } from "drizzle-orm";
import { check, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ShopState, TenantSettings } from "../../../platform/context.ts";

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
    state: text("state").$type<ShopState>().notNull().default("active"),
    trialEndsAt: integer("trial_ends_at"),
  },
  (table) => [check("tenant_currency", sql`length(${table.currency}) = 3`)],
);

/** How a shop came to its state: who reads it knows when and why. Two moves at once clash on the number. */
export const tenantMoves = sqliteTable(
  "tenant_moves",
  {
    tenantId: text("tenant_id").notNull(),
    number: integer("number").notNull(),
    from: text("from_state").$type<ShopState>().notNull(),
    to: text("to_state").$type<ShopState>().notNull(),
    reason: text("reason").notNull(),
    at: integer("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.number] })],
);

/** A capability that a shop has switched off, since when. What has no row is on. */
export const tenantSwitches = sqliteTable(
  "tenant_switches",
  {
    tenantId: text("tenant_id").notNull(),
    capability: text("capability").notNull(),
    offSince: integer("off_since").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.capability] })],
);

/** Custom domains that are proven; `<shop>.<platform domain>` needs no row. A host leads to one shop. */
export const tenantHosts = sqliteTable("tenant_hosts", {
  host: text("host").primaryKey(),
  tenantId: text("tenant_id").notNull(),
});

/** A host name that a shop claims, with what proves it. Several shops may claim one host; one of them can prove it. */
export const hostClaims = sqliteTable(
  "host_claims",
  {
    tenantId: text("tenant_id").notNull(),
    host: text("host").notNull(),
    token: text("token").notNull(),
    claimedAt: integer("claimed_at").notNull(),
    verifiedAt: integer("verified_at"),
    verifiedBy: text("verified_by").$type<"record" | "operator">(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.host] })],
);
