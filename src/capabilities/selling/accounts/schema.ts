import { index, integer, primaryKey, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";
import type { ShippingAddress } from "./contract.ts";

/** Who signed up with a shop. Whether the e-mail address is theirs, `provenAt` tells (docs/decisions/020). */
export const shopperAccounts = sqliteTable(
  "shopper_accounts",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    /** As it was typed, and as it is found (platform/email.ts). */
    email: text("email").notNull(),
    emailKey: text("email_key").notNull(),
    /** A PHC string (platform/identity/passwords.ts). */
    password: text("password").notNull(),
    passwordChangedAt: integer("password_changed_at").notNull(),
    createdAt: integer("created_at").notNull(),
    cartId: text("cart_id"),
    defaultAddressId: text("default_address_id"),
    /** Since when the address is known to be theirs: they followed a link that was sent there. Null in accounts from before links, and where nobody sent the mail. */
    provenAt: integer("proven_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    unique("shopper_account_email").on(table.tenantId, table.emailKey),
  ],
);

/**
 * Who asked for an account and has not followed the link of the mail yet. An address may have many, each with the password that
 * was typed with it; the first that is confirmed becomes the account, and the others go (docs/decisions/020).
 */
export const shopperRegistrations = sqliteTable(
  "shopper_registrations",
  {
    tenantId: text("tenant_id").notNull(),
    /** The id that the account will have. */
    id: text("id").notNull(),
    email: text("email").notNull(),
    emailKey: text("email_key").notNull(),
    password: text("password").notNull(),
    /** SHA-256 of the link's token; null until its mail is written. */
    hash: text("hash"),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    unique("shopper_registration_hash").on(table.tenantId, table.hash),
    index("shopper_registrations_by_email").on(table.tenantId, table.emailKey),
  ],
);

/** Links that were sent by mail and open a new password, once. Only their SHA-256 is kept. */
export const shopperTokens = sqliteTable(
  "shopper_tokens",
  {
    tenantId: text("tenant_id").notNull(),
    hash: text("hash").notNull(),
    /** The event that asked for it, so that it is made once. */
    eventId: text("event_id").notNull(),
    purpose: text("purpose").$type<"reset">().notNull(),
    accountId: text("account_id").notNull(),
    expiresAt: integer("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.hash] }),
    unique("shopper_token_event").on(table.tenantId, table.eventId),
    index("shopper_tokens_by_account").on(table.tenantId, table.accountId),
  ],
);

/** Browsers and programs that are signed in; a session ends by leaving this table. */
export const shopperSessions = sqliteTable(
  "shopper_sessions",
  {
    tenantId: text("tenant_id").notNull(),
    /** SHA-256 of its token. */
    hash: text("hash").notNull(),
    id: text("id").notNull(),
    accountId: text("account_id").notNull(),
    device: text("device").notNull(),
    beganAt: integer("began_at").notNull(),
    seenAt: integer("seen_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.hash] }),
    index("shopper_sessions_by_account").on(table.tenantId, table.accountId, table.id),
  ],
);

export const shopperAddresses = sqliteTable(
  "shopper_addresses",
  {
    tenantId: text("tenant_id").notNull(),
    accountId: text("account_id").notNull(),
    id: text("id").notNull(),
    address: text("address", { mode: "json" }).$type<ShippingAddress>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.accountId, table.id] })],
);

/** Which orders an account placed while it was signed in, or somebody with its proven address. An order that was refused after all leaves a row that leads nowhere. */
export const shopperOrders = sqliteTable(
  "shopper_orders",
  {
    tenantId: text("tenant_id").notNull(),
    accountId: text("account_id").notNull(),
    orderId: text("order_id").notNull(),
    placedAt: integer("placed_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.accountId, table.orderId] }),
    index("shopper_orders_by_time").on(table.tenantId, table.accountId, table.placedAt, table.orderId),
  ],
);

/** Passkeys (WebAuthn credentials), each bound by its authenticator to the shop's host. */
export const shopperPasskeys = sqliteTable(
  "shopper_passkeys",
  {
    tenantId: text("tenant_id").notNull(),
    /** As the authenticator calls it: base64url. */
    credentialId: text("credential_id").notNull(),
    id: text("id").notNull(),
    accountId: text("account_id").notNull(),
    name: text("name").notNull(),
    /** COSE_Key as base64url. */
    publicKey: text("public_key").notNull(),
    /** How often the authenticator says it was used; 0 for those that do not count. */
    counter: integer("counter").notNull(),
    transports: text("transports", { mode: "json" }).$type<string[]>().notNull(),
    createdAt: integer("created_at").notNull(),
    usedAt: integer("used_at"),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.credentialId] }),
    index("shopper_passkeys_by_account").on(table.tenantId, table.accountId, table.id),
  ],
);
