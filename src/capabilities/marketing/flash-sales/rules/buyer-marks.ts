import { hash32 } from "../../../../platform/ids.ts";

/** One bit for each of many hashes: a buyer who took part is always marked, one who did not is marked by chance in about 1 of 32. */
export type BuyerMarks = Uint8Array;

const BITS_A_BUYER = 32;
const BYTES_MIN = 128;
const BYTES_MAX = 1_048_576;

export function markBuyers(buyers: readonly string[]): BuyerMarks {
  const wanted = Math.min(BYTES_MAX, Math.max(BYTES_MIN, (buyers.length * BITS_A_BUYER) / 8));
  const marks = new Uint8Array(2 ** Math.ceil(Math.log2(wanted)));
  for (const buyer of buyers) {
    const bit = bitOf(marks, buyer);
    marks[bit >>> 3] = (marks[bit >>> 3] ?? 0) | (1 << (bit & 7));
  }
  return marks;
}

export function isMarked(marks: BuyerMarks, buyer: string): boolean {
  const bit = bitOf(marks, buyer);
  return ((marks[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
}

/** The low bits of FNV-1a mix well; the length of the marks is a power of two. */
const bitOf = (marks: BuyerMarks, buyer: string): number => hash32(buyer) & (marks.length * 8 - 1);
