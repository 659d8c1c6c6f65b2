import { endOfRecord, newScan, splitCells } from "../rules/scan-records.ts";

const CHUNK_BYTES = 1_048_576;
/** A longer record is passed over without being held. */
export const RECORD_BYTES_MAX = 1_048_576;
const BOM = [0xef, 0xbb, 0xbf];

/** A record of the file: where it starts, and its cells or why it has none. */
export interface FileRecord {
  start: number;
  line: number;
  bytes: number;
  cells?: string[];
  problem?: { code: string; detail: string; cellIndex?: number };
}

/** Reads a stored file record by record from any record's start, a chunk at a time. */
export class CatalogFile {
  private chunk = new Uint8Array(0);
  /** File offset of the chunk's first byte. */
  private base: number;
  private at = 0;

  constructor(
    private readonly bucket: R2Bucket,
    private readonly key: string,
    private readonly size: number,
    start: number,
    private line: number,
  ) {
    this.base = start;
  }

  /** Where the next record starts. */
  get position(): { start: number; line: number } {
    return { start: this.base + this.at, line: this.line };
  }

  /** The next record; undefined at the end of the file. Blank lines are passed over. */
  async next(): Promise<FileRecord | undefined> {
    for (;;) {
      const record = await this.read();
      if (!record || record.problem || record.cells?.some((cell) => cell !== "")) return record;
    }
  }

  private async read(): Promise<FileRecord | undefined> {
    const start = this.base + this.at;
    if (start >= this.size) return undefined;
    const line = this.line;
    const scan = newScan();
    let scanned = this.at;
    let isTooLong = false;
    for (;;) {
      const end = endOfRecord(this.chunk, scanned, scan);
      const isLast = end < 0 && this.base + this.chunk.byteLength >= this.size;
      const stop = end < 0 ? this.chunk.byteLength : end;
      isTooLong ||= this.base + stop - start > RECORD_BYTES_MAX;
      if (end >= 0 || isLast) {
        const bytes = isTooLong ? undefined : this.chunk.subarray(this.at, stop);
        this.at = stop;
        this.line += Math.max(scan.feeds, 1);
        return { start, line, bytes: this.base + stop - start, ...(bytes ? readRecord(bytes, start) : TOO_LONG) };
      }
      scanned = await this.load(isTooLong ? stop : this.at);
    }
  }

  /** Adds the next chunk behind what is kept of this one; answers where the new bytes begin. */
  private async load(keepFrom: number): Promise<number> {
    const offset = this.base + this.chunk.byteLength;
    const kept = this.chunk.subarray(keepFrom);
    const object = await this.bucket.get(this.key, {
      range: { offset, length: Math.min(CHUNK_BYTES, this.size - offset) },
    });
    if (!object || !("body" in object)) throw new Error(`the import file ${this.key} is gone`);
    const more = new Uint8Array(await object.arrayBuffer());
    if (more.byteLength === 0) throw new Error(`the import file ${this.key} is shorter than it was`);
    const chunk = new Uint8Array(kept.byteLength + more.byteLength);
    chunk.set(kept);
    chunk.set(more, kept.byteLength);
    this.base += keepFrom;
    this.at = Math.max(0, this.at - keepFrom);
    this.chunk = chunk;
    return kept.byteLength;
  }
}

const TOO_LONG = {
  problem: {
    code: "record_too_long",
    detail: `The row is longer than ${RECORD_BYTES_MAX} bytes, or a quote in it is never closed.`,
  },
};

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function readRecord(bytes: Uint8Array, start: number): Pick<FileRecord, "cells" | "problem"> {
  const isMarked = start === 0 && BOM.every((byte, i) => bytes[i] === byte);
  let text: string;
  try {
    text = utf8.decode(isMarked ? bytes.subarray(BOM.length) : bytes);
  } catch {
    return { problem: { code: "not_utf8", detail: "The row is not UTF-8 text. Save the file as CSV UTF-8." } };
  }
  if (text.includes("\0")) return { problem: { code: "invalid_text", detail: "The row holds a NUL character." } };
  const { cells, badQuoteAt } = splitCells(text);
  if (badQuoteAt === undefined) return { cells };
  return {
    problem: {
      code: "bad_quote",
      detail: "A quoted cell is never closed, or has text behind its closing quote.",
      cellIndex: badQuoteAt,
    },
  };
}
