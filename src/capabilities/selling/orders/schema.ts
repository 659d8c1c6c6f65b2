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
    doc: text("doc", { mode: "json" }).$type<Order>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("orders_by_time").on(table.tenantId, table.placedAt, table.id),
    check("order_total", sql`${table.total} >= 0`),
  ],
);

export const orderLines = sqliteTable(
  "order_lines",
  {
    tenantId: text("tenant_id").notNull(),
    orderId: text("order_id").notNull(),
    line: integer("line").notNull(),
    sku: text("sku").notNull(),
    quantity: integer("quantity").notNull(),
    total: integer("total").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.orderId, table.line] }),
    index("order_lines_by_sku").on(table.tenantId, table.sku),
    check("order_line_quantity", sql`${table.quantity} > 0`),
  ],
);
