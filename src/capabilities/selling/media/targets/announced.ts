/** What an upload address binds. */
export interface Announced {
  id: string;
  /** Where in the bucket the bytes go. */
  key: string;
  contentType: string;
  bytes: number;
  /** Lower-case hex. */
  sha256: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** An address that takes this file only, and the headers that go with it: the same call wherever it leads. */
export interface Address {
  url: string;
  headers: Record<string, string>;
}

/** How long an address may be used. */
export const UPLOAD_SECONDS = 900;

/**
 * The headers of either address, all of them signed: a browser adds the length by itself. `if-none-match: *` makes R2 refuse a
 * second use (R2, conditional operations); the checksum is S3's, in base64.
 */
export const uploadHeaders = ({ contentType, sha256 }: Pick<Announced, "contentType" | "sha256">) => ({
  "content-type": contentType,
  "if-none-match": "*",
  "x-amz-checksum-sha256": Buffer.from(sha256, "hex").toString("base64"),
});
