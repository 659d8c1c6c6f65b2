import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { skuCandidates } from "../rules/assign-skus.ts";
import type { Problem, ProductDraft, Settled, Stored } from "../rules/draft.ts";
import { type FileFormat, readRows } from "../rules/read-rows.ts";
import { pairVariants, saysTheSame, settleProduct, wishes } from "../rules/settle-product.ts";
import { readByHandles, readOwners } from "../store/products.ts";
import { deleteVariants, upsertProducts, upsertVariants } from "../store/write-products.ts";
import { buildRows } from "./build-rows.ts";
import type { Run } from "./collect-runs.ts";
import { changeCatalog } from "./remember.ts";
import { publishStocks } from "./set-stock.ts";
import { productsChanged } from "./tell-changes.ts";

/** Tries at a batch whose SKUs or handles somebody else took in between. */
const TRIES = 3;

export interface BatchOutcome {
  created: number;
  updated: number;
  unchanged: number;
  variants: number;
  rejected: number;
  problems: Problem[];
}

interface Decision {
  run: Run;
  problems: Problem[];
  stored?: Stored;
  settled?: Settled;
  did?: "created" | "updated" | "unchanged";
  /** False when the rows are in D1 already: nothing changed, or this import wrote them before it was interrupted. */
  mustWrite: boolean;
}

/**
 * Imports whole products: one transaction for their rows, then their stock. Doing a batch again after an interruption at any
 * point changes nothing twice and answers the same counts. `seen`: handles that the file had before.
 */
export async function importBatch(
  ctx: Ctx,
  importId: string,
  { runs, format, seen }: { runs: readonly Run[]; format: FileFormat; seen: ReadonlySet<string> },
): Promise<BatchOutcome> {
  const drafts = readRuns(runs, format, seen);
  for (let attempt = 1; ; attempt++) {
    const decisions = await decide(ctx, importId, drafts, format);
    try {
      await write(ctx, importId, decisions);
    } catch (error) {
      if (attempt < TRIES) continue;
      throw error;
    }
    const settled = decisions.flatMap((it) => it.settled ?? []);
    const stockProblems = await publishStock(ctx, importId, settled);
    return sumUp(decisions, stockProblems);
  }
}

interface RunDraft {
  run: Run;
  draft?: ProductDraft;
  problems: Problem[];
}

function readRuns(runs: readonly Run[], format: FileFormat, seenBefore: ReadonlySet<string>): RunDraft[] {
  const seen = new Set(seenBefore);
  return runs.map((run) => {
    if (seen.has(run.handle)) {
      const detail = `The handle ${run.handle} was there before, with other rows in between. Only its first rows were imported.`;
      return { run, problems: [{ line: run.line, column: "Handle", code: "duplicate_handle", detail }] };
    }
    seen.add(run.handle);
    const { draft, problems } = readRows(run.rows, format);
    const isPartial = draft?.isPartial || run.problems.length > 0;
    return { run, draft: draft && { ...draft, isPartial }, problems: [...run.problems, ...problems] };
  });
}

async function decide(
  ctx: Ctx,
  importId: string,
  drafts: readonly RunDraft[],
  format: FileFormat,
): Promise<Decision[]> {
  const { env, tenant, timing } = ctx;
  const handles = drafts.flatMap((it) => it.draft?.handle ?? []);
  const stored = await timing.measure("d1", readByHandles(env, tenant.id, handles));
  const candidates = drafts.flatMap(({ draft }) =>
    draft ? skuCandidates(draft.handle, wishes(pairVariants(stored.get(draft.handle), draft))) : [],
  );
  const owners = await timing.measure("d1", readOwners(env, tenant.id, candidates));
  const ownerOf = new Map(owners.map((it) => [it.sku, it.productId]));
  return drafts.map(({ run, draft, problems }) => {
    if (!draft) return { run, problems, mustWrite: false };
    const old = stored.get(draft.handle);
    const me = old?.product.id ?? draft.handle;
    const taken = { has: (sku: string) => (ownerOf.get(sku) ?? me) !== me };
    const { settled, problems: more } = settleProduct(old, draft, taken, format.digits);
    for (const { sku } of settled?.variants ?? []) ownerOf.set(sku, me);
    return { run, problems: [...problems, ...more], stored: old, settled, ...judge(importId, old, settled) };
  });
}

function judge(
  importId: string,
  stored: Stored | undefined,
  settled: Settled | undefined,
): Pick<Decision, "did" | "mustWrite"> {
  if (!settled) return { mustWrite: false };
  if (!stored) return { did: "created", mustWrite: true };
  const isSame = saysTheSame(stored, settled);
  if (isSame && stored.product.importId === importId)
    return { did: stored.product.importDid ?? "updated", mustWrite: false };
  const isQuiet = isSame && settled.variants.every((it) => it.stock === null);
  return isQuiet ? { did: "unchanged", mustWrite: false } : { did: "updated", mustWrite: true };
}

async function write(ctx: Ctx, importId: string, decisions: readonly Decision[]): Promise<void> {
  const { env, tenant } = ctx;
  const writing = { tenantId: tenant.id, at: ctx.now(), importId };
  const todo = decisions.flatMap((it) => (it.mustWrite && it.settled ? [{ ...it, settled: it.settled }] : []));
  if (todo.length === 0) return;
  const rows = todo.map((it) => buildRows(it.stored, it.settled, writing));
  const gone = todo.flatMap((it) => it.settled.gone);
  const products = rows.map((it) => it.product);
  const variants = rows.flatMap((it) => it.variants);
  const statements = [
    ...(gone.length > 0 ? [deleteVariants(env, tenant.id, gone)] : []),
    upsertProducts(env, products),
    upsertVariants(env, variants),
  ];
  const handles = products.map((it) => it.handle);
  const happened = productsChanged(handles);
  await changeCatalog(ctx, { handles, skus: variants.map((it) => it.sku) }, () => commit(ctx, statements, happened));
}

async function publishStock(ctx: Ctx, importId: string, settled: readonly Settled[]): Promise<Problem[]> {
  const variants = settled.flatMap((it) => it.variants);
  const lines = new Map(variants.map((it) => [it.sku, it.line]));
  const wanted = variants.flatMap(({ sku, stock }) => (stock === null ? [] : [{ sku, quantity: stock }]));
  const refusals = await publishStocks(ctx, wanted, (sku) => `import:${importId}:${sku}`);
  return refusals.map((it) => ({
    line: lines.get(it.sku),
    ...{ column: "Variant Inventory Qty", code: "stock_not_set", isKept: true },
    detail: `The stock of ${it.sku} was not set to ${it.quantity}: ${it.detail}`,
  }));
}

function sumUp(decisions: readonly Decision[], stockProblems: readonly Problem[]): BatchOutcome {
  const count = (did: Decision["did"]) => decisions.filter((it) => it.did === did).length;
  return {
    created: count("created"),
    updated: count("updated"),
    unchanged: count("unchanged"),
    variants: decisions.reduce((sum, it) => sum + (it.settled?.variants.length ?? 0), 0),
    rejected: decisions.reduce((sum, it) => sum + rejectedRows(it), 0),
    problems: [...decisions.flatMap((it) => it.problems), ...stockProblems].sort(
      (a, b) => (a.line ?? 0) - (b.line ?? 0),
    ),
  };
}

/** A run without a product lost all its rows, another one those with a problem. */
const rejectedRows = ({ run, settled, problems }: Decision): number =>
  settled ? new Set(problems.filter((it) => !it.isKept).map((it) => it.line)).size : run.rowCount;
