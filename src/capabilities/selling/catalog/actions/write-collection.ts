import type { z } from "@hono/zod-openapi";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import type { Statement } from "../../../../platform/db.ts";
import { newId } from "../../../../platform/ids.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import type { Collection } from "../contract/shapes.ts";
import type * as contract from "../contract.ts";
import type { CollectionRow } from "../rules/draft.ts";
import {
  countCollections,
  deleteCollectionRows,
  readCollectionByHandle,
  readProductIds,
  replaceMembers,
  upsertCollection,
} from "../store/collections.ts";
import { collectionOnWire } from "./on-wire.ts";
import { changeCatalog } from "./remember.ts";

/** Collections of a shop: all of them are listed at once. */
const COLLECTIONS_MAX = 500;

type CreateInput = z.infer<NonNullable<typeof contract.createCollection.body>>;
type ChangeInput = z.infer<NonNullable<typeof contract.changeCollection.body>> & { handle: string };

export async function createCollection(
  ctx: Ctx,
  input: CreateInput,
): Promise<Result<Collection, "handle_taken" | "unknown_product" | "too_many_collections">> {
  const { env, tenant } = ctx;
  const taken = refused("handle_taken", `There is a collection ${input.handle} already.`);
  if (await readCollectionByHandle(env, tenant.id, input.handle)) return taken;
  const existing = await countCollections(env, tenant.id);
  if (existing >= COLLECTIONS_MAX)
    return refused("too_many_collections", `A shop has at most ${COLLECTIONS_MAX} collections.`);
  const at = ctx.now();
  const row = merge(
    { tenantId: tenant.id, id: newId("col"), position: existing, createdAt: at, updatedAt: at, version: 0 },
    input,
  );
  const members = await memberStatements(ctx, row.id, input.product_handles ?? []);
  if (!members.ok) return members;
  try {
    await save(ctx, row, members.value);
  } catch (error) {
    if (await readCollectionByHandle(env, tenant.id, input.handle)) return taken;
    throw error;
  }
  return shown(ctx, input.handle);
}

export async function changeCollection(
  ctx: Ctx,
  input: ChangeInput,
): Promise<Result<Collection, "not_found" | "unknown_product">> {
  const found = await readCollectionByHandle(ctx.env, ctx.tenant.id, input.handle);
  if (!found) return noCollection;
  const members = input.product_handles
    ? await memberStatements(ctx, found.collection.id, input.product_handles)
    : ok([]);
  if (!members.ok) return members;
  await save(ctx, { ...merge(found.collection, input), updatedAt: ctx.now() }, members.value);
  return shown(ctx, input.handle);
}

export async function deleteCollection(
  ctx: Ctx,
  { handle }: { handle: string },
): Promise<Result<undefined, "not_found">> {
  const found = await readCollectionByHandle(ctx.env, ctx.tenant.id, handle);
  if (!found) return noCollection;
  const rows = deleteCollectionRows(ctx.env, ctx.tenant.id, found.collection.id);
  await changeCatalog(ctx, NO_PRODUCT, () =>
    commit(ctx, rows, [{ type: "collection.deleted", payload: { handles: [handle] } }]),
  );
  return ok(undefined);
}

/** What a change of collections leaves as it is. */
const NO_PRODUCT = { handles: [], skus: [] };

const noCollection = refused("not_found", "There is no such collection.");

type Base = Omit<CollectionRow, "handle" | "title" | "descriptionHtml" | "image" | "translations"> &
  Partial<CollectionRow>;

const merge = (base: Base, input: ChangeInput): CollectionRow => ({
  ...base,
  handle: input.handle,
  title: input.title ?? base.title ?? input.handle,
  descriptionHtml: input.description_html ?? base.descriptionHtml ?? "",
  image: input.image === undefined ? (base.image ?? null) : input.image,
  translations: input.translations ?? base.translations ?? {},
  position: input.position ?? base.position,
  version: base.version + 1,
});

async function memberStatements(
  ctx: Ctx,
  collectionId: string,
  handles: readonly string[],
): Promise<Result<Statement[], "unknown_product">> {
  const ids = await readProductIds(ctx.env, ctx.tenant.id, handles);
  const missing = handles.find((handle) => !ids.has(handle));
  if (missing !== undefined) return refused("unknown_product", `There is no product ${missing}.`);
  const inOrder = [...new Set(handles)].flatMap((handle) => ids.get(handle) ?? []);
  return ok(replaceMembers(ctx.env, ctx.tenant.id, collectionId, inOrder));
}

async function save(ctx: Ctx, row: CollectionRow, members: readonly Statement[]): Promise<void> {
  const changed = { type: "collection.changed", payload: { handles: [row.handle] } };
  const rows = [upsertCollection(ctx.env, row), ...members];
  await changeCatalog(ctx, NO_PRODUCT, () => commit(ctx, rows, [changed]));
}

async function shown(ctx: Ctx, handle: string): Promise<Result<Collection>> {
  const found = await readCollectionByHandle(ctx.env, ctx.tenant.id, handle);
  if (!found) throw new Error("the collection just written is gone");
  return ok(collectionOnWire(found, "all"));
}
