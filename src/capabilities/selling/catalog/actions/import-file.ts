import { createHash } from "node:crypto";
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
const PART_BYTES = 5 * 1_048_576;
/** Of an id behind its prefix, as the contract says. */
const ID_CHARACTERS = 26;

type Started = z.infer<NonNullable<(typeof importLine)["answer"]["shape"]>>;

const desk = <Answer>(ctx: Ctx, id: string, ask: (stub: ReturnType<Env["IMPORTS"]["getByName"]>) => Promise<Answer>) =>
  ctx.timing.measure(
    "import",
    callObject(() => ctx.env.IMPORTS.getByName(`${ctx.tenant.id}:${id}`), ask),
  );

type Refusal = "body_too_large" | "empty_file" | "key_reused" | "in_flight";

/**
 * Stores the file as it arrives and has it imported; the answer tells where to ask how far it is. With a key that named an import
 * before, the same file is answered with that import, another one is refused.
 */
export async function importCatalog(ctx: Ctx, input: Envelope): Promise<Result<Started, Refusal>> {
  const id = input.key === undefined ? newId("imp") : idOfKey(ctx, input.key);
  const file = `${ctx.tenant.id}/imports/${id}.csv`;
  const opened = await desk(
    ctx,
    id,
    async (stub) => await stub.open({ id, tenantId: ctx.tenant.id, file, arm: ctx.arm, client: payerOf(ctx)?.keyId }),
  );
  if (opened === "in flight") return refused("in_flight", "The file of this Idempotency-Key is arriving right now.");
  if (opened === "known") return replay(ctx, id, input.upload);
  const stored = await store(ctx.env.FILES, file, input.upload).catch(async (error: unknown) => {
    await desk(ctx, id, async (stub) => await stub.abandon());
    throw error;
  });
  if (stored === "too large" || stored.bytes === 0) {
    await desk(ctx, id, async (stub) => await stub.abandon());
    return stored === "too large" ? tooLarge : refused("empty_file", "The file is empty.");
  }
  return ok(asStarted(await desk(ctx, id, async (stub) => await stub.start(stored))));
}

const tooLarge = refused("body_too_large", `The file is larger than ${FILE_BYTES_MAX} bytes.`);

const asStarted = (state: ImportState): Started => ({ ...state, errors_url: `/api/v1/catalog/imports/${state.id}` });

/** One import a key: its id is made of the shop and the key. */
function idOfKey({ tenant }: Ctx, key: string): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([tenant.id, key]))
    .digest("hex");
  return `imp_${BigInt(`0x${digest}`).toString(36).padStart(ID_CHARACTERS, "0").slice(-ID_CHARACTERS)}`;
}

/** Reads the file to its end, but keeps nothing of it. */
async function replay(ctx: Ctx, id: string, upload: Envelope["upload"]): Promise<Result<Started, Refusal>> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of upload ?? []) {
    bytes += chunk.byteLength;
    if (bytes > FILE_BYTES_MAX) return tooLarge;
    hash.update(chunk);
  }
  const known = await desk(ctx, id, async (stub) => await stub.stateOf(hash.digest("hex")));
  return known ? ok(asStarted(known)) : refused("key_reused", "This Idempotency-Key was used for another file.");
}

export async function readImport(ctx: Ctx, { id }: { id: string }): Promise<Result<ImportState, "not_found">> {
  const state = await desk(ctx, id, async (stub) => await stub.state());
  return state ? ok(state) : refused("not_found", "There is no such import.");
}

async function store(
  bucket: R2Bucket,
  key: string,
  upload: ReadableStream<Uint8Array> | undefined,
): Promise<{ bytes: number; sha256: string } | "too large"> {
  const hash = createHash("sha256");
  const parts = inParts(upload);
  const first = await parts.next();
  if (first.done) return { bytes: 0, sha256: "" };
  hash.update(first.value);
  if (first.value.byteLength < PART_BYTES) {
    await bucket.put(key, first.value);
    return { bytes: first.value.byteLength, sha256: hash.digest("hex") };
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
      hash.update(part);
      done.push(await target.uploadPart(done.length + 1, part));
    }
    await target.complete(done);
    return { bytes, sha256: hash.digest("hex") };
  } catch (error) {
    await target.abort();
    throw error;
  }
}

/** Each part is a view of the same memory: done with before the next one is asked for. */
async function* inParts(upload: ReadableStream<Uint8Array> | undefined): AsyncGenerator<Uint8Array> {
  const part = new Uint8Array(PART_BYTES);
  let used = 0;
  for await (const chunk of upload ?? []) {
    for (let from = 0; from < chunk.byteLength; ) {
      const piece = chunk.subarray(from, from + PART_BYTES - used);
      part.set(piece, used);
      used += piece.byteLength;
      from += piece.byteLength;
      if (used < PART_BYTES) continue;
      yield part;
      used = 0;
    }
  }
  if (used > 0) yield part.subarray(0, used);
}
