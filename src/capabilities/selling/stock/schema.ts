import { sql } from "drizzle-orm";
import { check, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Mirror of the counters for lists and reports. It decides nothing: the counter does. */
export const stockLevels = sqliteTable(
  "stock_levels",
  {
    tenantId: text("tenant_id").notNull(),
    sku: text("sku").notNull(),
    onHand: integer("on_hand").notNull(),
    reserved: integer("reserved").notNull(),
    sold: integer("sold").notNull(),
    version: integer("version").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.sku] }),
    check("never_oversold", sql`${table.reserved} >= 0 AND ${table.onHand} >= ${table.reserved}`),
  ],
);
