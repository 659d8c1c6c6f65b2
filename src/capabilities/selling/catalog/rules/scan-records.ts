const QUOTE = 34;
const COMMA = 44;
const LF = 10;

/** Where in a record the scan stands; it carries on from here with the next bytes. */
export interface Scan {
  at: "field start" | "plain field" | "in quotes" | "after quote";
  /** Line feeds passed in this record. */
  feeds: number;
}

export const newScan = (): Scan => ({ at: "field start", feeds: 0 });

/**
 * Finds the end of a CSV record (RFC 4180, LF or CRLF) in bytes, so that a file can be cut into records, and an import resumed,
 * at byte offsets. Answers the index behind the record's line feed, or -1 when the bytes end first. A quote opens a quoted
 * field only at the field's start.
 */
export function endOfRecord(bytes: Uint8Array, from: number, scan: Scan): number {
  let i = from;
  while (i < bytes.length) {
    if (scan.at === "in quotes") {
      const quote = bytes.indexOf(QUOTE, i);
      const end = quote < 0 ? bytes.length : quote;
      for (let feed = bytes.indexOf(LF, i); feed >= 0 && feed < end; feed = bytes.indexOf(LF, feed + 1)) scan.feeds++;
      if (quote < 0) return -1;
      scan.at = "after quote";
      i = quote + 1;
      continue;
    }
    const byte = bytes[i++];
    if (byte === LF) {
      scan.feeds++;
      scan.at = "field start";
      return i;
    }
    if (byte === COMMA) scan.at = "field start";
    else if (byte === QUOTE && scan.at !== "plain field") scan.at = "in quotes";
    else scan.at = "plain field";
  }
  return -1;
}

export interface Cells {
  cells: string[];
  /** Index of the first cell with text behind its closing quote, or whose quote never closes. */
  badQuoteAt?: number;
}

/** The cells of one record, which may end with its line break. */
export function splitCells(record: string): Cells {
  const text = record.replace(/\r?\n?$/, "");
  const cells: string[] = [];
  let badQuoteAt: number | undefined;
  let i = 0;
  for (;;) {
    const quoted = text[i] === '"' ? readQuoted(text, i) : undefined;
    const from = quoted?.end ?? i;
    const comma = text.indexOf(",", from);
    const end = comma < 0 ? text.length : comma;
    const rest = text.slice(from, end);
    if (quoted && (rest !== "" || !quoted.isClosed)) badQuoteAt ??= cells.length;
    cells.push((quoted?.value ?? "") + rest);
    if (comma < 0) return badQuoteAt === undefined ? { cells } : { cells, badQuoteAt };
    i = comma + 1;
  }
}

function readQuoted(text: string, start: number): { value: string; end: number; isClosed: boolean } {
  let value = "";
  let i = start + 1;
  for (;;) {
    const quote = text.indexOf('"', i);
    if (quote < 0) return { value: value + text.slice(i), end: text.length, isClosed: false };
    value += text.slice(i, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1, isClosed: true };
    value += '"';
    i = quote + 2;
  }
}

/** A record as CSV; cells are quoted where they must be. */
export const writeRecord = (cells: readonly string[]): string => `${cells.map(writeCell).join(",")}\r\n`;

const writeCell = (cell: string): string => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
