import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Sale } from "./rules/sale.ts";

/** Mirror of the sales for lists and reads. The sale's counter keeps the terms that decide; a row only moves to a newer version. */
export const flashSales = sqliteTable(
  "flash_sales",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    sku: text("sku").notNull(),
    startsAt: integer("starts_at").notNull(),
    version: integer("version").notNull(),
    doc: text("doc", { mode: "json" }).$type<Sale>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("flash_sales_by_start").on(table.tenantId, table.startsAt, table.id),
  ],
);
