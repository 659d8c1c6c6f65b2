import { createHash } from "node:crypto";

/** What one client used under one plan and meter. Costs are in micros: millionths of the currency unit. */
export interface InvoiceLine {
  plan: string;
  meter: string;
  calls: number;
  units: number;
  bytes: number;
  lateCalls: number;
  micros: number;
}

/** What an invoice is about. */
export interface Subject {
  shop: string;
  client: string;
  currency: string;
  /** Digits after the currency's point (ISO 4217). */
  digits: number;
  /** `2026-11`, in UTC. */
  month: string;
  /** 0: the month's invoice; from 1: what came in after it was closed. */
  part: number;
}

export interface Invoice extends Subject {
  id: string;
  kind: "invoice" | "credit_note" | "supplement";
  lines: InvoiceLine[];
  totalMicros: number;
  /** In minor units of the currency, rounded half up once, over the whole. */
  total: number;
  /** SHA-256 of all of the above in a fixed order: the same events always give the same one. */
  hash: string;
}

const MICROS = 1_000_000;

/** The invoice of these lines, whatever order they come in. */
export function makeInvoice(subject: Subject, given: readonly InvoiceLine[]): Invoice {
  const lines = given.toSorted((a, b) => compare(a.meter, b.meter) || compare(a.plan, b.plan));
  const totalMicros = lines.reduce((sum, line) => sum + line.micros, 0);
  const kind = subject.part === 0 ? "invoice" : totalMicros < 0 ? "credit_note" : "supplement";
  const total = toMinor(totalMicros, subject.digits);
  const unsigned = { ...subject, id: invoiceId(subject), kind, lines, totalMicros, total } as const;
  return { ...unsigned, hash: hashOf(unsigned) };
}

export const invoiceId = ({ month, client, part }: Pick<Subject, "month" | "client" | "part">): string =>
  `inv_${month}_${client}_${part}`;

const ID = /^inv_(\d{4}-(?:0[1-9]|1[0-2]))_((?:key|lic|jwt)_[0-9a-z]{26}|shop)_(\d{1,4})$/;

export function parseInvoiceId(id: string): Pick<Subject, "month" | "client" | "part"> | undefined {
  const match = ID.exec(id);
  return match?.[1] && match[2] ? { month: match[1], client: match[2], part: Number(match[3]) } : undefined;
}

/** Half up, away from zero below it, so that a credit mirrors its charge. */
function toMinor(micros: number, digits: number): number {
  const sign = micros < 0 ? -1 : 1;
  const scaled = BigInt(Math.abs(micros)) * 10n ** BigInt(digits);
  return sign * Number((scaled + BigInt(MICROS / 2)) / BigInt(MICROS));
}

function hashOf(it: Omit<Invoice, "hash">): string {
  const lines = it.lines.map((line) => [
    line.plan,
    line.meter,
    line.calls,
    line.units,
    line.bytes,
    line.lateCalls,
    line.micros,
  ]);
  const content = [it.id, it.kind, it.shop, it.client, it.currency, it.month, it.part, lines, it.totalMicros, it.total];
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
