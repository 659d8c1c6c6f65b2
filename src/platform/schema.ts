import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { SoukEvent } from "./events.ts";

/** Events that are not yet handled; written in the transaction of what happened, deleted when every handler is done. */
export const outbox = sqliteTable(
  "outbox",
  {
    id: text("id").primaryKey(),
    tenantId: text("tenant_id").notNull(),
    type: text("type").notNull(),
    createdAt: integer("created_at").notNull(),
    event: text("event", { mode: "json" }).$type<SoukEvent>().notNull(),
  },
  (table) => [index("outbox_by_age").on(table.createdAt)],
);
