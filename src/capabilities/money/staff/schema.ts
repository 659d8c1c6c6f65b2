import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { Role } from "./contract.ts";
import type { SessionStage } from "./rules.ts";

/** A shop's own people. An e-mail address is one member of a shop; in another shop it is somebody else. */
export const staffMembers = sqliteTable(
  "staff_members",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    role: text("role").$type<Role>().notNull(),
    passwordHash: text("password_hash").notNull(),
    createdAt: integer("created_at").notNull(),
    deactivatedAt: integer("deactivated_at"),
    lastSeenAt: integer("last_seen_at"),
    /** The audit row of the last change: a change and its row are written together or not at all. */
    lastChange: text("last_change").notNull(),
    /** The secret of the second factor, sealed; in use since `codesSince`, before that it is being set up. */
    codeSecret: text("code_secret"),
    codesSince: integer("codes_since"),
    /** The last step whose code was used: no code opens anything twice. */
    codeStep: integer("code_step"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("staff_members_by_email").on(table.tenantId, table.email),
    check("staff_member_role", sql`${table.role} IN ('owner', 'manager', 'support', 'auditor')`),
  ],
);

/** An invitation to the staff; its link is shown once and only the SHA-256 of its token is kept. */
export const staffInvitations = sqliteTable(
  "staff_invitations",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    hash: text("hash").notNull(),
    email: text("email").notNull(),
    role: text("role").$type<Role>().notNull(),
    invitedBy: text("invited_by").notNull(),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
    acceptedAt: integer("accepted_at"),
    memberId: text("member_id"),
    revokedAt: integer("revoked_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("staff_invitations_by_hash").on(table.tenantId, table.hash),
    index("staff_invitations_by_email").on(table.tenantId, table.email),
  ],
);

/** Links to a new password that were mailed to members; each opens once, and only the SHA-256 of its token is kept. */
export const staffResets = sqliteTable(
  "staff_resets",
  {
    tenantId: text("tenant_id").notNull(),
    hash: text("hash").notNull(),
    /** The event that asked for it, so that it is made once. */
    eventId: text("event_id").notNull(),
    memberId: text("member_id").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.hash] }),
    uniqueIndex("staff_resets_by_event").on(table.tenantId, table.eventId),
    index("staff_resets_by_member").on(table.tenantId, table.memberId),
  ],
);

/** Codes for who has lost the second factor; each opens once and is kept as an HMAC. */
export const staffRecoveryCodes = sqliteTable(
  "staff_recovery_codes",
  {
    tenantId: text("tenant_id").notNull(),
    memberId: text("member_id").notNull(),
    hash: text("hash").notNull(),
    usedAt: integer("used_at"),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.memberId, table.hash] })],
);

/** Who did what to the shop's people and their access, and with what result; rows are added and never changed. */
export const staffAudit = sqliteTable(
  "staff_audit",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    at: integer("at").notNull(),
    /** A member's id or an API key's. */
    who: text("who").notNull(),
    action: text("action").notNull(),
    /** What it was done to: a member or an invitation. */
    subject: text("subject").notNull(),
    result: text("result").$type<"done" | "refused">().notNull(),
    facts: text("facts", { mode: "json" }).$type<Record<string, string>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] })],
);

/** A browser that a member is signed in with, or has given the password in and not yet the code. */
export const staffSessions = sqliteTable(
  "staff_sessions",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    hash: text("hash").notNull(),
    memberId: text("member_id").notNull(),
    stage: text("stage").$type<SessionStage>().notNull(),
    /** The browser in a few words, so that its owner knows it again. */
    device: text("device").notNull(),
    beganAt: integer("began_at").notNull(),
    seenAt: integer("seen_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("staff_sessions_by_hash").on(table.tenantId, table.hash),
    index("staff_sessions_by_member").on(table.tenantId, table.memberId),
  ],
);
