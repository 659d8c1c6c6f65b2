import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { publishPicture } from "../../../../src/capabilities/selling/media/actions/publish-picture.ts";
import { pipeline } from "../../../../src/edge/pipeline.ts";
import { systemContext } from "../../../../src/edge/system-context.ts";
import { newEvent } from "../../../../src/platform/events.ts";
import { api, shopKey } from "../../../support/api.ts";
import { announce, complete, png, sha256, uploadPicture } from "../../../support/pictures.ts";
import { eventually } from "../../../support/settled.ts";
import { putOnSale } from "../../../support/shopper.ts";

afterEach(() => vi.restoreAllMocks());

const taskOf = async (id: string) => (await api("GET", `/media/tasks/${id}`)).body;
const finished = async (id: string) => {
  await eventually(async () => expect((await taskOf(id)).status).toBe("done"));
  return taskOf(id);
};

describe("after a picture", () => {
  it("every cached page that showed the old one is gone, and the new one is in the cache", async () => {
    await putOnSale("PUB-1", 5);
    const first = await uploadPicture(png(400, 300, 31), "image/png", { product_handle: "pub-1" });
    await finished(first.body.task.id);
    const stale = ["/products/pub-1", "/products/pub-1?lang=zh-CN", "/", "/api/v1/products/pub-1"].map(
      (path) => `http://demo.localhost${path}`,
    );
    for (const url of stale)
      await caches.default.put(url, new Response("old", { headers: { "cache-control": "max-age=600" } }));
    const { body } = await uploadPicture(png(400, 300, 32), "image/png", {
      product_handle: "pub-1",
      replaces: first.body.picture.src,
    });
    const task = await finished(body.task.id);
    for (const url of stale) expect(await caches.default.match(url), url).toBeUndefined();
    expect(task.visited).toContainEqual({ url: stale[0], outcome: "purged" });
    for (const query of ["", "?w=320"]) {
      const key = `https://demo.localhost${body.picture.src}${query}`;
      expect((await caches.default.match(key))?.headers.get("content-type"), key).toMatch(/^image\//);
    }
  });

  it("Cloudflare's cache is purged where it is configured: 100 addresses a call, tried again, failed in the end", async () => {
    await putOnSale("PUB-2", 5);
    const { body } = await uploadPicture(png(8, 8, 33), "image/png", { product_handle: "pub-2" });
    await finished(body.task.id);
    const rewind = "UPDATE media_tasks SET status = 'queued', attempts = 0, visited = NULL, purge = ?2 WHERE id = ?1";
    const urls = Array.from({ length: 150 }, (_, i) => `https://demo.localhost/p${i}`);
    const again = () => env.DB.prepare(rewind).bind(body.task.id, JSON.stringify(urls)).run();
    const ctx = await systemContext(
      { ...env, PURGE_ZONE_ID: "zone", PURGE_TOKEN: "token" },
      createExecutionContext(),
      "demo",
    );
    if (!ctx) throw new Error("no shop");
    const run = () =>
      publishPicture(ctx, newEvent("demo", "picture.published", 0, "control", { task_id: body.task.id }));
    await again();
    const calls = vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json({ success: true }));
    await run();
    expect(await taskOf(body.task.id)).toMatchObject({ status: "done", purger: "cloudflare", attempts: 1 });
    expect(calls.mock.calls.map(([url, how]) => [url, JSON.parse(String(how?.body)).files.length])).toEqual([
      ["https://api.cloudflare.com/client/v4/zones/zone/purge_cache", 100],
      ["https://api.cloudflare.com/client/v4/zones/zone/purge_cache", 50],
    ]);
    await again();
    calls.mockImplementation(async () => new Response("no", { status: 429 }));
    for (let attempt = 1; attempt < 4; attempt++) {
      await expect(run()).rejects.toThrow("429");
      expect(await taskOf(body.task.id)).toMatchObject({ status: "queued", attempts: attempt });
    }
    await run();
    expect(await taskOf(body.task.id)).toMatchObject({
      status: "failed",
      attempts: 4,
      error: expect.stringContaining("429"),
    });
  });
});

describe("with the S3 endpoint of R2 configured", () => {
  const s3 = {
    R2_S3_ENDPOINT: "https://account.r2.cloudflarestorage.com",
    R2_S3_BUCKET: "souk-files",
    R2_S3_ACCESS_KEY_ID: "id",
    R2_S3_SECRET_ACCESS_KEY: "key",
  };

  it("the address is R2's own, for the same call; the object is completed as any other and stays until the address is dead", async () => {
    const bytes = png(8, 8, 34);
    const announced = await pipeline.fetch(
      new Request("http://demo.localhost/api/v1/media/uploads", {
        method: "POST",
        headers: { authorization: `Bearer ${await shopKey("demo")}`, "content-type": "application/json" },
        body: JSON.stringify({
          filename: "a.png",
          content_type: "image/png",
          size: bytes.length,
          sha256: await sha256(bytes),
        }),
      }),
      { ...env, ...s3 },
      createExecutionContext(),
    );
    const upload: { id: string; url: string; headers: object } = await announced.json();
    const url = new URL(upload.url);
    expect(url.origin + url.pathname).toBe(`${s3.R2_S3_ENDPOINT}/souk-files/demo/uploads/${upload.id}`);
    expect(url.searchParams.get("X-Amz-Expires")).toBe("900");
    expect(url.searchParams.get("X-Amz-SignedHeaders")).toBe(
      "content-length;content-type;host;if-none-match;x-amz-checksum-sha256",
    );
    expect(Object.keys(upload.headers).sort()).toEqual(["content-type", "if-none-match", "x-amz-checksum-sha256"]);
    await env.FILES.put(`demo/uploads/${upload.id}`, bytes);
    expect((await complete(upload.id)).status).toBe(200);
    expect(await env.FILES.head(`demo/uploads/${upload.id}`)).toMatchObject({ size: 0 });
  });

  it("a refused upload leaves an empty object too, so that its address takes nothing more", async () => {
    const bytes = Buffer.from("no picture at all");
    const { id } = (await announce(bytes, "image/png")).body;
    await env.FILES.put(`demo/uploads/${id}`, bytes);
    expect((await complete(id)).body.code).toBe("wrong_type");
    expect(await env.FILES.head(`demo/uploads/${id}`)).toMatchObject({ size: 0 });
    expect((await complete(id)).body.code).toBe("wrong_type");
  });

  it("the studio's page may talk to that host, and no other page may", async () => {
    const policy = async (path: string) => {
      const request = new Request(`http://demo.localhost${path}`);
      const answer = await pipeline.fetch(request, { ...env, ...s3 }, createExecutionContext());
      await answer.body?.cancel();
      return /connect-src [^;]*/.exec(answer.headers.get("content-security-policy") ?? "")?.[0];
    };
    expect(await policy("/studio/pictures")).toContain(s3.R2_S3_ENDPOINT);
    expect(await policy("/cart")).not.toContain("r2.cloudflarestorage.com");
  });
});
