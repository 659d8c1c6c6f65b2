import { and, desc, eq, lt } from "drizzle-orm";
import { database, type Statement } from "../../../platform/db.ts";
import type { Invoice } from "./rules.ts";
import { invoices } from "./schema.ts";

export interface Issued {
  invoice: Invoice;
  issuedAt: number;
}

export async function readInvoiceRow(env: Env, tenantId: string, id: string): Promise<Issued | undefined> {
  const [row] = await database(env)
    .select({ invoice: invoices.invoice, issuedAt: invoices.issuedAt })
    .from(invoices)
    .where(and(eq(invoices.tenantId, tenantId), eq(invoices.id, id)));
  return row;
}

/** Invoices, the latest month first, from after the id `after`. */
export const readInvoiceRows = (
  env: Env,
  tenantId: string,
  { client, after, limit }: { client?: string; after?: string; limit: number },
): Promise<Issued[]> =>
  database(env)
    .select({ invoice: invoices.invoice, issuedAt: invoices.issuedAt })
    .from(invoices)
    .where(
      and(
        eq(invoices.tenantId, tenantId),
        client === undefined ? undefined : eq(invoices.client, client),
        after === undefined ? undefined : lt(invoices.id, after),
      ),
    )
    .orderBy(desc(invoices.id))
    .limit(limit);

/** An invoice that was issued before stays as it was. */
export const insertInvoice = (env: Env, tenantId: string, invoice: Invoice, issuedAt: number): Statement =>
  database(env)
    .insert(invoices)
    .values({ tenantId, id: invoice.id, client: invoice.client, invoice, issuedAt })
    .onConflictDoNothing();
