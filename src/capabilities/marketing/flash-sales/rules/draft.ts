import type { Sale } from "./sale.ts";

/** One of several SKUs that were not opened together within this time gives its units back. */
const DRAFT_MS = 300_000;

export const draftEnd = (now: number): number => now + DRAFT_MS;

/** Whether a draft waited for too long. */
export const isForgotten = ({ isDraft, draftUntil }: Sale, now: number): boolean =>
  isDraft === true && draftUntil !== undefined && draftUntil <= now;

/** What a SKU that is opened has in common with the first one, which may have been edited while this one was a draft. */
export const asOpened = (
  { isDraft: _, draftUntil: __, ...part }: Sale,
  { title, startsAt, endsAt, eligibility, waitingRoom, edited }: Sale,
): Sale => ({ ...part, title, startsAt, endsAt, eligibility, waitingRoom, edited, version: part.version + 1 });

/** The key under which a sale's units leave the SKU while it is made; once they went back, it is another one. */
export const scheduledUnits = ({ id, withdrawn = 0 }: Pick<Sale, "id" | "withdrawn">): string =>
  withdrawn === 0 ? `sale ${id}` : `sale ${id} again ${withdrawn}`;

/** Whether units come for an attempt to make the sale that has failed since. */
export const areTooLate = (sale: Sale, key: string): boolean =>
  key !== scheduledUnits(sale) && (key === `sale ${sale.id}` || key.startsWith(`sale ${sale.id} again `));
