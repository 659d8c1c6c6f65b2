import { AwsV4Signer } from "aws4fetch";
import { type UploadTarget, uploadHeaders } from "./target.ts";

/** The settings of R2's S3 endpoint (.dev.vars.example); the bucket is the one that is bound as FILES. */
export type BucketSettings = Pick<
  Env,
  "R2_S3_ENDPOINT" | "R2_S3_BUCKET" | "R2_S3_ACCESS_KEY_ID" | "R2_S3_SECRET_ACCESS_KEY"
>;

export const hasBucketSettings = (env: BucketSettings): boolean =>
  Boolean(env.R2_S3_ENDPOINT && env.R2_S3_BUCKET && env.R2_S3_ACCESS_KEY_ID && env.R2_S3_SECRET_ACCESS_KEY);

/**
 * A presigned PUT (AWS Signature Version 4 in the query) straight to R2. `allHeaders` is what binds type and length: without it
 * aws4fetch leaves them unsigned. R2 takes the payload of presigned requests as unsigned, so the hash is bound by the checksum
 * header and checked again at completion.
 */
export const presignedTarget: UploadTarget = async ({ env }, upload) => {
  const headers = uploadHeaders(upload);
  const url = new URL(`${env.R2_S3_ENDPOINT}/${env.R2_S3_BUCKET}/${upload.key}`);
  const startsAt = upload.expiresAt - UPLOAD_SECONDS * 1_000;
  url.searchParams.set("X-Amz-Expires", String(UPLOAD_SECONDS));
  const signed = await new AwsV4Signer({
    method: "PUT",
    url: url.href,
    headers: { ...headers, "content-length": String(upload.bytes) },
    accessKeyId: env.R2_S3_ACCESS_KEY_ID,
    secretAccessKey: env.R2_S3_SECRET_ACCESS_KEY,
    service: "s3",
    region: "auto",
    datetime: new Date(startsAt).toISOString().replace(/[:-]|\.\d{3}/g, ""),
    signQuery: true,
    allHeaders: true,
  }).sign();
  return { url: signed.url.href, headers };
};

/** How long an address may be used. */
export const UPLOAD_SECONDS = 900;
