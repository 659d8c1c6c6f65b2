import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { mailStates } from "./contract.ts";

/** Mails that were written, on their way and after. `key` names what one is about, so that it is written once. */
export const mails = sqliteTable(
  "mails",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    key: text("key").notNull(),
    kind: text("kind").notNull(),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    /** `{text, html}`, sealed; null from when a provider has it. */
    body: text("body"),
    state: text("state").$type<(typeof mailStates)[number]>().notNull(),
    attempts: integer("attempts").notNull(),
    createdAt: integer("created_at").notNull(),
    /** When it may be tried next. */
    dueAt: integer("due_at").notNull(),
    /** After this it is of no use to anybody. */
    sendBefore: integer("send_before"),
    sentAt: integer("sent_at"),
    failure: text("failure"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("mails_by_key").on(table.tenantId, table.key),
    index("mails_due").on(table.tenantId, table.state, table.dueAt),
  ],
);
