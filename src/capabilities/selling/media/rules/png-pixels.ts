import { ascii, viewOf } from "./cleaned.ts";

/** One deflated picture of a PNG: the file itself has one, an animation one more for each further frame. */
export interface Packed {
  data: Uint8Array[];
  /** What its pixels take unpacked, with the filter byte before each line. */
  bytes: number;
}

const SIGNATURE_BYTES = 8;
/** Samples of a pixel by colour type (PNG, third edition, 11.2.1). */
const SAMPLES: { [colourType: number]: number } = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** The passes of an interlaced picture: first column and line, and steps (8.1). */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The deflated pictures of a PNG whose chunks are sound. */
export function packedIn(bytes: Uint8Array): Packed[] {
  const view = viewOf(bytes);
  const head = SIGNATURE_BYTES + 8;
  const sizeAt = (at: number): number => unpackedBytes(view.getUint32(at), view.getUint32(at + 4), view, head);
  const packed: Packed[] = [{ data: [], bytes: sizeAt(head) }];
  let frames = 0;
  for (let at = SIGNATURE_BYTES; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const [name, data, end] = [ascii(bytes, at + 4, 4), at + 8, at + 8 + view.getUint32(at)];
    // The first frame of an animation may be the file's own picture; fcTL says the size of the frame behind it.
    if (name === "fcTL" && frames++ > 0 && end - data >= 12) packed.push({ data: [], bytes: sizeAt(data + 4) });
    if (name === "fcTL" && frames === 1 && packed[0]?.data.length) packed.push({ data: [], bytes: sizeAt(data + 4) });
    if (name === "IDAT") packed[0]?.data.push(bytes.subarray(data, end));
    if (name === "fdAT") packed.at(-1)?.data.push(bytes.subarray(data + 4, end));
  }
  return packed;
}

function unpackedBytes(width: number, height: number, view: DataView, head: number): number {
  const bits = view.getUint8(head + 8) * (SAMPLES[view.getUint8(head + 9)] ?? 4);
  const rows = (columns: number, lines: number): number =>
    columns > 0 && lines > 0 ? lines * (1 + Math.ceil((columns * bits) / 8)) : 0;
  if (view.getUint8(head + 12) === 0) return rows(width, height);
  return ADAM7.reduce(
    (sum, [x, y, dx, dy]) => sum + rows(Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)),
    0,
  );
}
