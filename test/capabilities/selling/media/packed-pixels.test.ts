import { deflateSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { shopKey } from "../../../support/api.ts";
import {
  announce,
  complete,
  PNG_SIGNATURE,
  png,
  pngChunk,
  pngHead,
  send,
  storedPictures,
  uploadPicture,
} from "../../../support/pictures.ts";

beforeAll(() => shopKey("demo"));

const END = pngChunk("IEND", new Uint8Array());
const zeros = (bytes: number): Uint8Array => deflateSync(Buffer.alloc(bytes));

/** A square PNG with these packed pixels, 3 bytes each. */
const pngOf = (side: number, pixels: Uint8Array): Uint8Array =>
  Buffer.concat([PNG_SIGNATURE, pngHead(side, side), pngChunk("IDAT", pixels), END]);

/** An animation of two frames of 4 x 4, the second one with these packed pixels. */
function animated(pixels: Uint8Array): Uint8Array {
  const control = (sequence: number) => {
    const data = Buffer.alloc(26);
    for (const [i, value] of [sequence, 4, 4].entries()) data.writeUInt32BE(value, i * 4);
    return pngChunk("fcTL", data);
  };
  const first = png(4, 4, 0, [pngChunk("acTL", Uint8Array.of(0, 0, 0, 2, 0, 0, 0, 0)), control(0)]);
  const second = pngChunk("fdAT", Buffer.concat([Uint8Array.of(0, 0, 0, 2), pixels]));
  return Buffer.concat([first.subarray(0, -END.length), control(1), second, END]);
}

/** The same pixels interlaced: 8 x 8 in seven passes take 15 lines. */
function interlaced(): Uint8Array {
  const head = Buffer.from(pngHead(8, 8)).subarray(8, 21);
  head[12] = 1;
  const lines = 15 + 8 * 8 * 3;
  return Buffer.concat([PNG_SIGNATURE, pngChunk("IHDR", head), pngChunk("IDAT", zeros(lines)), END]);
}

describe("the pixels of a PNG", () => {
  it.each([
    ["unpack to 60 MB from 60 kB", pngOf(5, zeros(60_000_000))],
    ["unpack to 30 MB in the second frame of an animation", animated(zeros(30_000_000))],
    ["end before the last one", pngOf(40, zeros(100))],
    ["are no deflated data", pngOf(40, Buffer.from("no deflated data"))],
  ])("that %s are refused, and nothing of them stays", async (_, bytes) => {
    const before = await storedPictures();
    const announced = await announce(bytes, "image/png");
    expect((await send(announced.body, bytes)).status).toBe(200);
    expect(await complete(announced.body.id)).toMatchObject({ status: 422, body: { code: "broken_picture" } });
    expect(await storedPictures()).toEqual(before);
  });

  it.each([
    ["in one piece", pngOf(5, zeros(5 * 16))],
    ["in two frames", animated(zeros(4 * 13))],
    ["interlaced", interlaced()],
  ])("that are all there %s are published", async (_, bytes) => {
    expect(await uploadPicture(bytes, "image/png")).toMatchObject({ status: 200 });
  });
});
