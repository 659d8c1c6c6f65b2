import { packedIn } from "../rules/png-pixels.ts";

/** Some encoders write a few bytes more than the last line. */
const SLACK_BYTES = 65_536;

/**
 * Why the pixels of a PNG cannot be unpacked, or undefined. A few hundred kilobytes can hold half a gigabyte, which every viewer
 * would have to unpack; here it is counted in pieces, and no further than the picture's size allows.
 */
export async function unpackFlaw(png: Uint8Array): Promise<string | undefined> {
  for (const { data, bytes } of packedIn(png)) {
    const found = await countUnpacked(data, bytes + SLACK_BYTES);
    if (found === undefined) return "The pixels of the PNG cannot be unpacked.";
    if (found > bytes + SLACK_BYTES) return "The PNG unpacks to more than its pixels.";
    if (found < bytes) return "The PNG ends before its last pixel.";
  }
  return undefined;
}

/** Unpacked bytes, no more than one piece beyond `most`; undefined where the data is broken. */
async function countUnpacked(data: readonly Uint8Array[], most: number): Promise<number | undefined> {
  const unpacked = new Blob([...data]).stream().pipeThrough(new DecompressionStream("deflate"));
  let count = 0;
  try {
    for await (const piece of unpacked) {
      count += piece.byteLength;
      if (count > most) break;
    }
    return count;
  } catch {
    return undefined;
  }
}
