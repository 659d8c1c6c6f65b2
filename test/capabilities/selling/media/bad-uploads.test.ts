import { env, exports } from "cloudflare:workers";
import { gzipSync } from "node:zlib";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { capabilities } from "../../../../src/capabilities/index.ts";
import { api, shopKey } from "../../../support/api.ts";
import {
  announce,
  complete,
  encoded,
  gif,
  PNG_SIGNATURE,
  png,
  pngChunk,
  pngHead,
  send,
  storedPictures,
  uploadPicture,
  withJpegExif,
} from "../../../support/pictures.ts";

beforeAll(() => shopKey("demo"));
afterEach(() => vi.useRealTimers());

const text = (words: string) => Buffer.from(words, "latin1");
const ZIP = Buffer.from("504b0304140000000800", "hex");
const END = pngChunk("IEND", new Uint8Array());

type BadFile = [name: string, type: string, bytes: Uint8Array, code: string];

/** Files that are announced truthfully, arrive whole, and must not become pictures. */
async function badFiles(): Promise<BadFile[]> {
  const jpeg = await encoded("image/jpeg", 40, 30, 1);
  const webp = await encoded("image/webp", 40, 30, 1);
  return [...otherFiles(jpeg), ...polyglots(jpeg, webp), ...brokenOrHuge(jpeg)];
}

function otherFiles(jpeg: Uint8Array): BadFile[] {
  const svg = text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  return [
    ["words named .jpg", "image/jpeg", text("not really an image, is it"), "wrong_type"],
    ["a PNG announced as JPEG", "image/jpeg", png(4, 4), "wrong_type"],
    ["a JPEG announced as WebP", "image/webp", jpeg, "wrong_type"],
    ["an SVG with a script announced as PNG", "image/png", svg, "wrong_type"],
    ["HTML announced as GIF", "image/gif", text("<!doctype html><script>alert(1)</script>"), "wrong_type"],
    ["a zip", "image/png", ZIP, "wrong_type"],
    ["a gzip bomb", "image/png", gzipSync(Buffer.alloc(10_000_000)), "wrong_type"],
    ["a PDF", "image/jpeg", text("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"), "wrong_type"],
    ["GIF magic in front of a script", "image/gif", text("GIF89a/*<script>alert(1)</script>*/"), "too_many_pixels"],
  ];
}

function polyglots(jpeg: Uint8Array, webp: Uint8Array): BadFile[] {
  return [
    [
      "GIF with a script in a comment",
      "image/gif",
      gif(4, 4, 1, Uint8Array.of(0x21, 0xfe, 8, ...text("<SCRIPT>"), 0)),
      "polyglot",
    ],
    ["a picture with HTML behind it", "image/png", Buffer.concat([png(4, 4), text("<html><body>")]), "polyglot"],
    ["a JPEG with a zip behind it", "image/jpeg", Buffer.concat([jpeg, ZIP]), "polyglot"],
    ["a WebP with a zip behind it", "image/webp", Buffer.concat([webp, ZIP]), "polyglot"],
    ["a GIF with a zip behind it", "image/gif", Buffer.concat([gif(4, 4), ZIP]), "polyglot"],
    [
      "PHP in a PNG text",
      "image/png",
      png(4, 4, 0, [pngChunk("tEXt", text("Comment\0<?php system($_GET[0]);"))]),
      "polyglot",
    ],
    [
      "a script in a JPEG comment",
      "image/jpeg",
      Buffer.concat([jpeg.subarray(0, 2), Uint8Array.of(0xff, 0xfe, 0, 11), text("<script >"), jpeg.subarray(2)]),
      "polyglot",
    ],
  ];
}

function brokenOrHuge(jpeg: Uint8Array): BadFile[] {
  const bomb = (name: string, bytes: number) => pngChunk(name, gzipSync(Buffer.alloc(bytes)));
  return [
    [
      "50,000 x 50,000 pixels",
      "image/png",
      Buffer.concat([PNG_SIGNATURE, pngHead(50_000, 50_000), bomb("IDAT", 50_000), END]),
      "too_many_pixels",
    ],
    [
      "one line of 2^31 pixels",
      "image/png",
      Buffer.concat([PNG_SIGNATURE, pngHead(2 ** 31 - 1, 1), bomb("IDAT", 10), END]),
      "too_many_pixels",
    ],
    [
      "no pixels at all",
      "image/png",
      Buffer.concat([PNG_SIGNATURE, pngHead(0, 0), bomb("IDAT", 10), END]),
      "broken_picture",
    ],
    ["a film of 8,000 large frames", "image/gif", manyFrames(), "too_many_pixels"],
    ["half a JPEG", "image/jpeg", jpeg.subarray(0, jpeg.length / 2), "broken_picture"],
    ["half a PNG", "image/png", png(40, 40).subarray(0, 60), "broken_picture"],
    [
      "a PNG with a chunk longer than the file",
      "image/png",
      Buffer.concat([PNG_SIGNATURE, pngHead(4, 4), Uint8Array.of(0x7f, 255, 255, 255), text("IDAT"), END]),
      "broken_picture",
    ],
  ];
}

/** The header says 5,000 x 5,000; every frame is tiny, but a browser holds a whole canvas for each. */
function manyFrames(): Uint8Array {
  const film = gif(2, 2, 8_000);
  new DataView(film.buffer, film.byteOffset).setUint16(6, 5_000, true);
  new DataView(film.buffer, film.byteOffset).setUint16(8, 5_000, true);
  return film;
}

describe("a bad file", () => {
  it("is refused with its reason, each time it is asked for, and nothing of it stays", async () => {
    const before = await storedPictures();
    for (const [name, type, bytes, code] of await badFiles()) {
      const announced = await announce(bytes, type);
      expect(announced.status, `${name}: ${announced.text}`).toBe(201);
      expect((await send(announced.body, bytes)).status, name).toBe(200);
      const refusals = [await complete(announced.body.id), await complete(announced.body.id)];
      expect(
        refusals.map((it) => [it.status, it.body.code, it.body.detail]),
        name,
      ).toEqual(Array(2).fill([422, code, refusals[0]?.body.detail]));
      expect(refusals[0]?.body.detail.length, name).toBeGreaterThan(10);
    }
    expect(await storedPictures()).toEqual(before);
  });

  it("that cameras make on purpose is taken: a preview behind the end is cut off", async () => {
    const jpeg = await encoded("image/jpeg", 40, 30, 2);
    const done = await uploadPicture(Buffer.concat([withJpegExif(jpeg, 1), jpeg]), "image/jpeg");
    expect(done.body.picture.bytes).toBe(jpeg.length);
  });
});

describe("an announcement", () => {
  const good = { filename: "lamp.png", content_type: "image/png", size: 10, sha256: "5e".repeat(32) };
  const wrong: [string, object][] = [
    ["10 GB", { size: 10_000_000_000 }],
    ["one byte too many", { size: 20 * 1_048_576 + 1 }],
    ["no bytes", { size: 0 }],
    ["SVG", { content_type: "image/svg+xml", filename: "lamp.svg" }],
    ["HTML", { content_type: "text/html" }],
    ["a hash in capitals", { sha256: "5E".repeat(32) }],
    ["a product of nobody", { product_handle: "no-such-product" }],
    ...[
      "../../etc/passwd",
      "..",
      "a/b.png",
      "a\\b.png",
      "C:lamp.png",
      "lamp\u202egpj.png",
      "lamp\u2066.png",
      "\u200flamp.png",
      "lamp\r\nSet-Cookie: x=1.png",
      "lamp\u2028.png",
      "lamp.svg",
      "lamp.php",
      "lamp.jpg",
      "lamp.png.html",
      "",
      "x".repeat(256),
    ].map((filename): [string, object] => [JSON.stringify(filename).slice(0, 40), { filename }]),
  ];

  it.each(wrong)("of %s is refused and announces nothing", async (_, change) => {
    const count = () => env.DB.prepare("SELECT count(*) AS n FROM media_uploads").first();
    const before = await count();
    const answer = await api("POST", "/media/uploads", { body: { ...good, ...change } });
    expect(answer.status, answer.text).toBe(422);
    expect(await count()).toEqual(before);
  });

  it("beyond 500 that wait is refused, also when they come at once", async () => {
    const shop = "acme";
    const answers = await Promise.all(
      Array.from({ length: 520 }, () => api("POST", "/media/uploads", { shop, body: good })),
    );
    const refused = answers.filter((it) => it.status === 429);
    expect(refused).toHaveLength(20);
    expect(refused[0]?.body.code).toBe("too_many_uploads");
    expect(refused[0]?.headers.get("retry-after")).toBe("900");
    await env.DB.prepare("DELETE FROM media_uploads WHERE tenant_id = 'acme'").run();
  });
});

describe("an upload's address", () => {
  it("takes this method, type, length, hash and shop only, and leaves nothing of anything else", async () => {
    const bytes = png(9, 9, 3);
    const { body: upload } = await announce(bytes, "image/png");
    const other = (await announce(png(9, 9, 4), "image/png")).body;
    const url = (change: (it: URL) => void) => {
      const changed = new URL(upload.url);
      change(changed);
      return changed.href;
    };
    const before = await storedPictures();
    const attacks: [string, Uint8Array, Parameters<typeof send>[2], string][] = [
      ["another type", bytes, { headers: { "content-type": "image/svg+xml" } }, "invalid_signature"],
      ["another length", bytes.subarray(1), {}, "invalid_signature"],
      ["another hash", bytes, { headers: { "x-amz-checksum-sha256": btoa("x".repeat(32)) } }, "invalid_signature"],
      ["no condition", bytes, { headers: { "if-none-match": "x" } }, "invalid_signature"],
      [
        "a later end",
        bytes,
        { url: url((it) => it.searchParams.set("expires", "9999999999999")) },
        "invalid_signature",
      ],
      ["no signature", bytes, { url: url((it) => it.searchParams.delete("signature")) }, "invalid_signature"],
      [
        "another upload's place",
        bytes,
        { url: url((it) => (it.pathname = new URL(other.url).pathname)) },
        "invalid_signature",
      ],
      ["a path", bytes, { url: url((it) => (it.pathname = "/media/direct/..%2f..%2fx")) }, "invalid_signature"],
      ["another shop", bytes, { url: url((it) => (it.hostname = "acme.localhost")) }, "invalid_signature"],
      ["a content encoding", bytes, { headers: { "content-encoding": "gzip" } }, "unsupported_media_type"],
      ["other bytes of this length", Buffer.from(bytes).fill(7, 50), {}, "wrong_hash"],
    ];
    for (const [name, body, more, code] of attacks) {
      const answer = await send(upload, body, more);
      expect([name, answer.code]).toEqual([name, code]);
    }
    const posted = await send(upload, bytes, { method: "POST" });
    expect(posted.status).toBeGreaterThanOrEqual(400);
    expect((await complete(upload.id)).body.code).toBe("not_uploaded");
    expect((await complete(upload.id, "acme")).status).toBe(404);
    expect(await storedPictures()).toEqual(before);
    expect((await send(upload, bytes)).status, "the right bytes after all").toBe(200);
  });

  it("takes one file once, also of fifty at the same time", async () => {
    const bytes = png(9, 9, 5);
    const { body: upload } = await announce(bytes, "image/png");
    const answers = await Promise.all(Array.from({ length: 50 }, () => send(upload, bytes)));
    expect(answers.filter((it) => it.status === 200)).toHaveLength(1);
    expect(answers.filter((it) => it.code === "upload_used")).toHaveLength(49);
    expect((await complete(upload.id)).status).toBe(200);
    expect((await send(upload, bytes)).code).toBe("upload_used");
  });

  it("is dead a second after its end and alive a second before it", async () => {
    const bytes = png(9, 9, 6);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const { body: upload } = await announce(bytes, "image/png");
    const end = Date.parse(upload.expires_at);
    expect(end - Date.now()).toBe(900_000);
    vi.setSystemTime(end + 1_000);
    expect((await send(upload, bytes)).code).toBe("upload_expired");
    vi.setSystemTime(end - 1_000);
    expect((await send(upload, bytes)).status).toBe(200);
  });
});

describe("what nobody completes", () => {
  it("is swept away after its time, with its object; what was completed stays", async () => {
    const bytes = png(9, 9, 7);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const kept = await uploadPicture(png(9, 9, 8), "image/png");
    const { body: lost } = await announce(bytes, "image/png");
    await send(lost, bytes);
    const objects = async () => (await env.FILES.list({ prefix: "demo/uploads/" })).objects.map((it) => it.key);
    expect(await objects()).toContain(`demo/uploads/${lost.id}`);
    vi.setSystemTime(Date.now() + 900_000 + 3_600_000 + 1_000);
    await runHourly();
    expect(await objects()).toEqual([]);
    expect((await complete(lost.id)).body.code).toBe("upload_expired");
    expect((await complete(kept.body.id)).body.picture.id).toBe(kept.body.picture.id);
    vi.setSystemTime(Date.now() + 7 * 86_400_000 + 1_000);
    await runHourly();
    expect((await complete(kept.body.id)).status, "after a week").toBe(404);
    const served = await exports.default.fetch(new Request(`http://demo.localhost${kept.body.picture.src}`));
    expect(served.status).toBe(200);
    await served.body?.cancel();
  });
});

/** The pictures' hourly schedules, with the context that cron gives them. */
async function runHourly(): Promise<void> {
  const { systemContext } = await import("../../../../src/edge/system-context.ts");
  const waits: Promise<unknown>[] = [];
  const exec = { waitUntil: (work: Promise<unknown>) => waits.push(work) } as unknown as ExecutionContext;
  const ctx = await systemContext(env, exec, "demo");
  const media = capabilities.find((it) => it.name === "media");
  for (const run of media?.every?.hour ?? []) if (ctx) await run(ctx);
  await Promise.all(waits);
}
