import { createHash } from "node:crypto";
import { request } from "node:http";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { presign } from "../../src/capabilities/selling/media/targets/presign.ts";

const KEYS = { accessKeyId: "souk-test", secretAccessKey: "not a secret" };
const BUCKET = "souk-files";
interface Sent {
  method?: string;
  url?: string;
  headers?: Record<string, string>;
  body?: Buffer;
}

let server: Miniflare;
let endpoint: string;
beforeAll(async () => {
  server = new Miniflare(
    convertV4MiniflareOptions({
      host: "127.0.0.1",
      port: 0,
      cf: false,
      workers: [
        {
          name: "bucket",
          modules: true,
          script: "export default { fetch: () => new Response() }",
          compatibilityDate: "2026-10-01",
          r2Buckets: { FILES: { id: BUCKET, s3Credentials: KEYS } },
        },
      ],
    }),
  );
  endpoint = new URL("/cdn-cgi/local/r2/s3", await server.ready).href;
});
afterAll(async () => await server?.dispose());

const picture = Buffer.from("only its length, type and hash count here");
const sha256 = createHash("sha256").update(picture).digest("hex");

function presigned(id: string, secondsAgo = 0) {
  const settings = {
    R2_S3_ENDPOINT: endpoint,
    R2_S3_BUCKET: BUCKET,
    R2_S3_ACCESS_KEY_ID: KEYS.accessKeyId,
    R2_S3_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
  };
  const upload = { id, key: `demo/uploads/${id}`, contentType: "image/png", bytes: picture.length, sha256 } as const;
  return presign(settings, { ...upload, expiresAt: Date.now() + (900 - secondsAgo) * 1_000 });
}

/** Sends the upload as it was signed, changed by `more`. (Node's fetch would not send another length than the body's.) */
async function send(target: Awaited<ReturnType<typeof presigned>>, more: Sent = {}): Promise<number> {
  const body = more.body ?? picture;
  const headers = { ...target.headers, "content-length": String(body.length), ...more.headers };
  return new Promise((resolve, reject) => {
    const call = request(more.url ?? target.url, { method: more.method ?? "PUT", headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    call.on("error", reject);
    call.end(body);
  });
}

const stored = async (id: string) => (await server.getR2Bucket("FILES")).head(`demo/uploads/${id}`);

/** Miniflare's S3 endpoint computes AWS Signature Version 4 by itself and follows R2: nothing of ours checks here. */
describe("a presigned address, at an S3 endpoint that is not ours", () => {
  it("takes the announced file once", async () => {
    const target = await presigned("a");
    expect(await send(target)).toBe(200);
    expect(await stored("a")).toMatchObject({ size: picture.length, httpMetadata: { contentType: "image/png" } });
    expect(await send(target), "a second time").toBe(412);
  });

  it("takes nothing more once its upload is over: what stands in for the bytes keeps its place", async () => {
    const target = await presigned("e");
    expect(await send(target)).toBe(200);
    // What the completion of a presigned upload leaves behind, accepted or refused.
    await (await server.getR2Bucket("FILES")).put("demo/uploads/e", new Uint8Array(0));
    expect(await send(target)).toBe(412);
    expect(await stored("e")).toMatchObject({ size: 0 });
    await (await server.getR2Bucket("FILES")).delete("demo/uploads/e");
    expect(await send(target), "without it the address would be open again").toBe(200);
  });

  it("takes no other type, length, hash, place, method, end, signature or use as a plain write", async () => {
    const target = await presigned("b");
    const changed = (change: (url: URL) => void) => {
      const url = new URL(target.url);
      change(url);
      return url.href;
    };
    const attacks: [string, Sent][] = [
      ["type", { headers: { "content-type": "image/svg+xml" } }],
      ["length", { body: Buffer.concat([picture, picture]) }],
      ["hash", { headers: { "x-amz-checksum-sha256": Buffer.alloc(32).toString("base64") } }],
      ["overwriting", { headers: { "if-none-match": "" } }],
      ["place", { url: changed((url) => (url.pathname = url.pathname.replace(/b$/, "c"))) }],
      ["shop", { url: changed((url) => (url.pathname = url.pathname.replace("/demo/", "/acme/"))) }],
      ["end", { url: changed((url) => url.searchParams.set("X-Amz-Expires", "604800")) }],
      ["signed headers", { url: changed((url) => url.searchParams.set("X-Amz-SignedHeaders", "host")) }],
      ["method", { method: "DELETE" }],
    ];
    for (const [name, more] of attacks) expect([name, await send(target, more)]).toEqual([name, 403]);
    expect(await stored("b")).toBeNull();
    expect(await stored("c")).toBeNull();
    expect(await send(target), "as announced").toBe(200);
  });

  it("is dead after its end, and not before", async () => {
    expect(await send(await presigned("d", 902))).toBe(403);
    expect(await send(await presigned("d", 780))).toBe(200);
  });
});
