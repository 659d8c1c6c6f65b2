import type { Ctx } from "../../../../platform/context.ts";
import type { UploadRow } from "../store/uploads.ts";

type Announced = Pick<UploadRow, "id" | "key" | "contentType" | "bytes" | "sha256" | "expiresAt">;

/** Where a browser sends the bytes of an upload: an address that takes this file only, and the headers that go with it. */
export type UploadTarget = (ctx: Ctx, upload: Announced) => Promise<{ url: string; headers: Record<string, string> }>;

/**
 * The headers of either target, all of them signed: a browser adds the length by itself. `if-none-match: *` makes R2 refuse a
 * second use (R2, conditional operations); the checksum is S3's, in base64.
 */
export const uploadHeaders = ({ contentType, sha256 }: Pick<Announced, "contentType" | "sha256">) => ({
  "content-type": contentType,
  "if-none-match": "*",
  "x-amz-checksum-sha256": Buffer.from(sha256, "hex").toString("base64"),
});
