import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";

const PAGE_MAX = 100;
const PAGE = 25;
const CURSOR_CHARACTERS_MAX = 300;

export const invoice = z
  .object({
    id: z.string(),
    kind: z.enum(["invoice", "credit_note", "supplement"]),
    status: z.enum(["open", "closed"]),
    client: z.string(),
    month: z.string(),
    currency: z.string(),
    lines: z.array(
      z.object({
        plan: z.string(),
        meter: z.string(),
        calls: z.int(),
        units: z.int(),
        bytes: z.int(),
        late_calls: z.int(),
        cost_micros: z.int(),
      }),
    ),
    total_micros: z.int(),
    total: z.object({ amount: z.int(), currency: z.string() }),
    hash: z.string(),
    issued_at: z.string().nullable(),
  })
  .openapi("Invoice");

const line = {
  who: "staff",
  keepsPromise: true,
  scope: "invoices:read",
  method: "get",
  billing: { meter: "invoices_read", rateLimit: 5, quotaScope: "per-api-key", tier: "basic" },
} as const;
const params = z.object({ id: z.string().max(80) });
const refusals = { unknown_invoice: 404 } as const;

export const listInvoices = operation({
  ...line,
  id: "listInvoices",
  path: "/invoices",
  summary: "Closed invoices and credit notes, the latest month first",
  description: "A key on a sold plan sees its own, the shop's own keys see everybody's.",
  query: z.strictObject({
    client: z.string().max(64).optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE),
    cursor: z.string().max(CURSOR_CHARACTERS_MAX).optional(),
  }),
  answer: { status: 200, shape: z.object({ data: z.array(invoice), next_cursor: z.string().nullable() }) },
  refusals: { invalid_request: 422, forbidden: 403 },
});

export const readInvoice = operation({
  ...line,
  id: "readInvoice",
  path: "/invoices/{id}",
  summary: "One invoice; that of a running month is open and grows",
  description:
    "The id is inv_<month>_<client>_<part>: part 0 is the month's invoice, from 1 on what came in after it was closed " +
    "(a supplement, or a credit note where it is negative). cost_micros is in millionths of the currency unit.",
  params,
  answer: { status: 200, shape: invoice },
  refusals,
});

export const readInvoiceCsv = operation({
  ...line,
  id: "readInvoiceCsv",
  path: "/invoices/{id}/csv",
  summary: "An invoice's lines as CSV (RFC 4180)",
  params,
  answer: { status: 200, type: "text/csv; charset=utf-8" },
  refusals,
});

export const readInvoicePdf = operation({
  ...line,
  id: "readInvoicePdf",
  path: "/invoices/{id}/pdf",
  summary: "An invoice as a PDF",
  params,
  answer: { status: 200, type: "application/pdf" },
  refusals,
});

export const replayInvoice = operation({
  ...line,
  id: "replayInvoice",
  method: "post",
  scope: "invoices:write",
  path: "/invoices/{id}/replay",
  summary: "Add up an invoice once more from its single events and compare",
  params,
  answer: {
    status: 200,
    shape: z.object({
      id: z.string(),
      events: z.int(),
      hash: z.string(),
      replayed_hash: z.string(),
      equal: z.boolean(),
    }),
  },
  refusals,
});
