import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { PluginName } from "./plugins/plugin.ts";

/** What a shop's gateway does beside its work. A plug-in without a row is off. */
export const gatewayPlugins = sqliteTable(
  "gateway_plugins",
  {
    tenantId: text("tenant_id").notNull(),
    name: text("name").$type<PluginName>().notNull(),
    version: integer("version").notNull(),
    isEnabled: integer("is_enabled", { mode: "boolean" }).notNull(),
    position: integer("position").notNull(),
    metadata: text("metadata", { mode: "json" }).$type<Record<string, unknown>>().notNull(),
    changedAt: integer("changed_at").notNull(),
    changedBy: text("changed_by").notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.name] })],
);

/** Calls that the audit plug-in wrote down, until `gone_at`. */
export const gatewayAudit = sqliteTable(
  "gateway_audit",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    at: integer("at").notNull(),
    goneAt: integer("gone_at").notNull(),
    operation: text("operation").notNull(),
    caller: text("caller").notNull(),
    status: integer("status").notNull(),
    requestId: text("request_id").notNull(),
    arm: text("arm").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("gateway_audit_gone").on(table.tenantId, table.goneAt),
  ],
);

export type PluginRow = typeof gatewayPlugins.$inferSelect;
export type AuditedRow = typeof gatewayAudit.$inferSelect;
