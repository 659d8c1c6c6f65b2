import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Sale } from "./rules/sale.ts";

/**
 * Mirror of the sales for lists and reads, a row for each SKU of each sale. The SKU's counter of the sale keeps the terms that decide;
 * a row only moves to a newer version.
 */
export const flashSales = sqliteTable(
  "flash_sales",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    /** The place of the SKU in the sale; lists are in the order of the first SKUs. */
    position: integer("position").notNull().default(0),
    sku: text("sku").notNull(),
    startsAt: integer("starts_at").notNull(),
    version: integer("version").notNull(),
    doc: text("doc", { mode: "json" }).$type<Sale>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id, table.position] }),
    index("flash_sales_by_start").on(table.tenantId, table.startsAt, table.id),
  ],
);
