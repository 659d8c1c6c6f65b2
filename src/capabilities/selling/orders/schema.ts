import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Order, OrderState } from "./rules.ts";

/** What the order journals have confirmed. They are the writers; a row only ever moves to a newer version. */
export const orders = sqliteTable(
  "orders",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    state: text("state").$type<OrderState>().notNull(),
    email: text("email").notNull(),
    currency: text("currency").notNull(),
    total: integer("total").notNull(),
    placedAt: text("placed_at").notNull(),
    version: integer("version").notNull(),
    /** Of the request that placed it (`X-Gray-Tag`). */
    arm: text("arm").notNull().default("control"),
    doc: text("doc", { mode: "json" }).$type<Order>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("orders_by_time").on(table.tenantId, table.placedAt, table.id),
    index("orders_by_email").on(table.tenantId, sql`lower(${table.email})`),
    check("order_total", sql`${table.total} >= 0`),
  ],
);
