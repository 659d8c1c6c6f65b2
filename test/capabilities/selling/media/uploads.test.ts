import { env } from "cloudflare:workers";
import { imageSize } from "image-size";
import { describe, expect, it } from "vitest";
import { api, openShop, page } from "../../../support/api.ts";
import {
  announce,
  complete,
  encoded,
  exifWithPlace,
  fetchPicture,
  gif,
  png,
  pngChunk,
  send,
  uploadPicture,
  withJpegExif,
  withWebpExif,
} from "../../../support/pictures.ts";
import { eventually } from "../../../support/settled.ts";
import { putOnSale } from "../../../support/shopper.ts";

const bytesOf = async (src: string) => new Uint8Array(await (await fetchPicture(src)).arrayBuffer());

describe("an upload", () => {
  it("is announced, sent and completed: the picture is stored, served and on its product", async () => {
    await putOnSale("PIC-1", 5);
    const bytes = png(900, 600, 1);
    const done = await uploadPicture(bytes, "image/png", { alt: "A lamp at night", product_handle: "pic-1" });
    expect(done.status, done.text).toBe(200);
    const { picture, task } = done.body;
    expect(picture).toMatchObject({ content_type: "image/png", width: 900, height: 600, storage_class: "Standard" });
    expect(picture.src).toMatch(/^\/media\/[0-9a-f]{64}\.png$/);
    const product = await api("GET", "/products/pic-1");
    expect(product.body.images).toEqual([
      { src: picture.src, alt: "A lamp at night", width: 900, height: 600, position: 1 },
    ]);
    const shown = await page("GET", "/products/pic-1");
    expect(shown.text).toContain(`src="${picture.src}"`);
    expect(shown.text).toContain(`${picture.src}?w=320 320w`);
    await eventually(async () => {
      const { body } = await api("GET", `/media/tasks/${task.id}`);
      expect(body).toMatchObject({ status: "done", product_handle: "pic-1", purger: "this location", error: null });
      expect(body.purge).toContain("http://demo.localhost/products/pic-1");
      const fetched = body.visited.filter((it: { outcome: string }) => it.outcome.startsWith("fetched"));
      expect(fetched.map((it: { outcome: string }) => it.outcome)).toEqual(body.prewarm.map(() => "fetched 200"));
      expect(body.prewarm).toContain(`http://demo.localhost${picture.src}?w=480`);
    });
  });

  it("replaces a picture where the product and its variants show it", async () => {
    await putOnSale("PIC-2", 5);
    const first = await uploadPicture(png(40, 50, 2), "image/png", { product_handle: "pic-2", alt: "old" });
    const old = first.body.picture.src;
    const { variants } = (await api("GET", "/products/pic-2")).body;
    const body = { variants: variants.map((it: { sku: string; price: object }) => ({ ...keep(it), image: old })) };
    expect((await api("PATCH", "/products/pic-2", { body })).status).toBe(200);
    const second = await uploadPicture(png(40, 50, 3), "image/png", { product_handle: "pic-2", replaces: old });
    const product = await api("GET", "/products/pic-2");
    expect(product.body.images).toEqual([
      { src: second.body.picture.src, alt: "old", width: 40, height: 50, position: 1 },
    ]);
    expect(product.body.variants[0].image).toBe(second.body.picture.src);
  });

  it("may be completed again and by fifty at once: one picture, one task, one place on the product", async () => {
    await putOnSale("PIC-3", 5);
    const bytes = png(30, 30, 4);
    const { body: upload } = await announce(bytes, "image/png", { product_handle: "pic-3" });
    await send(upload, bytes);
    const answers = await Promise.all(Array.from({ length: 50 }, () => complete(upload.id)));
    const again = await complete(upload.id);
    const good = answers.filter((it) => it.status === 200);
    expect(good.length).toBeGreaterThan(0);
    for (const it of good) expect(it.body.picture).toEqual(again.body.picture);
    expect((await api("GET", "/products/pic-3")).body.images).toHaveLength(1);
    const listed = await api("GET", "/media/pictures?limit=100");
    const same = listed.body.data.filter((it: { src: string }) => it.src === again.body.picture.src);
    expect(same).toHaveLength(1);
  });

  it("is one published picture to the shop's bill, however many complete it at once", async () => {
    const shop = "picture-bill";
    await openShop({ id: shop });
    const bytes = png(30, 30, 13);
    const { body: upload } = await announce(bytes, "image/png", {}, shop);
    await send(upload, bytes);
    const answers = await Promise.all(Array.from({ length: 12 }, () => complete(upload.id, shop)));
    expect(new Set(answers.map((it) => it.body.task?.id)).size).toBe(1);
    const waiting = env.DB.prepare("SELECT count(*) AS n FROM outbox WHERE tenant_id = ?").bind(shop);
    await eventually(async () => expect(await waiting.first("n")).toBe(0));
    const { body } = await api("GET", "/usage?client=shop&limit=500", { shop });
    const published = body.data.filter((it: { meter: string }) => it.meter === "pictures_published");
    expect(published.map((it: { units: number }) => it.units)).toEqual([1]);
  });

  it("of bytes that the shop has already is the same picture; another shop has its own", async () => {
    const bytes = png(20, 20, 5);
    const [first, second] = [await uploadPicture(bytes, "image/png"), await uploadPicture(bytes, "image/png")];
    expect(second.body.picture.id).toBe(first.body.picture.id);
    expect((await fetchPicture(first.body.picture.src, {}, "acme")).status).toBe(404);
    const theirs = await uploadPicture(bytes, "image/png", {}, "acme");
    expect(theirs.body.picture.src).toBe(first.body.picture.src);
    expect(theirs.body.picture.id).not.toBe(first.body.picture.id);
  });
});

const keep = ({ sku, price }: { sku: string; price: object }) => ({ sku, price });

describe("what a picture tells", () => {
  const secrets = (bytes: Uint8Array) => {
    const text = Buffer.from(bytes).toString("latin1");
    return ["SECRET-MAKER", "xmpmeta", "was here"].filter((it) => text.includes(it));
  };

  it("about place and maker is gone from a JPEG, and it stands upright", async () => {
    const jpeg = withJpegExif(await encoded("image/jpeg", 60, 40, 6), 6);
    expect(secrets(jpeg)).toHaveLength(3);
    const { picture } = (await uploadPicture(jpeg, "image/jpeg")).body;
    expect(picture).toMatchObject({ width: 40, height: 60 });
    const stored = await bytesOf(picture.src);
    expect(secrets(stored)).toEqual([]);
    expect(imageSize(stored)).toMatchObject({ width: 40, height: 60 });
  });

  it("is gone from an upright JPEG without a change of a pixel", async () => {
    const plain = await encoded("image/jpeg", 60, 40, 7);
    const { picture } = (await uploadPicture(withJpegExif(plain, 1), "image/jpeg")).body;
    expect(await bytesOf(picture.src)).toEqual(plain);
  });

  it("is gone from PNG, WebP and GIF", async () => {
    const text = pngChunk("tEXt", Buffer.from("Author\0SECRET-MAKER"));
    const files: [string, Uint8Array][] = [
      ["image/png", png(60, 40, 8, [text, pngChunk("eXIf", exifWithPlace(1))])],
      ["image/webp", withWebpExif(await encoded("image/webp", 60, 40, 9), 60, 40, 1)],
      ["image/gif", gif(60, 40, 2, comment("SECRET-MAKER"))],
    ];
    for (const [type, bytes] of files) {
      expect(secrets(bytes), type).not.toEqual([]);
      const done = await uploadPicture(bytes, type);
      expect(done.status, done.text).toBe(200);
      const stored = await bytesOf(done.body.picture.src);
      expect(secrets(stored), type).toEqual([]);
      expect(imageSize(stored), type).toMatchObject({ width: 60, height: 40 });
    }
  });

  it("turns PNG and WebP upright too", async () => {
    const turned: [string, Uint8Array][] = [
      ["image/png", png(60, 40, 11, [pngChunk("eXIf", exifWithPlace(8))])],
      ["image/webp", withWebpExif(await encoded("image/webp", 60, 40, 12), 60, 40, 6)],
    ];
    for (const [type, bytes] of turned) {
      const { picture } = (await uploadPicture(bytes, type)).body;
      expect(picture, type).toMatchObject({ width: 40, height: 60 });
      expect(secrets(await bytesOf(picture.src)), type).toEqual([]);
    }
  });

  it("lets an AVIF pass that tells nothing", async () => {
    const done = await uploadPicture(await encoded("image/avif", 64, 48, 13), "image/avif");
    expect(done.status, done.text).toBe(200);
    expect(done.body.picture).toMatchObject({ width: 64, height: 48, content_type: "image/avif" });
  });
});

const comment = (text: string) => Uint8Array.of(0x21, 0xfe, text.length, ...Buffer.from(text), 0);

describe("a served picture", () => {
  it("is data only, kept for ever, and answers conditions and ranges", async () => {
    const bytes = png(500, 400, 14);
    const { src } = (await uploadPicture(bytes, "image/png")).body.picture;
    for (const round of ["bucket", "cache"]) {
      const answer = await fetchPicture(src);
      expect(new Uint8Array(await answer.arrayBuffer()), round).toEqual(new Uint8Array(bytes));
      expect(Object.fromEntries(answer.headers), round).toMatchObject({
        "content-type": "image/png",
        "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "content-disposition": "attachment",
        "cache-control": "public, max-age=31536000, immutable",
      });
      expect(answer.headers.get("set-cookie"), round).toBeNull();
      const etag = answer.headers.get("etag") ?? "";
      expect((await fetchPicture(src, { "if-none-match": etag })).status, round).toBe(304);
      const part = await fetchPicture(src, { range: "bytes=1-3" });
      expect([part.status, await part.text()], round).toEqual([206, "PNG"]);
      expect(part.headers.get("content-range"), round).toBe(`bytes 1-3/${bytes.length}`);
      const beyond = await fetchPicture(src, { range: `bytes=${bytes.length}-` });
      expect(beyond.status, round).toBe(416);
    }
  });

  it("has smaller sizes as WebP, and only those that pages ask for", async () => {
    const { src } = (await uploadPicture(png(1_000, 500, 15), "image/png")).body.picture;
    const answer = await fetchPicture(`${src}?w=320`);
    expect(answer.headers.get("content-type")).toBe("image/webp");
    expect(imageSize(new Uint8Array(await answer.arrayBuffer()))).toMatchObject({ width: 320, height: 160 });
    for (const query of ["?w=321", "?w=", "?w=0320", "?w=99999"])
      expect((await fetchPicture(src + query)).status, query).toBe(404);
    for (const path of [
      src.replace("/media/", "/media/../media/x"),
      "/media/%2e%2e%2fimports",
      "/media/direct",
      `${src}x`,
    ])
      expect((await fetchPicture(path)).status, path).toBe(404);
  });
});
