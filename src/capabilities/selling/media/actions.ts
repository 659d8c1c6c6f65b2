import { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../platform/context.ts";
import { newId } from "../../../platform/ids.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../platform/page-cursor.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";
import { readProduct } from "../catalog/actions.ts";
import { pictureOnWire, taskOnWire } from "./actions/on-wire.ts";
import type { Picture, Task, Upload } from "./contract/shapes.ts";
import type * as contract from "./contract.ts";
import { PAGE_DEFAULT } from "./contract.ts";
import { nameFlaw } from "./rules/name-flaw.ts";
import { insertUpload, readPictures, readTaskRow, type UploadRow } from "./store/uploads.ts";
import { UPLOAD_SECONDS } from "./targets/announced.ts";
import { signDirect } from "./targets/direct.ts";
import { hasBucketSettings, presign } from "./targets/presign.ts";

/** Announced uploads of a shop that wait for their bytes or their completion. */
const WAITING_MAX = 500;

type NewUpload = z.infer<NonNullable<typeof contract.createUpload.body>>;

/** Announces a picture. Every call is a new address; those that are not used expire. */
export async function createUpload(
  ctx: Ctx,
  input: NewUpload,
): Promise<Result<Upload, "invalid_request" | "unknown_product" | "too_many_uploads">> {
  const { env, tenant } = ctx;
  const flaw = nameFlaw(input.filename, input.content_type);
  if (flaw)
    return refused("invalid_request", `filename: ${flaw}`, {
      errors: [{ field: "filename", code: "invalid_filename", detail: flaw }],
    });
  const handle = input.product_handle;
  if (handle !== undefined && !(await readProduct({ ...ctx, actor: { kind: "system" } }, { handle })).ok)
    return refused("unknown_product", "There is no product of this handle.");
  const id = newId("upl");
  const row = {
    ...{ tenantId: tenant.id, id, key: `${tenant.id}/uploads/${id}`, origin: ctx.origin },
    ...{ filename: input.filename, contentType: input.content_type, bytes: input.size, sha256: input.sha256 },
    ...{ alt: input.alt ?? "", productHandle: handle ?? null, replaces: input.replaces ?? null },
    ...{ createdAt: ctx.now(), expiresAt: ctx.now() + UPLOAD_SECONDS * 1_000 },
  } satisfies Partial<UploadRow>;
  if (!(await insertUpload(env, row, WAITING_MAX)))
    return refused("too_many_uploads", `${WAITING_MAX} announced uploads wait already.`, {
      retryAfterSeconds: UPLOAD_SECONDS,
    });
  const { url, headers } = hasBucketSettings(env) ? await presign(env, row) : signDirect(ctx, row);
  return ok({ id, url, method: "PUT", headers, expires_at: new Date(row.expiresAt).toISOString() });
}

export async function readTask(ctx: Ctx, { id }: { id: string }): Promise<Result<Task, "not_found">> {
  const row = await readTaskRow(ctx.env, ctx.tenant.id, id);
  return row ? ok(taskOnWire(row)) : refused("not_found", "There is no such task.");
}

type ListInput = { limit?: number; cursor?: string };

export async function listPictures(
  ctx: Ctx,
  { limit = PAGE_DEFAULT, cursor }: ListInput,
): Promise<Result<{ data: Picture[]; next_cursor: string | null }, "invalid_request">> {
  const list = `${ctx.tenant.id} pictures`;
  const [before] = (cursor !== undefined && readCursor(list, picturePlace, cursor)) || [];
  if (cursor !== undefined && before === undefined) return foreignCursor;
  const rows = await readPictures(ctx.env, ctx.tenant.id, { limit: limit + 1, before });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return ok({ data: page.map(pictureOnWire), next_cursor: last ? writeCursor(list, [last.id]) : null });
}

const picturePlace = z.tuple([z.string()]);
