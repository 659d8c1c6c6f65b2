import { z } from "@hono/zod-openapi";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { newId } from "../../../../platform/ids.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../../platform/page-cursor.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { ADDRESSES_MAX, type keptAddress, type ShippingAddress } from "../contract.ts";
import { type Account, updateAccount } from "../store/accounts.ts";
import * as store from "../store/belongings.ts";
import { signedIn } from "./signed-in.ts";

type Address = z.infer<typeof keptAddress>;
type Listed = { data: Address[]; next_cursor: string | null };
interface Input {
  address: ShippingAddress;
  is_default: boolean;
}

export async function listAddresses(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Result<Listed, "unauthenticated" | "invalid_request">> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const { account } = me.value;
  const list = `${ctx.tenant.id} addresses ${account.id}`;
  const place = cursor === undefined ? undefined : readCursor(list, z.tuple([z.string()]), cursor);
  if (cursor !== undefined && !place) return foreignCursor;
  const rows = await store.readAddresses(ctx.env, account, limit + 1, place?.[0]);
  const last = rows.slice(0, limit).at(-1);
  return ok({
    data: rows.slice(0, limit).map((it) => onWire(it, account)),
    next_cursor: rows.length > limit && last ? writeCursor(list, [last.id]) : null,
  });
}

export async function addAddress(
  ctx: Ctx,
  { address, is_default }: Input,
): Promise<Result<Address, "unauthenticated" | "address_book_full">> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const { account } = me.value;
  if ((await store.countAddresses(ctx.env, account)) >= ADDRESSES_MAX)
    return refused("address_book_full", `An account keeps ${ADDRESSES_MAX} addresses.`);
  return ok(await keep(ctx, account, newId("adr"), { address, is_default }));
}

export async function changeAddress(
  ctx: Ctx,
  { id, ...input }: Input & { id: string },
): Promise<Result<Address, "unauthenticated" | "unknown_address">> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const { account } = me.value;
  const known = await store.readAddress(ctx.env, account, id);
  return known ? ok(await keep(ctx, account, id, input)) : unknownAddress;
}

/** The first address is the default; one that is the default stays it until another one is. */
async function keep(ctx: Ctx, account: Account, id: string, { address, is_default }: Input): Promise<Address> {
  const row = { tenantId: ctx.tenant.id, accountId: account.id, id, address };
  const defaultAddressId = is_default || account.defaultAddressId === null ? id : account.defaultAddressId;
  await commit(ctx, [
    store.writeAddress(ctx.env, row),
    ...(defaultAddressId === account.defaultAddressId ? [] : [updateAccount(ctx.env, account, { defaultAddressId })]),
  ]);
  return onWire(row, { defaultAddressId });
}

export async function removeAddress(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<void, "unauthenticated" | "unknown_address">> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const { account } = me.value;
  const known = await store.readAddress(ctx.env, account, id);
  if (!known) return unknownAddress;
  const isDefault = account.defaultAddressId === id;
  await commit(ctx, [
    store.deleteAddress(ctx.env, known),
    ...(isDefault ? [updateAccount(ctx.env, account, { defaultAddressId: null })] : []),
  ]);
  return ok(undefined);
}

/** One address of the account that is signed in. */
export async function readOwnAddress(
  ctx: Ctx,
  id: string,
): Promise<Result<Address, "unauthenticated" | "unknown_address">> {
  const me = await signedIn(ctx);
  if (!me.ok) return me;
  const known = await store.readAddress(ctx.env, me.value.account, id);
  return known ? ok(onWire(known, me.value.account)) : unknownAddress;
}

/** What a checkout form begins with: the e-mail address and the default address; undefined for who is not signed in. */
export async function usualContact(
  ctx: Ctx,
): Promise<{ email: string; address: ShippingAddress | undefined } | undefined> {
  const me = await signedIn(ctx);
  if (!me.ok) return undefined;
  const { account } = me.value;
  const id = account.defaultAddressId;
  const kept = id === null ? undefined : await store.readAddress(ctx.env, account, id);
  // The ASCII form where the domain has other letters: it is the same mailbox, and every program takes it.
  const email = /^[\x21-\x7e]+$/.test(account.email) ? account.email : account.emailKey;
  return { email, address: kept?.address };
}

const onWire = (
  { id, address }: Pick<store.KeptAddress, "id" | "address">,
  { defaultAddressId }: Pick<Account, "defaultAddressId">,
): Address => ({ id, address, is_default: id === defaultAddressId });

const unknownAddress = refused("unknown_address", "There is no such address.");
