import type { Ctx } from "../../../../platform/context.ts";
import { describe, log } from "../../../../platform/log.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { WIDTHS } from "../contract/types.ts";
import { readRange } from "../rules/read-range.ts";
import { countView } from "./count-view.ts";

const NAME = /^[0-9a-f]{64}\.(jpg|png|webp|gif|avif)$/;
const YEAR_SECONDS = 31_536_000;
/** What stands in for a size that could not be made is asked for again soon. */
const STAND_IN_SECONDS = 300;
const SIZE_QUALITY = 82;

/** A picture is data for an image element and never a document: no type is guessed, nothing in it runs, nothing frames it. */
const pictureHeaders = {
  "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-resource-policy": "cross-origin",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "content-disposition": "attachment",
  "accept-ranges": "bytes",
};

/**
 * `GET /media/{name}?w=`: a picture of this shop in its own or a smaller width. Kept for ever by browsers and by this location's
 * cache, whose key is the same on every host of the shop.
 */
export async function servePicture(
  ctx: Ctx,
  request: Request,
  { name = "" }: { name?: string },
): Promise<Result<Response, "not_found">> {
  const width = new URL(request.url).searchParams.get("w");
  if (!NAME.test(name) || (width !== null && !WIDTHS.some((it) => String(it) === width))) return noPicture;
  const key = `https://${ctx.tenant.id}.${ctx.env.PLATFORM_DOMAIN}/media/${name}${width === null ? "" : `?w=${width}`}`;
  const cached = await caches.default.match(new Request(key, { headers: conditions(request.headers) }));
  if (cached) {
    countView(ctx, name, "cache");
    return ok(cached);
  }
  const made = width === null ? await original(ctx, request, name) : await smaller(ctx, request, name, Number(width));
  if (!made) return noPicture;
  countView(ctx, name, "bucket");
  if (made.status === 200 && request.method === "GET") ctx.waitUntil(caches.default.put(key, made.clone()));
  return ok(made);
}

const noPicture = refused("not_found", "There is no such picture.");

/** The cache answers these by itself: 304 and 206. */
function conditions(given: Headers): Headers {
  const headers = new Headers();
  for (const name of ["range", "if-none-match", "if-modified-since"]) {
    const value = given.get(name);
    if (value !== null) headers.set(name, value);
  }
  return headers;
}

async function original({ env, tenant }: Ctx, request: Request, name: string): Promise<Response | undefined> {
  const key = `${tenant.id}/media/${name}`;
  const wanted = request.headers.get("range");
  if (wanted !== null) return part(env.FILES, key, wanted);
  const onlyIf = conditions(request.headers);
  const object = await env.FILES.get(key, { onlyIf });
  if (!object) return undefined;
  const headers = headersOf(object, YEAR_SECONDS);
  if (!("body" in object)) return new Response(null, { status: 304, headers });
  headers["content-length"] = String(object.size);
  return new Response(object.body, { headers });
}

async function part(bucket: R2Bucket, key: string, wanted: string): Promise<Response | undefined> {
  const head = await bucket.head(key);
  if (!head) return undefined;
  const range = readRange(wanted, head.size);
  const headers = headersOf(head, YEAR_SECONDS);
  if (!range)
    return new Response(null, { status: 416, headers: { ...headers, "content-range": `bytes */${head.size}` } });
  const object = await bucket.get(key, { range });
  if (!object) return undefined;
  headers["content-range"] = `bytes ${range.offset}-${range.offset + range.length - 1}/${head.size}`;
  headers["content-length"] = String(range.length);
  return new Response(object.body, { status: 206, headers });
}

/** A width below the picture's own, as WebP. The original stands in for what cannot be made. */
async function smaller(ctx: Ctx, request: Request, name: string, width: number): Promise<Response | undefined> {
  const images: ImagesBinding | undefined = ctx.env.IMAGES;
  const object = await ctx.env.FILES.get(`${ctx.tenant.id}/media/${name}`);
  if (!object) return undefined;
  const isSmaller = width < Number(object.customMetadata?.["width"]) && !name.endsWith(".gif");
  if (!isSmaller) return new Response(object.body, { headers: headersOf(object, YEAR_SECONDS) });
  if (!images) return new Response(object.body, { headers: headersOf(object, STAND_IN_SECONDS) });
  try {
    const made = await images
      .input(object.body)
      .transform({ width, fit: "scale-down" })
      .output({ format: "image/webp", quality: SIZE_QUALITY });
    const bytes = await new Response(made.image()).arrayBuffer();
    const etag = `"${name.slice(0, 32)}-${width}"`;
    const headers = { ...headersOf(object, YEAR_SECONDS), "content-type": "image/webp", etag };
    return request.headers.get("if-none-match") === etag
      ? new Response(null, { status: 304, headers })
      : new Response(bytes, { headers: { ...headers, "content-length": String(bytes.byteLength) } });
  } catch (error) {
    log("warn", "picture_size_failed", { name, width, error: describe(error) });
    const whole = await ctx.env.FILES.get(`${ctx.tenant.id}/media/${name}`);
    return whole ? new Response(whole.body, { headers: headersOf(whole, STAND_IN_SECONDS) }) : undefined;
  }
}

const headersOf = (object: R2Object, seconds: number): Record<string, string> => ({
  ...pictureHeaders,
  "content-type": object.httpMetadata?.contentType ?? "application/octet-stream",
  "cache-control": `public, max-age=${seconds}${seconds === YEAR_SECONDS ? ", immutable" : ""}`,
  etag: object.httpEtag,
});
