import { sql } from "drizzle-orm";
import { check, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Guard, Overlay } from "./rules/rule.ts";

/** Which requests go into which arm. A rule that its guard switched off says when and why until it is enabled again. */
export const canaryRules = sqliteTable(
  "canary_rules",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    name: text("name").notNull(),
    condition: text("condition").notNull(),
    position: integer("position").notNull(),
    target: text("target").$type<"feature" | "canary">().notNull(),
    arm: text("arm").notNull(),
    overlay: text("overlay", { mode: "json" }).$type<Overlay>(),
    guard: text("guard", { mode: "json" }).$type<Guard>().notNull(),
    isEnabled: integer("is_enabled", { mode: "boolean" }).notNull(),
    offAt: integer("off_at"),
    offWhy: text("off_why"),
    createdAt: integer("created_at").notNull(),
    changedAt: integer("changed_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    check("no_rule_for_control", sql`${table.arm} <> 'control'`),
    check("off_says_why", sql`(${table.offAt} IS NULL) = (${table.offWhy} IS NULL)`),
  ],
);
