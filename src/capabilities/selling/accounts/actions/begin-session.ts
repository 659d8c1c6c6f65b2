import type { z } from "@hono/zod-openapi";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { newDevice } from "../../../../platform/identity/known-device.ts";
import { newSessionToken, sessionEndsAt, sessionHash } from "../../../../platform/identity/sessions.ts";
import { newId } from "../../../../platform/ids.ts";
import { SESSION_PREFIX, type signedIn } from "../contract.ts";
import { accountOnWire, SESSION_LIFE } from "../rules.ts";
import { type Account, updateAccount } from "../store/accounts.ts";
import { deleteSession, insertSession, type Session } from "../store/sessions.ts";
import { joinCarts } from "./join-carts.ts";
import { sessionOf } from "./signed-in.ts";

/** What a sign-in brings besides its proof. */
export interface Arrival {
  cart_id?: string | undefined;
  device_name?: string | undefined;
}

/** Signs the account in: a new session in the place of the one that the browser brought, and one cart of two. */
export async function beginSession(
  ctx: Ctx,
  account: Account,
  { cart_id, device_name = "" }: Arrival,
): Promise<z.infer<typeof signedIn>> {
  const { token, hash } = newSessionToken(SESSION_PREFIX);
  const now = ctx.now();
  const session: Session = {
    tenantId: ctx.tenant.id,
    hash,
    id: newId("ses"),
    accountId: account.id,
    device: device_name,
    beganAt: now,
    seenAt: now,
  };
  const cartId = (await joinCarts(ctx, account.cartId, cart_id)) ?? null;
  const brought = sessionOf(ctx);
  await commit(ctx, [
    ...(brought === undefined ? [] : [deleteSession(ctx.env, ctx.tenant.id, sessionHash(brought))]),
    insertSession(ctx.env, session),
    updateAccount(ctx.env, account, { cartId }),
  ]);
  return {
    account: accountOnWire({ ...account, cartId }),
    session_token: token,
    expires_at: new Date(sessionEndsAt(session, SESSION_LIFE)).toISOString(),
    device_token: newDevice(ctx, "shopper", account.emailKey),
    cart_id: cartId,
  };
}
