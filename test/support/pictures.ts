import { env, exports } from "cloudflare:workers";
import { deflateSync } from "node:zlib";
import { expect } from "vitest";
import { type Answer, api } from "./api.ts";

type MadeType = "image/jpeg" | "image/webp" | "image/avif";

/** `length, name, data, check sum`, as every PNG chunk. */
export function pngChunk(name: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

export function pngHead(width: number, height: number): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return pngChunk("IHDR", head);
}

/** A picture of our own: a slope of colour that `seed` turns, so that every seed is another file. `extra` goes behind its head. */
export function png(width: number, height: number, seed = 0, extra: readonly Uint8Array[] = []): Uint8Array {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * (1 + width * 3) + 1 + x * 3;
      rows[at] = (x * 255) / width;
      rows[at + 1] = (y * 255) / height;
      rows[at + 2] = (seed * 37) & 255;
    }
  return Buffer.concat([
    PNG_SIGNATURE,
    pngHead(width, height),
    ...extra,
    pngChunk("IDAT", deflateSync(rows)),
    pngChunk("IEND", new Uint8Array()),
  ]);
}

/** The same picture in another format, encoded by the local Images. */
export async function encoded(type: MadeType, width: number, height: number, seed = 0): Promise<Uint8Array> {
  const made = await env.IMAGES.input(new Blob([png(width, height, seed)]).stream()).output({ format: type });
  return new Response(made.image()).bytes();
}

/** An animation of `frames` pictures in two colours; `extra` goes before its end. Each pixel is preceded by LZW's clear code. */
export function gif(width: number, height: number, frames = 1, extra: Uint8Array = new Uint8Array()): Uint8Array {
  const words = (...values: number[]) => values.flatMap((it) => [it & 255, it >> 8]);
  const codes = Array.from({ length: width * height }, (_, i) => [4, i & 1]).flat();
  const bits = [...codes, 5].flatMap((code) => [code & 1, (code >> 1) & 1, (code >> 2) & 1]);
  const data = Array.from({ length: Math.ceil(bits.length / 8) }, (_, i) =>
    bits.slice(i * 8, i * 8 + 8).reduce((byte, bit, j) => byte | (bit << j), 0),
  );
  const blocks = Array.from({ length: Math.ceil(data.length / 255) }, (_, i) => data.slice(i * 255, i * 255 + 255));
  const picture = [0x2c, ...words(0, 0, width, height), 0, 2, ...blocks.flatMap((it) => [it.length, ...it]), 0];
  const head = [...Buffer.from("GIF89a"), ...words(width, height), 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
  return Buffer.concat([Uint8Array.from([...head, ...Array(frames).fill(picture).flat()]), extra, Uint8Array.of(0x3b)]);
}

/** An Exif block (little-endian TIFF) with this orientation, a maker and a place: 48° N. */
export function exifWithPlace(orientation: number): Uint8Array {
  const tiff = Buffer.alloc(120);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(3, 8);
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  };
  entry(10, 0x010f, 2, 12, 80);
  entry(22, 0x0112, 3, 1, orientation);
  entry(34, 0x8825, 4, 1, 50);
  tiff.writeUInt16LE(2, 50);
  entry(52, 0x0001, 2, 2, 0x4e);
  entry(64, 0x0002, 5, 3, 92);
  tiff.write("SECRET-MAKER", 80, "latin1");
  tiff.writeUInt32LE(48, 92);
  tiff.writeUInt32LE(1, 96);
  return tiff;
}

/** The JPEG with an Exif segment, an XMP segment and a comment behind its start. */
export function withJpegExif(jpeg: Uint8Array, orientation: number): Uint8Array {
  const segment = (marker: number, text: string, data: Uint8Array = new Uint8Array()) => {
    const body = Buffer.concat([Buffer.from(text, "latin1"), data]);
    return Buffer.concat([Uint8Array.of(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255), body]);
  };
  return Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xe1, "Exif\0\0", exifWithPlace(orientation)),
    segment(0xe1, "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SECRET-MAKER</x:xmpmeta>"),
    segment(0xfe, "SECRET-MAKER was here"),
    jpeg.subarray(2),
  ]);
}

/** A WebP of the simple format as one of the extended format with Exif and XMP. */
export function withWebpExif(webp: Uint8Array, width: number, height: number, orientation: number): Uint8Array {
  const chunk = (name: string, data: Uint8Array) => {
    const head = Buffer.alloc(8);
    head.write(name, 0, "latin1");
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data, new Uint8Array(data.length & 1)]);
  };
  const extended = Buffer.alloc(10);
  extended[0] = 0x0c;
  extended.writeUIntLE(width - 1, 4, 3);
  extended.writeUIntLE(height - 1, 7, 3);
  const body = Buffer.concat([
    Buffer.from("WEBP", "latin1"),
    chunk("VP8X", extended),
    webp.subarray(12),
    chunk("EXIF", exifWithPlace(orientation)),
    chunk("XMP ", Buffer.from("<x:xmpmeta>SECRET-MAKER</x:xmpmeta>")),
  ]);
  const head = Buffer.alloc(8);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

export const sha256 = async (bytes: Uint8Array): Promise<string> =>
  Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");

interface Announcement {
  filename?: string;
  content_type?: string;
  size?: number;
  sha256?: string;
  alt?: string;
  product_handle?: string;
  replaces?: string;
}

const ENDINGS: Record<string, string> = { "image/jpeg": "jpg" };

/** Announces these bytes as a JPEG, PNG and so on; `more` lies or says more. */
export async function announce(
  bytes: Uint8Array,
  type: string,
  more: Announcement = {},
  shop = "demo",
): Promise<Answer> {
  const filename = `lamp.${ENDINGS[type] ?? type.slice(6)}`;
  const body = { filename, content_type: type, size: bytes.length, sha256: await sha256(bytes), ...more };
  return api("POST", "/media/uploads", { shop, body });
}

/** Sends the bytes as a browser does: to the address of the announcement, with its headers and its length. */
export async function send(
  upload: { url: string; headers: Record<string, string> },
  bytes: Uint8Array,
  more: { method?: string; url?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; code: string | undefined; headers: Headers }> {
  const headers = { ...upload.headers, "content-length": String(bytes.length), ...more.headers };
  const method = more.method ?? "PUT";
  const answer = await exports.default.fetch(new Request(more.url ?? upload.url, { method, headers, body: bytes }));
  const text = await answer.text();
  const isProblem = answer.headers.get("content-type") === "application/problem+json";
  return { status: answer.status, code: isProblem ? JSON.parse(text).code : undefined, headers: answer.headers };
}

export const complete = (id: string, shop = "demo"): Promise<Answer> =>
  api("POST", `/media/uploads/${id}/complete`, { shop });

/** The whole way; answers the completion. */
export async function uploadPicture(
  bytes: Uint8Array,
  type: string,
  more: Announcement = {},
  shop = "demo",
): Promise<Answer> {
  const announced = await announce(bytes, type, more, shop);
  expect(announced.status, announced.text).toBe(201);
  const sent = await send(announced.body, bytes);
  expect(sent.status, sent.code).toBe(200);
  return complete(announced.body.id, shop);
}

/** What a picture's address answers. */
export const fetchPicture = (src: string, headers: Record<string, string> = {}, shop = "demo"): Promise<Response> =>
  exports.default.fetch(new Request(`http://${shop}.localhost${src}`, { headers }));

/** Every object of the bucket that belongs to pictures, and every row of the pictures' tables but for announced uploads. */
export async function storedPictures(): Promise<unknown> {
  const { objects } = await env.FILES.list({ limit: 1_000 });
  const keys = objects.map((it) => it.key).filter((key) => !key.includes("/imports/"));
  const rows = async (table: string) => (await env.DB.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all()).results;
  return { keys, pictures: await rows("media_pictures"), tasks: await rows("media_tasks") };
}
