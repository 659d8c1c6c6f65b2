import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../../platform/context.ts";
import type { Envelope } from "../../../../platform/contract.ts";
import { newId } from "../../../../platform/ids.ts";
import { callObject } from "../../../../platform/objects.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { payerOf } from "../../../money/usage/actions/admit-call.ts";
import type { ImportState } from "../contract/shapes.ts";
import { FILE_BYTES_MAX, type importCatalog as importLine } from "../contract.ts";

/** R2 wants parts of one size, 5 MiB at least, but for the last; no more than one is held. */
const PART_BYTES = 8 * 1_048_576;

type Started = z.infer<NonNullable<(typeof importLine)["answer"]["shape"]>>;

const desk = <Answer>(ctx: Ctx, id: string, ask: (stub: ReturnType<Env["IMPORTS"]["getByName"]>) => Promise<Answer>) =>
  ctx.timing.measure(
    "import",
    callObject(() => ctx.env.IMPORTS.getByName(`${ctx.tenant.id}:${id}`), ask),
  );

/** Stores the file as it arrives and has it imported; the answer tells where to ask how far it is. */
export async function importCatalog(
  ctx: Ctx,
  input: Envelope,
): Promise<Result<Started, "body_too_large" | "empty_file">> {
  const id = newId("imp");
  const file = `${ctx.tenant.id}/imports/${id}.csv`;
  await desk(
    ctx,
    id,
    async (stub) => await stub.open({ id, tenantId: ctx.tenant.id, file, arm: ctx.arm, client: payerOf(ctx)?.keyId }),
  );
  const bytes = await store(ctx.env.FILES, file, input.upload);
  if (bytes === "too large") return refused("body_too_large", `The file is larger than ${FILE_BYTES_MAX} bytes.`);
  if (bytes === 0) return refused("empty_file", "The file is empty.");
  const state = await desk(ctx, id, async (stub) => await stub.start({ bytes }));
  return ok({ ...state, errors_url: `/api/v1/catalog/imports/${id}` });
}

export async function readImport(ctx: Ctx, { id }: { id: string }): Promise<Result<ImportState, "not_found">> {
  const state = await desk(ctx, id, async (stub) => await stub.state());
  return state ? ok(state) : refused("not_found", "There is no such import.");
}

async function store(
  bucket: R2Bucket,
  key: string,
  upload: ReadableStream<Uint8Array> | undefined,
): Promise<number | "too large"> {
  const parts = inParts(upload);
  const first = await parts.next();
  if (first.done) return 0;
  if (first.value.byteLength < PART_BYTES) {
    await bucket.put(key, first.value);
    return first.value.byteLength;
  }
  const target = await bucket.createMultipartUpload(key);
  try {
    const done = [await target.uploadPart(1, first.value)];
    let bytes = first.value.byteLength;
    for await (const part of parts) {
      bytes += part.byteLength;
      if (bytes > FILE_BYTES_MAX) {
        await target.abort();
        return "too large";
      }
      done.push(await target.uploadPart(done.length + 1, part));
    }
    await target.complete(done);
    return bytes;
  } catch (error) {
    await target.abort();
    throw error;
  }
}

async function* inParts(upload: ReadableStream<Uint8Array> | undefined): AsyncGenerator<Uint8Array> {
  let part = new Uint8Array(PART_BYTES);
  let used = 0;
  for await (const chunk of upload ?? []) {
    for (let from = 0; from < chunk.byteLength; ) {
      const piece = chunk.subarray(from, from + PART_BYTES - used);
      part.set(piece, used);
      used += piece.byteLength;
      from += piece.byteLength;
      if (used < PART_BYTES) continue;
      yield part;
      part = new Uint8Array(PART_BYTES);
      used = 0;
    }
  }
  if (used > 0) yield part.subarray(0, used);
}
