import { DurableObject } from "cloudflare:workers";
import { bookUnits } from "../src/capabilities/money/usage/actions/count-units.ts";
import { RunCollector } from "../src/capabilities/selling/catalog/actions/collect-runs.ts";
import { importBatch } from "../src/capabilities/selling/catalog/actions/import-batch.ts";
import { CatalogFile } from "../src/capabilities/selling/catalog/actions/read-file.ts";
import type { ImportError, ImportState } from "../src/capabilities/selling/catalog/contract/shapes.ts";
import type { Problem } from "../src/capabilities/selling/catalog/rules/draft.ts";
import { readHeader } from "../src/capabilities/selling/catalog/rules/read-header.ts";
import { describe, log } from "../src/platform/log.ts";
import { minorDigits } from "../src/platform/money.ts";
import { objectContext } from "./kit/object-context.ts";

/** Errors that are kept with their line; beyond, they are only counted. */
const ERRORS_MAX = 1_000;
/** An upload that takes longer is given up. */
const RECEIVE_MS = 3_600_000;
/** For so long a second call with the same key is told to wait for the first one. */
const ARRIVING_MS = 600_000;
/** One alarm works for this long and then lets the next one carry on. */
const TURN_MS = 5_000;
/**
 * Between two steps the thread looks at what else arrives. Without it, one busy object on local workerd kept every other request
 * of the Worker waiting for the whole turn (seen: 4.9 s, with it 0.03 s).
 */
const BREATH_MS = 1;
/** After a crash the import resumes within this time: the alarm is armed anew before each step. */
const RESUME_MS = 1_000;
const RETRY_MS = 2_000;
/** Steps that may fail in a row, for example while the database is away, before the import is given up. */
const FAILURES_MAX = 100;
/** The outcome can be asked for so long. */
const REMEMBER_MS = 7 * 86_400_000;

interface Progress {
  id: string;
  tenantId: string;
  file: string;
  arm: string;
  /** The key that pays for the rows; the shop where there is none. */
  client?: string;
  status: ImportState["status"];
  bytesTotal: number;
  /** Of the file, in hex, so that a key can be told from its reuse. */
  sha256?: string;
  /** Where the first row of the next product starts, and its line. */
  offset: number;
  line: number;
  columns?: string[];
  failures: number;
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  variants: number;
  rejected: number;
  errors: number;
  createdAt: number;
  finishedAt?: number;
}

/**
 * One import of a catalogue file. It reads the file from R2 by ranges, a batch of products at a time, and writes how far it is in
 * one transaction with what it found, so a crash at any point resumes at the last whole product; doing a batch again is harmless.
 */
export class CatalogImport extends DurableObject<Env> {
  /** Before the upload, so that an abandoned one is cleaned up. A file that arrives is waited for, one that never came is not. */
  async open(
    order: Pick<Progress, "id" | "tenantId" | "file" | "arm" | "client">,
  ): Promise<"opened" | "known" | "in flight"> {
    const before = this.progress();
    if (before && before.status !== "receiving") return "known";
    if (before && Date.now() - before.createdAt < ARRIVING_MS) return "in flight";
    const zero = { rows: 0, created: 0, updated: 0, unchanged: 0, variants: 0, rejected: 0, errors: 0, failures: 0 };
    const createdAt = Date.now();
    this.ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS errors (n INTEGER PRIMARY KEY, error TEXT NOT NULL)");
    this.ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS seen (handle TEXT PRIMARY KEY) WITHOUT ROWID");
    this.keep({ ...order, ...zero, status: "receiving", bytesTotal: 0, offset: 0, line: 1, createdAt });
    await this.ctx.storage.setAlarm(createdAt + RECEIVE_MS);
    return "opened";
  }

  /** The file will not come: its key is free again. */
  async abandon(): Promise<void> {
    if (this.progress()?.status === "receiving") await this.ctx.storage.deleteAll();
  }

  /** Undefined when the import is of another file. */
  stateOf(sha256: string): ImportState | undefined {
    const progress = this.progress();
    return progress?.sha256 === sha256 ? this.report(progress) : undefined;
  }

  /** The file is stored: import it. */
  async start({ bytes, sha256 }: { bytes: number; sha256: string }): Promise<ImportState> {
    const progress = this.progress();
    if (!progress) throw new Error("an import was started before it was opened");
    if (progress.status === "receiving") {
      this.keep({ ...progress, status: "running", bytesTotal: bytes, sha256 });
      await this.ctx.storage.setAlarm(Date.now());
    }
    return this.report(this.progress() ?? progress);
  }

  /** Undefined when there is no such import. */
  state(): ImportState | undefined {
    const progress = this.progress();
    return progress && this.report(progress);
  }

  override async alarm(): Promise<void> {
    const progress = this.progress();
    if (!progress) return;
    if (progress.status === "receiving") return this.fail(progress, "upload_incomplete", "The file did not arrive.");
    if (progress.status !== "running") return this.vanish(progress);
    try {
      await this.work(progress);
    } catch (error) {
      log("warn", "import_step_failed", { id: progress.id, tenant: progress.tenantId, error: describe(error) });
      const now = this.progress() ?? progress;
      if (now.failures >= FAILURES_MAX)
        return this.fail(now, "internal_error", "The import could not go on. Start it again.");
      this.keep({ ...now, failures: now.failures + 1 });
      await this.ctx.storage.setAlarm(Date.now() + RETRY_MS);
    }
  }

  private async work(started: Progress): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now() + RESUME_MS);
    const { file, bytesTotal } = started;
    const reader = new CatalogFile(this.env.FILES, file, bytesTotal, started.offset, started.line);
    const columns = started.columns ?? (await this.readColumns(started, reader));
    if (!columns) return;
    const collector = new RunCollector(reader, columns);
    for (const until = Date.now() + TURN_MS; Date.now() < until; ) {
      await this.ctx.storage.setAlarm(Date.now() + RESUME_MS);
      const isDone = await this.step(collector, columns);
      if (isDone) return this.finish();
      await scheduler.wait(BREATH_MS);
    }
    await this.ctx.storage.setAlarm(Date.now());
  }

  private async readColumns(progress: Progress, reader: CatalogFile): Promise<string[] | undefined> {
    const first = await reader.next();
    const header = first?.cells
      ? readHeader(first.cells)
      : { code: "wrong_header", detail: first?.problem?.detail ?? "The file is empty." };
    if (!("columns" in header)) {
      await this.fail(progress, header.code, header.detail);
      return undefined;
    }
    const { start: offset, line } = reader.position;
    this.keep({ ...progress, columns: header.columns, offset, line });
    return header.columns;
  }

  /** Imports one batch and writes down where the next one starts. Answers whether the file is at its end. */
  private async step(collector: RunCollector, columns: readonly string[]): Promise<boolean> {
    const before = this.progress();
    const ctx = before && (await objectContext(this.env, this.ctx, { ...before, requestId: before.id }));
    if (!before || !ctx) throw new Error("the import or its shop is gone");
    const { runs, problems, strayRows, next } = await collector.nextBatch();
    const handles = runs.map((it) => it.handle);
    const format = { columns: new Set(columns), digits: minorDigits(ctx.tenant.currency) };
    const outcome = await importBatch(ctx, before.id, { runs, format, seen: this.seen(handles) });
    const all = [...problems, ...outcome.problems];
    this.ctx.storage.transactionSync(() => {
      this.remember(handles);
      this.note(all, before.errors);
      this.keep({
        ...before,
        offset: next?.start ?? before.bytesTotal,
        line: next?.line ?? before.line,
        failures: 0,
        rows: before.rows + strayRows + runs.reduce((sum, it) => sum + it.rowCount, 0),
        created: before.created + outcome.created,
        updated: before.updated + outcome.updated,
        unchanged: before.unchanged + outcome.unchanged,
        variants: before.variants + outcome.variants,
        rejected: before.rejected + strayRows + outcome.rejected,
        errors: before.errors + all.length,
      });
    });
    return next === undefined;
  }

  private async finish(): Promise<void> {
    const progress = this.progress();
    if (!progress) return;
    const { id, tenantId, client, arm, rows, rejected } = progress;
    // Before the import is done: whatever breaks in between, the same sum is told again under the same name.
    const counted = { id, at: Date.now(), meter: "imported_rows", source: "importCatalog", units: rows - rejected };
    await bookUnits(this.env, tenantId, { ...counted, client, arm });
    const finishedAt = Date.now();
    this.keep({ ...progress, status: "done", offset: progress.bytesTotal, finishedAt });
    await this.ctx.storage.setAlarm(finishedAt + REMEMBER_MS);
    await this.env.FILES.delete(progress.file);
  }

  private async fail(progress: Progress, code: string, detail: string): Promise<void> {
    const finishedAt = Date.now();
    this.ctx.storage.transactionSync(() => {
      this.note([{ line: progress.line, column: null, code, detail }], progress.errors);
      this.keep({ ...progress, status: "failed", errors: progress.errors + 1, finishedAt });
    });
    await this.ctx.storage.setAlarm(finishedAt + REMEMBER_MS);
    await this.env.FILES.delete(progress.file);
  }

  private async vanish({ file }: Progress): Promise<void> {
    await this.env.FILES.delete(file);
    await this.ctx.storage.deleteAll();
  }

  private progress = (): Progress | undefined => this.ctx.storage.kv.get<Progress>("progress");

  private keep(progress: Progress): void {
    this.ctx.storage.kv.put("progress", progress);
  }

  private seen(handles: readonly string[]): Set<string> {
    const rows = this.ctx.storage.sql
      .exec<{ handle: string }>(
        "SELECT handle FROM seen WHERE handle IN (SELECT value FROM json_each(?))",
        JSON.stringify(handles),
      )
      .toArray();
    return new Set(rows.map((row) => row.handle));
  }

  private remember(handles: readonly string[]): void {
    this.ctx.storage.sql.exec("INSERT OR IGNORE INTO seen SELECT value FROM json_each(?)", JSON.stringify(handles));
  }

  private note(problems: readonly Problem[], already: number): void {
    const rows = problems
      .slice(0, Math.max(0, ERRORS_MAX - already))
      .map(({ line = 0, column, code, detail }) => ({ line, column, code, detail }));
    this.ctx.storage.sql.exec("INSERT INTO errors (error) SELECT value FROM json_each(?)", JSON.stringify(rows));
  }

  private report(it: Progress): ImportState {
    const rows = this.ctx.storage.sql.exec<{ error: string }>("SELECT error FROM errors ORDER BY n").toArray();
    return {
      id: it.id,
      status: it.status,
      bytes_total: it.bytesTotal,
      bytes_read: it.offset,
      rows: it.rows,
      products_created: it.created,
      products_updated: it.updated,
      products_unchanged: it.unchanged,
      variants: it.variants,
      rows_rejected: it.rejected,
      errors: rows.map((row): ImportError => JSON.parse(row.error)),
      errors_total: it.errors,
      created_at: new Date(it.createdAt).toISOString(),
      finished_at: it.finishedAt === undefined ? null : new Date(it.finishedAt).toISOString(),
    };
  }
}
