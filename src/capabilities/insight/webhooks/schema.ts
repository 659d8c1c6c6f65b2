import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { disabledReasons } from "./contract.ts";
import type { Salt } from "./rules/secrets.ts";

/** Where shops want their events sent. Signing secrets are derived when they are needed, from the platform's secret and a salt. */
export const webhookEndpoints = sqliteTable(
  "webhook_endpoints",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    url: text("url").notNull(),
    description: text("description").notNull(),
    events: text("events", { mode: "json" }).$type<string[]>().notNull(),
    salts: text("salts", { mode: "json" }).$type<Salt[]>().notNull(),
    createdAt: integer("created_at").notNull(),
    /** Null: it is switched on. */
    disabledAt: integer("disabled_at"),
    disabledReason: text("disabled_reason").$type<(typeof disabledReasons)[number]>(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);
