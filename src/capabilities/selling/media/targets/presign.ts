import { AwsV4Signer } from "aws4fetch";
import { type Address, type Announced, UPLOAD_SECONDS, uploadHeaders } from "./announced.ts";

/** R2's S3 endpoint (.dev.vars.example); the bucket is the one that is bound as FILES. */
interface BucketSettings {
  R2_S3_ENDPOINT: string;
  R2_S3_BUCKET: string;
  R2_S3_ACCESS_KEY_ID: string;
  R2_S3_SECRET_ACCESS_KEY: string;
}

export const hasBucketSettings = (env: BucketSettings): boolean =>
  Boolean(env.R2_S3_ENDPOINT && env.R2_S3_BUCKET && env.R2_S3_ACCESS_KEY_ID && env.R2_S3_SECRET_ACCESS_KEY);

/**
 * A presigned PUT (AWS Signature Version 4 in the query) straight to R2. `allHeaders` is what binds type and length: without it
 * aws4fetch leaves them unsigned. R2 takes the payload of presigned requests as unsigned, so the hash is bound by the checksum
 * header and checked again at completion.
 */
export async function presign(settings: BucketSettings, upload: Announced): Promise<Address> {
  const headers = uploadHeaders(upload);
  const url = new URL(`${settings.R2_S3_ENDPOINT}/${settings.R2_S3_BUCKET}/${upload.key}`);
  const startsAt = upload.expiresAt - UPLOAD_SECONDS * 1_000;
  url.searchParams.set("X-Amz-Expires", String(UPLOAD_SECONDS));
  const signed = await new AwsV4Signer({
    method: "PUT",
    url: url.href,
    headers: { ...headers, "content-length": String(upload.bytes) },
    accessKeyId: settings.R2_S3_ACCESS_KEY_ID,
    secretAccessKey: settings.R2_S3_SECRET_ACCESS_KEY,
    service: "s3",
    region: "auto",
    datetime: new Date(startsAt).toISOString().replace(/[:-]|\.\d{3}/g, ""),
    signQuery: true,
    allHeaders: true,
  }).sign();
  return { url: signed.url.href, headers };
}
