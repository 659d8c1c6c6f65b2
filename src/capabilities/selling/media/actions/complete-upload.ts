import type { z } from "@hono/zod-openapi";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { newId } from "../../../../platform/ids.ts";
import { ok, type Refused, type Result, refused } from "../../../../platform/result.ts";
import { placePicture } from "../../catalog/actions/place-picture.ts";
import { EXTENSIONS } from "../contract/types.ts";
import type * as contract from "../contract.ts";
import {
  finishUpload,
  insertPicture,
  type PictureRow,
  readPicture,
  readPictureByName,
  readTaskRow,
  readUpload,
  refuseUpload,
  type TaskRow,
  type UploadRow,
} from "../store/uploads.ts";
import { addressesShowing } from "./addresses-showing.ts";
import { commitTask } from "./commit-task.ts";
import { type Inspected, inspectPicture } from "./inspect-picture.ts";
import { pictureOnWire } from "./on-wire.ts";

type Line = typeof contract.completeUpload;
type Completed = z.infer<NonNullable<Line["answer"]["shape"]>>;
type Code = keyof Line["refusals"];
/** These are about the file itself, so the upload is over. */
type Verdict = "wrong_length" | "wrong_hash" | "wrong_type" | "broken_picture" | "polyglot" | "too_many_pixels";

/**
 * Idempotent: an upload that is done or refused answers the same again. The order of effects is object, product, rows: whatever
 * breaks in between is done again by the next call, and what nobody refers to is never served under another name.
 */
export async function completeUpload(ctx: Ctx, { id }: { id: string }): Promise<Result<Completed, Code>> {
  const { env, tenant } = ctx;
  const upload = await readUpload(env, tenant.id, id);
  if (!upload) return refused("not_found", "There is no such upload.");
  if (upload.state === "done") return answer(ctx, upload);
  if (upload.refusal) return storedRefusal(upload.refusal);
  const object = await env.FILES.get(upload.key);
  if (!object) return refused("not_uploaded", "The bytes have not arrived.");
  const inspected = await inspect(ctx, upload, object);
  if (!inspected.ok) return refuse(ctx, upload, inspected);
  return publish(ctx, upload, inspected.value);
}

const storedRefusal = ({ code, detail }: { code: string; detail: string }): Refused<Code> =>
  refused(FINAL.find((it) => it === code) ?? "upload_expired", detail);

const FINAL = [
  "wrong_length",
  "wrong_hash",
  "wrong_type",
  "broken_picture",
  "polyglot",
  "too_many_pixels",
] as const satisfies Verdict[];

async function inspect({ env }: Ctx, upload: UploadRow, object: R2ObjectBody): Promise<Result<Inspected, Verdict>> {
  if (object.size !== upload.bytes)
    return refused("wrong_length", `${object.size} bytes arrived, ${upload.bytes} were announced.`);
  const bytes = await object.bytes();
  if ((await sha256Of(bytes)) !== upload.sha256)
    return refused("wrong_hash", "What arrived has not the announced SHA-256.");
  return inspectPicture(env, bytes, upload.contentType);
}

async function refuse(ctx: Ctx, upload: UploadRow, refusal: Refused<Verdict>): Promise<Refused<Verdict>> {
  const { code, detail } = refusal;
  await closeAddress(ctx, upload);
  await commit(ctx, [refuseUpload(ctx.env, ctx.tenant.id, upload.id, { code, detail })]);
  return refusal;
}

async function publish(ctx: Ctx, upload: UploadRow, picture: Inspected): Promise<Result<Completed, Code>> {
  const { env, tenant } = ctx;
  const name = `${await sha256Of(picture.bytes)}.${EXTENSIONS[upload.contentType][0]}`;
  const { width, height } = picture;
  const known = await readPictureByName(env, tenant.id, name);
  if (known?.deletedAt) return refused("changed_meanwhile", "This very picture is being deleted. Try again.");
  const store = () =>
    env.FILES.put(`${tenant.id}/media/${name}`, picture.bytes, {
      httpMetadata: { contentType: upload.contentType },
      customMetadata: { width: String(width) },
    });
  if (!known) await store();
  const { productHandle: handle, replaces, alt } = upload;
  const placed = handle
    ? await placePicture(ctx, { handle, picture: { src: `/media/${name}`, alt, width, height }, replaces })
    : undefined;
  // The product may have been deleted meanwhile: the picture stays, shown by nobody.
  if (placed && !placed.ok && placed.code !== "not_found") return placed;
  const addresses = addressesShowing(
    upload.origin,
    ctx,
    `/media/${name}`,
    width,
    placed?.ok ? placed.value : undefined,
  );
  const row: PictureRow = {
    tenantId: tenant.id,
    id: newId("pic"),
    name,
    filename: upload.filename,
    contentType: upload.contentType,
    bytes: picture.bytes.byteLength,
    width,
    height,
    storageClass: "Standard",
    createdAt: ctx.now(),
    movedAt: null,
    deletedAt: null,
  };
  const task: TaskRow = {
    ...{ tenantId: tenant.id, id: taskId(upload.id), pictureId: known?.id ?? row.id, productHandle: handle },
    ...{ status: "queued", ...addresses, purger: null, visited: null, attempts: 0, error: null },
    ...{ createdAt: ctx.now(), finishedAt: null },
  };
  const rows = [insertPicture(env, row), finishUpload(env, tenant.id, upload.id, name)];
  await commitTask(ctx, task, { type: "picture.published", rows });
  // A deletion of the same picture may have come to its end since it was known.
  if (known && !(await env.FILES.head(`${tenant.id}/media/${name}`))) await store();
  await closeAddress(ctx, upload);
  const done = await readUpload(env, tenant.id, upload.id);
  return done ? answer(ctx, done) : refused("not_found", "There is no such upload.");
}

/**
 * The bytes go. A presigned address stays used as long as some object is there (`if-none-match: *`), so an empty one takes the
 * place until the sweep, when the address is dead; the Worker's own address knows by the upload's state that it was used.
 */
async function closeAddress({ env }: Ctx, { key, state }: UploadRow): Promise<void> {
  if (state === "received") await env.FILES.delete(key);
  else await env.FILES.put(key, new Uint8Array(0));
}

async function answer(ctx: Ctx, upload: UploadRow): Promise<Result<Completed, "not_found">> {
  const { env, tenant } = ctx;
  const [picture, task] = await Promise.all([
    readPicture(env, tenant.id, upload.pictureId ?? ""),
    readTaskRow(env, tenant.id, taskId(upload.id)),
  ]);
  if (!picture || !task) return refused("not_found", "The picture is gone.");
  return ok({
    id: upload.id,
    picture: pictureOnWire(picture),
    product_handle: upload.productHandle,
    task: { id: task.id, status: task.status },
  });
}

/** One task an upload, whoever completes it first. */
const taskId = (uploadId: string): string => uploadId.replace(/^upl_/, "mtk_");

const sha256Of = async (bytes: Uint8Array): Promise<string> =>
  Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");
