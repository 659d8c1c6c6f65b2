import { integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { KeyPlan } from "./contract.ts";

/** API keys; the key itself is shown once and only its SHA-256 is kept. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    hash: text("hash").notNull(),
    last4: text("last4").notNull(),
    scopes: text("scopes", { mode: "json" }).$type<string[]>().notNull(),
    createdAt: integer("created_at").notNull(),
    revokedAt: integer("revoked_at"),
    name: text("name").notNull().default("First key"),
    /** How the key begins; empty for keys from before prefixes were kept. */
    prefix: text("prefix").notNull().default(""),
    mode: text("mode").$type<"live" | "test">().notNull().default("live"),
    plan: text("plan").$type<KeyPlan>().notNull().default("house"),
    /** Millionths of the shop's currency per calendar month; null: no cap. */
    spendCapMicros: integer("spend_cap_micros"),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] }), uniqueIndex("api_keys_by_hash").on(table.hash)],
);
