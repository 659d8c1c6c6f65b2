import fc from "fast-check";
import { imageSize } from "image-size";
import { beforeAll, describe, expect, it } from "vitest";
import { inspectPicture } from "../../../../src/capabilities/selling/media/actions/inspect-picture.ts";
import type { PictureType } from "../../../../src/capabilities/selling/media/contract/types.ts";
import { chooseClass, DAY_MS } from "../../../../src/capabilities/selling/media/rules/choose-class.ts";
import { cleanPicture } from "../../../../src/capabilities/selling/media/rules/clean-picture.ts";
import { readRange } from "../../../../src/capabilities/selling/media/rules/read-range.ts";
import { encoded, exifWithPlace, gif, png, pngChunk, withJpegExif, withWebpExif } from "../../../support/pictures.ts";

const files = new Map<PictureType, Uint8Array>();
beforeAll(async () => {
  files.set("image/jpeg", withJpegExif(await encoded("image/jpeg", 24, 16, 1), 6));
  files.set("image/png", png(24, 16, 2, [pngChunk("eXIf", exifWithPlace(6))]));
  files.set("image/webp", withWebpExif(await encoded("image/webp", 24, 16, 3), 24, 16, 6));
  files.set("image/gif", gif(24, 16, 2));
  files.set("image/avif", await encoded("image/avif", 24, 16, 4));
  // A Buffer's slice would share its bytes with the damage below.
  for (const [type, bytes] of files) files.set(type, new Uint8Array(bytes));
});
const cleanBytes = (bytes: Uint8Array, type: PictureType) => {
  const cleaned = cleanPicture(bytes, type);
  return cleaned.ok ? new Uint8Array(Buffer.concat(cleaned.parts)) : undefined;
};

describe("cleaning", () => {
  it("keeps of Exif the orientation alone, and cleaning again changes nothing", () => {
    for (const [type, bytes] of files) {
      const once = cleanBytes(bytes, type);
      if (!once) throw new Error(type);
      expect(Buffer.from(once).toString("latin1"), type).not.toContain("SECRET-MAKER");
      expect(cleanBytes(once, type), type).toEqual(once);
      const turned = type === "image/jpeg" || type === "image/png" || type === "image/webp";
      expect(cleanPicture(once, type), type).toMatchObject({ ok: true, orientation: turned ? 6 : 1 });
    }
    expect(
      imageSize(cleanBytes(files.get("image/jpeg") ?? new Uint8Array(), "image/jpeg") ?? new Uint8Array()),
    ).toMatchObject({
      orientation: 6,
    });
  });

  it("answers every damaged, cut or random file and never throws", () => {
    const damage = fc.record({
      type: fc.constantFrom(...files.keys()),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
      flips: fc.array(fc.tuple(fc.nat(4_000), fc.nat(255)), { maxLength: 12 }),
    });
    fc.assert(
      fc.property(damage, ({ type, cut, flips }) => {
        const whole = files.get(type) ?? new Uint8Array();
        const bytes = whole.slice(0, Math.ceil(whole.length * cut));
        for (const [at, byte] of flips) bytes[at % whole.length] = byte;
        const cleaned = cleanPicture(bytes, type);
        return cleaned.ok ? cleaned.parts.length > 0 : cleaned.detail.length > 0;
      }),
      { numRuns: 3_000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...files.keys()), (bytes, type) => {
        cleanPicture(bytes, type);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("without Images", () => {
  it("a turned picture keeps its pixels and its orientation, and says how large it is upright", async () => {
    for (const type of ["image/jpeg", "image/png", "image/webp"] as const) {
      const done = await inspectPicture({}, files.get(type) ?? new Uint8Array(), type);
      if (!done.ok) throw new Error(done.detail);
      expect([done.value.width, done.value.height], type).toEqual([16, 24]);
      expect(Buffer.from(done.value.bytes).toString("latin1"), type).not.toContain("SECRET-MAKER");
    }
  });
});

describe("a storage class", () => {
  const now = 100 * DAY_MS;
  const seen = { storageClass: "Standard", createdAt: 0, movedAt: null, lately: 0, recently: 0 } as const;

  it("is the cheaper one for old pictures that nobody saw, never for new, seen or just moved ones", () => {
    const classOf = (change: object) => chooseClass({ ...seen, ...change }, now).to;
    expect(classOf({})).toBe("InfrequentAccess");
    expect(classOf({ lately: 1 })).toBe("Standard");
    expect(classOf({ createdAt: now - 30 * DAY_MS + 1 })).toBe("Standard");
    expect(classOf({ createdAt: now - 30 * DAY_MS })).toBe("InfrequentAccess");
    expect(classOf({ movedAt: now - DAY_MS })).toBe("Standard");
    expect(classOf({ storageClass: "InfrequentAccess", recently: 2 })).toBe("InfrequentAccess");
    expect(classOf({ storageClass: "InfrequentAccess", recently: 3 })).toBe("Standard");
  });
});

describe("a range", () => {
  it("lies within the picture or is none", () => {
    expect(readRange("bytes=0-0", 10)).toEqual({ offset: 0, length: 1 });
    expect(readRange("bytes=2-", 10)).toEqual({ offset: 2, length: 8 });
    expect(readRange("bytes=-3", 10)).toEqual({ offset: 7, length: 3 });
    expect(readRange("bytes=-99", 10)).toEqual({ offset: 0, length: 10 });
    expect(readRange("bytes=5-999", 10)).toEqual({ offset: 5, length: 5 });
    for (const bad of ["bytes=10-", "bytes=5-2", "bytes=-", "bytes=-0", "bytes=0-1,3-4", "items=0-1", "bytes=a-b"])
      expect(readRange(bad, 10), bad).toBeUndefined();
  });
});
