import { z } from "@hono/zod-openapi";
import { commit } from "../../../platform/commit.ts";
import type { Ctx } from "../../../platform/context.ts";
import { minorDigits } from "../../../platform/money.ts";
import { callObject } from "../../../platform/objects.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../platform/page-cursor.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";
import { monthOf } from "../../../platform/time.ts";
import { payerOf, usageMeter } from "../usage/actions/admit-call.ts";
import type * as contract from "./contract.ts";
import { asCsv } from "./render/csv.ts";
import { type Invoice, type InvoiceLine, makeInvoice, parseInvoiceId, type Subject } from "./rules.ts";
import { type Issued, insertInvoice, readInvoiceRow, readInvoiceRows } from "./store.ts";

/** A month is closed this long after its end, so that what is under way still comes in. */
const CLOSE_AFTER_MS = 3_600_000;
/** Months back in which late events still become notes. */
const NOTES_MONTHS = 13;

type OnWire = z.infer<typeof contract.invoice>;
type Asked = { id: string };
type Unknown = "unknown_invoice";

const invoicePlace = z.tuple([z.string()]);

export async function listInvoices(
  ctx: Ctx,
  { client, limit, cursor }: { client?: string; limit: number; cursor?: string },
): Promise<Result<{ data: OnWire[]; next_cursor: string | null }, "invalid_request" | "forbidden">> {
  const own = payerOf(ctx)?.keyId;
  if (own !== undefined && client !== undefined && client !== own)
    return refused("forbidden", "This key sees its own invoices only.");
  const whose = own ?? client;
  const list = `${ctx.tenant.id} invoices ${whose ?? ""}`;
  const [after] = (cursor !== undefined && readCursor(list, invoicePlace, cursor)) || [];
  if (cursor !== undefined && after === undefined) return foreignCursor;
  const rows = await readInvoiceRows(ctx.env, ctx.tenant.id, { client: whose, after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return ok({ data: page.map(onWire), next_cursor: last ? writeCursor(list, [last.invoice.id]) : null });
}

export async function readInvoice(ctx: Ctx, { id }: Asked): Promise<Result<OnWire, Unknown>> {
  const found = await findInvoice(ctx, id);
  return found ? ok(onWire(found)) : unknownInvoice;
}

export async function readInvoiceCsv(ctx: Ctx, { id }: Asked): Promise<Result<string, Unknown>> {
  const found = await findInvoice(ctx, id);
  return found ? ok(asCsv(found.invoice)) : unknownInvoice;
}

export async function readInvoicePdf(ctx: Ctx, { id }: Asked): Promise<Result<Uint8Array, Unknown>> {
  const found = await findInvoice(ctx, id);
  if (!found) return unknownInvoice;
  // Loaded when it is first needed: it is a third of the bundle, and few requests want a PDF.
  const { asPdf } = await import("./render/pdf.ts");
  return ok(await asPdf(ctx, found));
}

type Replayed = { id: string; events: number; hash: string; replayed_hash: string; equal: boolean };

export async function replayInvoice(ctx: Ctx, { id }: Asked): Promise<Result<Replayed, Unknown>> {
  const found = await findInvoice(ctx, id);
  if (!found) return unknownInvoice;
  const { month, part, client, hash } = found.invoice;
  const { events, sum } = await callObject(
    () => usageMeter(ctx.env, ctx.tenant.id),
    async (meter) => await meter.replay(month, part, client),
  );
  const again = makeInvoice(subjectOf(found.invoice), sum?.lines ?? []);
  return ok({ id, events, hash, replayed_hash: again.hash, equal: again.hash === hash });
}

/** Issues what is due: the months that are over, and what came in late for closed ones. Doing it twice changes nothing. */
export async function issueInvoices(ctx: Ctx): Promise<void> {
  const now = ctx.now();
  const until = monthOf(now - CLOSE_AFTER_MS).from;
  const oldest = new Date(until);
  oldest.setUTCMonth(oldest.getUTCMonth() - NOTES_MONTHS);
  const sums = await callObject(
    () => usageMeter(ctx.env, ctx.tenant.id),
    async (meter) => await meter.close(until, oldest.toISOString().slice(0, 7)),
  );
  for (const { lines, ...of } of sums) {
    const invoice = makeInvoice(subject(ctx, of), lines);
    if (await readInvoiceRow(ctx.env, ctx.tenant.id, invoice.id)) continue;
    const { id, kind, client, month, total, currency, hash } = invoice;
    const payload = { invoice_id: id, kind, client, month, total: { amount: total, currency }, hash };
    await commit(ctx, [insertInvoice(ctx.env, ctx.tenant.id, invoice, now)], [{ type: "invoice.issued", payload }]);
  }
}

type Found = Issued | { invoice: Invoice; issuedAt: null };

/** A closed invoice as it was issued, else what is open of its month. A key on a sold plan finds its own only. */
async function findInvoice(ctx: Ctx, id: string): Promise<Found | undefined> {
  const of = parseInvoiceId(id);
  const own = payerOf(ctx)?.keyId;
  if (!of || (own !== undefined && own !== of.client)) return undefined;
  const issued = await readInvoiceRow(ctx.env, ctx.tenant.id, id);
  if (issued) return issued;
  const sum = await callObject(
    () => usageMeter(ctx.env, ctx.tenant.id),
    async (meter) => await meter.sum(of.month, of.part, of.client),
  );
  return sum && { invoice: makeInvoice(subject(ctx, of), sum.lines), issuedAt: null };
}

const subject = ({ tenant }: Ctx, { month, part, client }: Pick<Subject, "month" | "part" | "client">): Subject => ({
  shop: tenant.id,
  client,
  currency: tenant.currency,
  digits: minorDigits(tenant.currency),
  month,
  part,
});

const subjectOf = ({ shop, client, currency, digits, month, part }: Subject): Subject => ({
  shop,
  client,
  currency,
  digits,
  month,
  part,
});

const onWire = ({ invoice, issuedAt }: Found): OnWire => ({
  id: invoice.id,
  kind: invoice.kind,
  status: issuedAt === null ? "open" : "closed",
  client: invoice.client,
  month: invoice.month,
  currency: invoice.currency,
  lines: invoice.lines.map(lineOnWire),
  total_micros: invoice.totalMicros,
  total: { amount: invoice.total, currency: invoice.currency },
  hash: invoice.hash,
  issued_at: issuedAt === null ? null : new Date(issuedAt).toISOString(),
});

const lineOnWire = ({ lateCalls: late_calls, micros: cost_micros, ...line }: InvoiceLine) => ({
  ...line,
  late_calls,
  cost_micros,
});

const unknownInvoice = refused("unknown_invoice", "There is no such invoice, or it is not yours to see.");
