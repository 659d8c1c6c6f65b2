import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Invoice } from "./rules.ts";

/** Closed invoices as they were made; a row never changes. */
export const invoices = sqliteTable(
  "invoices",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    client: text("client").notNull(),
    invoice: text("invoice", { mode: "json" }).$type<Invoice>().notNull(),
    issuedAt: integer("issued_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index("invoices_by_client").on(table.tenantId, table.client, table.id),
  ],
);
