import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

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
    /** Milliseconds since 1970 at which the counter wrote the row, so that a copy of the mirror can follow it. */
    changedAt: integer("changed_at").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.sku] }),
    index("stock_levels_by_change").on(table.tenantId, table.changedAt, table.sku),
    check("never_oversold", sql`${table.reserved} >= 0 AND ${table.onHand} >= ${table.reserved}`),
  ],
);
