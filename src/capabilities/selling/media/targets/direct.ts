import type { Ctx } from "../../../../platform/context.ts";
import { sign, verify } from "../../../../platform/signatures.ts";
import { type Address, type Announced, uploadHeaders } from "./announced.ts";

const PURPOSE = "media upload";
const HEADERS = ["content-type", "content-length", "if-none-match", "x-amz-checksum-sha256"] as const;

/** The Worker's own address for the bytes, for shops without S3 credentials: the same call, with the same headers. */
export function signDirect(ctx: Ctx, upload: Announced): Address {
  const headers = uploadHeaders(upload);
  const said = new Headers({ ...headers, "content-length": String(upload.bytes) });
  const url = new URL(`/media/direct/${upload.id}`, ctx.origin);
  url.searchParams.set("expires", String(upload.expiresAt));
  url.searchParams.set("signature", sign(ctx.env.SOUK_SECRET, PURPOSE, bound(ctx, upload.id, upload.expiresAt, said)));
  return { url: url.href, headers };
}

/** Whether this very request was signed: method, shop, upload, its headers and its end. */
export function isSigned(ctx: Ctx, id: string, request: Request): boolean {
  const { searchParams } = new URL(request.url);
  const expires = Number(searchParams.get("expires"));
  const text = bound(ctx, id, expires, request.headers);
  return request.method === "PUT" && verify(ctx.env.SOUK_SECRET, PURPOSE, text, searchParams.get("signature") ?? "");
}

const bound = (ctx: Ctx, id: string, expiresAt: number, headers: Headers): string =>
  JSON.stringify(["PUT", ctx.tenant.id, id, expiresAt, ...HEADERS.map((name) => headers.get(name))]);
