import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";
import { announce, complete, fetchPicture, png, send, uploadPicture } from "../../../support/pictures.ts";
import { eventually } from "../../../support/settled.ts";
import { putOnSale } from "../../../support/shopper.ts";

const remove = (id: string, shop = "demo") => api("DELETE", `/media/pictures/${id}`, { shop });
const imagesOf = async (handle: string) =>
  (await api("GET", `/products/${handle}`)).body.images.map((it: { src: string }) => it.src);
const task = async (id: string) => (await api("GET", `/media/tasks/${id}`)).body;

describe("deleting a picture", () => {
  it("takes it off every product, out of the bucket, the lists and the caches; doing it again answers the same", async () => {
    await putOnSale("DEL-1", 5);
    await putOnSale("DEL-2", 5);
    const bytes = png(400, 300, 61);
    const { body } = await uploadPicture(bytes, "image/png", { product_handle: "del-1" });
    await uploadPicture(bytes, "image/png", { product_handle: "del-2" });
    const { id, src } = body.picture;
    const other = (await uploadPicture(png(40, 30, 62), "image/png", { product_handle: "del-2" })).body.picture;
    await eventually(async () => expect((await task(body.task.id)).status).toBe("done"));
    expect([(await fetchPicture(src)).status, (await fetchPicture(`${src}?w=320`)).status]).toEqual([200, 200]);
    const page = "http://demo.localhost/products/del-2";
    await caches.default.put(page, new Response("old", { headers: { "cache-control": "max-age=600" } }));

    const deleted = await remove(id);
    expect(deleted.status, deleted.text).toBe(200);
    expect(await imagesOf("del-1")).toEqual([]);
    expect(await imagesOf("del-2")).toEqual([other.src]);
    expect(await env.FILES.head(`demo${src}`)).toBeNull();
    expect((await api("GET", "/media/pictures?limit=100")).text).not.toContain(id);
    await eventually(async () => expect((await task(deleted.body.task.id)).status).toBe("done"));
    expect(await caches.default.match(page)).toBeUndefined();
    expect([(await fetchPicture(src)).status, (await fetchPicture(`${src}?w=320`)).status]).toEqual([404, 404]);
    expect((await remove(id)).body).toMatchObject({ id, task: { id: deleted.body.task.id, status: "done" } });
    expect((await fetchPicture(other.src)).status).toBe(200);
  });

  it("takes it off the collections whose own picture it is, and out of their pages in the caches", async () => {
    const { picture } = (await uploadPicture(png(30, 30, 66), "image/png")).body;
    const other = (await uploadPicture(png(30, 30, 67), "image/png")).body.picture;
    const open = (handle: string, src: string) =>
      api("POST", "/collections", { body: { handle, title: handle, image: { src, alt: "A lamp" } } });
    expect((await open("del-lamps", picture.src)).status).toBe(201);
    expect((await open("del-others", other.src)).status).toBe(201);
    const page = "http://demo.localhost/collections/del-lamps";
    await caches.default.put(page, new Response("old", { headers: { "cache-control": "max-age=600" } }));

    const deleted = await remove(picture.id);
    expect(deleted.status, deleted.text).toBe(200);
    expect((await api("GET", "/collections/del-lamps")).body.image).toBeNull();
    expect((await api("GET", "/collections/del-others")).body.image.src).toBe(other.src);
    await eventually(async () => expect((await task(deleted.body.task.id)).status).toBe("done"));
    expect(await caches.default.match(page)).toBeUndefined();
  });

  it("lets the same bytes come back as a new picture", async () => {
    const bytes = png(30, 30, 63);
    const first = (await uploadPicture(bytes, "image/png")).body.picture;
    await remove(first.id);
    const second = (await uploadPicture(bytes, "image/png")).body.picture;
    expect([second.src === first.src, second.id === first.id]).toEqual([true, false]);
    expect((await fetchPicture(second.src)).status).toBe(200);
  });

  it("happens once when fifty ask at the same time, and is unknown to other shops", async () => {
    const { id } = (await uploadPicture(png(30, 30, 64), "image/png")).body.picture;
    expect((await remove(id, "acme")).status).toBe(404);
    const answers = await Promise.all(Array.from({ length: 50 }, () => remove(id)));
    expect(new Set(answers.map((it) => it.status))).toEqual(new Set([200]));
    expect(new Set(answers.map((it) => it.body.task.id)).size).toBe(1);
    expect((await remove(`pic_${"0".repeat(26)}`)).status).toBe(404);
  });

  it("is finished by the hourly sweep when it was interrupted, and no upload comes between", async () => {
    const bytes = png(30, 30, 65);
    const { id, src } = (await uploadPicture(bytes, "image/png")).body.picture;
    await env.DB.prepare("UPDATE media_pictures SET deleted_at = 1 WHERE id = ?").bind(id).run();
    const announced = await announce(bytes, "image/png");
    await send(announced.body, bytes);
    expect((await complete(announced.body.id)).body.code).toBe("changed_meanwhile");
    await sweep();
    expect(await env.FILES.head(`demo${src}`)).toBeNull();
    expect((await complete(announced.body.id)).status).toBe(200);
    expect((await fetchPicture(src)).status).toBe(200);
  });

  it("by the sweep leaves a picture alone that came back while the sweep was at another one", async () => {
    const pictures = await Promise.all(
      [68, 69].map(async (seed) => {
        const bytes = png(30, 30, seed);
        return { ...(await uploadPicture(bytes, "image/png")).body.picture, bytes };
      }),
    );
    for (const { id } of pictures)
      await env.DB.prepare("UPDATE media_pictures SET deleted_at = 1 WHERE id = ?").bind(id).run();
    let back = "";
    await sweep(async (key) => {
      const other = pictures.find((it) => `demo${it.src}` !== key);
      if (back || !other) return;
      back = other.src;
      expect((await remove(other.id)).status).toBe(200);
      expect((await uploadPicture(other.bytes, "image/png")).body.picture.src).toBe(back);
    });
    expect((await fetchPicture(back)).status).toBe(200);
  });
});

/** `before` runs whenever the sweep is about to delete a file. */
async function sweep(before: (key: string) => Promise<void> = async () => {}): Promise<void> {
  const { finishDeletions } = await import("../../../../src/capabilities/selling/media/actions/delete-picture.ts");
  const { systemContext } = await import("../../../../src/edge/system-context.ts");
  const { createExecutionContext } = await import("cloudflare:test");
  const ctx = await systemContext(env, createExecutionContext(), "demo");
  if (!ctx) throw new Error("no shop");
  const FILES = new Proxy(env.FILES, {
    get: (files, name) =>
      name === "delete"
        ? (key: string) => before(key).then(() => files.delete(key))
        : Reflect.get(files, name).bind(files),
  });
  await finishDeletions({ ...ctx, env: { ...env, FILES } });
}
