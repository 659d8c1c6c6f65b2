import type { Problem } from "../rules/draft.ts";
import type { Row } from "../rules/read-rows.ts";
import type { CatalogFile, FileRecord } from "./read-file.ts";

/** Consecutive rows of one handle: a product. */
export interface Run {
  handle: string;
  line: number;
  rows: Row[];
  /** Rows of the file, also those that could not be read. */
  rowCount: number;
  problems: Problem[];
}

export interface Batch {
  runs: Run[];
  /** Problems of rows that belong to no run, and their number. */
  problems: Problem[];
  strayRows: number;
  /** The first row that is not in the batch; undefined at the end of the file. */
  next?: { start: number; line: number };
}

const RUNS_MAX = 100;
const ROWS_MAX = 600;
const BYTES_MAX = 524_288;
/** A run that is larger loses its further rows: 250 variants and 250 images fit. */
const RUN_ROWS_MAX = 1_000;
const RUN_BYTES_MAX = 4 * 1_048_576;

/** Collects whole products from the file, as many as one transaction takes. `pending` is a row that the last batch left. */
export class RunCollector {
  private pending: FileRecord | undefined;

  constructor(
    private readonly file: CatalogFile,
    private readonly columns: readonly string[],
  ) {}

  async nextBatch(): Promise<Batch> {
    const batch: Batch = { runs: [], problems: [], strayRows: 0 };
    let run: Run | undefined;
    let runBytes = 0;
    let bytes = 0;
    let rows = 0;
    for (;;) {
      const record = this.pending ?? (await this.file.next());
      this.pending = undefined;
      if (!record) return batch;
      const { row, handle, problem } = this.readRow(record);
      if (handle !== undefined && handle !== run?.handle) {
        if (batch.runs.length >= RUNS_MAX || bytes >= BYTES_MAX || rows >= ROWS_MAX) {
          this.pending = record;
          return { ...batch, next: record };
        }
        run = { handle, line: record.line, rows: [], rowCount: 0, problems: [] };
        runBytes = 0;
        batch.runs.push(run);
      }
      rows++;
      bytes += record.bytes;
      runBytes += record.bytes;
      if (run) run.rowCount++;
      else batch.strayRows++;
      const isOver = run !== undefined && (run.rows.length >= RUN_ROWS_MAX || runBytes > RUN_BYTES_MAX);
      if (problem) (run ?? batch).problems.push(problem);
      else if (isOver)
        run?.problems.push({
          line: record.line,
          column: null,
          code: "too_many_rows",
          detail: "The product has too many rows.",
        });
      else if (row) run?.rows.push(row);
    }
  }

  private readRow({ line, cells, problem }: FileRecord): { row?: Row; handle?: string; problem?: Problem } {
    if (problem) {
      const { code, detail, cellIndex } = problem;
      return {
        problem: {
          line,
          column: (cellIndex === undefined ? undefined : this.columns[cellIndex]) ?? null,
          code,
          detail,
        },
      };
    }
    if (!cells || cells.length !== this.columns.length)
      return {
        problem: {
          ...{ line, column: null, code: "column_count" },
          detail: `The row has ${cells?.length ?? 0} cells, the first line ${this.columns.length}.`,
        },
      };
    const filled = this.columns.flatMap((column, i): [string, string][] => {
      const cell = cells[i] ?? "";
      return column !== "" && cell !== "" ? [[column, cell]] : [];
    });
    const row = { line, cells: new Map(filled) };
    const handle = row.cells.get("Handle");
    if (handle === undefined)
      return { problem: { line, column: "Handle", code: "handle_missing", detail: "The row has no handle." } };
    return { row, handle };
  }
}
