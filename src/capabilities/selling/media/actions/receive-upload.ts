import type { Ctx } from "../../../../platform/context.ts";
import { describe } from "../../../../platform/log.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { UPLOAD_ID } from "../contract.ts";
import { moveUpload, readUpload } from "../store/uploads.ts";
import { isSigned } from "../targets/direct.ts";

type Refusal =
  | "invalid_signature"
  | "upload_expired"
  | "upload_used"
  | "unsupported_media_type"
  | "wrong_length"
  | "wrong_hash";

/**
 * `PUT /media/direct/{id}`: takes the bytes of one announced upload. Checked in this order: signature (over method, shop, upload,
 * type, length and hash), time, use. R2 holds the length and the hash while it stores, so a wrong body leaves nothing.
 */
export async function receiveUpload(
  ctx: Ctx,
  request: Request,
  { id = "" }: { id?: string },
): Promise<Result<Response, Refusal>> {
  if (!UPLOAD_ID.test(id) || !isSigned(ctx, id, request))
    return refused(
      "invalid_signature",
      "This address was not signed for this request: method, type, length, hash and all headers must be as announced.",
    );
  if (request.headers.has("content-encoding"))
    return refused("unsupported_media_type", "Send the picture without a Content-Encoding.");
  const { env, tenant } = ctx;
  const upload = await readUpload(env, tenant.id, id);
  if (!upload) return refused("invalid_signature", "There is no such upload.");
  if (ctx.now() >= upload.expiresAt)
    return refused("upload_expired", "This address has expired. Announce the picture again.");
  if (!(await moveUpload(env, tenant.id, id, ["open", "receiving"])))
    return refused("upload_used", "This address was used already.");
  const flaw = await store(env.FILES, upload, request.body);
  await moveUpload(env, tenant.id, id, ["receiving", flaw ? "open" : "received"]);
  return flaw ?? ok(new Response(null, { status: 200 }));
}

async function store(
  bucket: R2Bucket,
  { key, bytes, sha256, contentType }: { key: string; bytes: number; sha256: string; contentType: string },
  body: ReadableStream<Uint8Array> | null,
) {
  const { readable, writable } = new FixedLengthStream(bytes);
  const [sent, stored] = await Promise.allSettled([
    (body ?? new Blob([]).stream()).pipeTo(writable),
    bucket.put(key, readable, { sha256, httpMetadata: { contentType } }),
  ]);
  if (sent.status === "rejected") return refused("wrong_length", `The body has not the announced ${bytes} bytes.`);
  if (stored.status === "fulfilled") return undefined;
  if (/checksum|digest|sha-?256/i.test(describe(stored.reason)))
    return refused("wrong_hash", "The body has not the announced SHA-256.");
  throw stored.reason;
}
