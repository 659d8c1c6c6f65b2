import type { z } from "@hono/zod-openapi";
import type { SessionLife } from "../../../platform/identity/sessions.ts";
import type { account, session } from "./contract.ts";

const DAY_MS = 86_400_000;

/** A month without a visit, or three months whatever happens. */
export const SESSION_LIFE: SessionLife = { idleMs: 30 * DAY_MS, absoluteMs: 90 * DAY_MS, seenEveryMs: 3_600_000 };

interface KeptAccount {
  id: string;
  email: string;
  createdAt: number;
  passwordChangedAt: number;
  cartId: string | null;
  defaultAddressId: string | null;
  provenAt: number | null;
}

export const accountOnWire = (it: KeptAccount): z.infer<typeof account> => ({
  id: it.id,
  email: it.email,
  email_proven_at: it.provenAt === null ? null : new Date(it.provenAt).toISOString(),
  created_at: new Date(it.createdAt).toISOString(),
  password_changed_at: new Date(it.passwordChangedAt).toISOString(),
  cart_id: it.cartId,
  default_address_id: it.defaultAddressId,
});

interface KeptSession {
  id: string;
  device: string;
  beganAt: number;
  seenAt: number;
}

export const sessionOnWire = (it: KeptSession, endsAt: number, isCurrent: boolean): z.infer<typeof session> => ({
  id: it.id,
  device: it.device,
  began_at: new Date(it.beganAt).toISOString(),
  seen_at: new Date(it.seenAt).toISOString(),
  expires_at: new Date(endsAt).toISOString(),
  is_current: isCurrent,
});
