import { areTooLate, asOpened, draftEnd } from "../../src/capabilities/marketing/flash-sales/rules/draft.ts";
import {
  type Edit,
  type EditStep,
  judgeEdits,
  keepPromises,
  phaseOf,
  type Sale,
} from "../../src/capabilities/marketing/flash-sales/rules/sale.ts";
import { available } from "../../src/capabilities/selling/stock/rules.ts";
import type { StockBook } from "../stock-book.ts";
import type { SaleEdits } from "./sale-edits.ts";
import type { SaleTerms } from "./sale-terms.ts";
import type { TermsAnswer, TermsCommand } from "./sale-words.ts";
import type { TakeIn, UnitTransfers } from "./unit-transfers.ts";

interface ChangeParts {
  terms: SaleTerms;
  edits: SaleEdits;
  book: StockBook;
  transfers: UnitTransfers;
  tenantId: string;
  now: () => number;
  /** Writes new terms and has the mirror follow. */
  keep: (sale: Sale) => Sale;
}

/** How the terms of a sale change at its counter, each in one turn: made, opened, withdrawn, edited, cancelled, with more units. */
export class TermChanges {
  constructor(private readonly parts: ChangeParts) {}

  decide(command: TermsCommand): TermsAnswer {
    if (command.kind === "schedule") return this.decideSchedule(command.sale);
    const { sale } = this.parts.terms;
    if (!sale) return { outcome: "unknown" };
    switch (command.kind) {
      case "open":
        return this.decideOpen(sale, command.first ?? sale);
      case "withdraw":
        return this.decideWithdraw(sale);
      case "edit":
        return this.decideEdit(sale, command);
      case "follow_edit":
        return this.decideFollow(sale, command);
      case "return":
        return this.decideReturn(sale, command);
      case "cancel":
        return this.decideCancel(sale);
    }
  }

  /** Units that arrived are the sale's from now on; those of an attempt to make it that failed meanwhile go home at once. */
  grow({ key, units }: TakeIn): void {
    const { sale } = this.parts.terms;
    if (!sale) return;
    if (areTooLate(sale, key)) this.giveBack(sale, units);
    else if (phaseOf(sale, this.parts.now()) !== "cancelled")
      this.parts.keep({ ...sale, quantity: sale.quantity + units, version: sale.version + 1 });
  }

  /** Sends units home to the SKU. */
  giveBack(sale: Sale, units: number, key = `back ${sale.id} ${this.parts.terms.nextReturn()}`): void {
    if (units <= 0) return;
    const { transfers, tenantId, now } = this.parts;
    const { outcome } = transfers.handOver({ key, to: `${tenantId}:${sale.sku}`, units }, now());
    if (outcome !== "moved") throw new Error(`${units} units are not here to go back to ${sale.sku}: ${outcome}`);
  }

  private decideSchedule(sale: Sale): TermsAnswer {
    const { terms, keep, now } = this.parts;
    const known = terms.sale;
    if (known && known.quantity > 0 && !known.isDraft) return this.kept(known);
    const { version = sale.version, withdrawn, quantity } = known ?? sale;
    const fresh = known && quantity > 0 ? known : { ...sale, version, withdrawn };
    return this.kept(keep(fresh.isDraft ? { ...fresh, draftUntil: draftEnd(now()) } : fresh));
  }

  private decideOpen(sale: Sale, first: Sale): TermsAnswer {
    return this.kept(sale.isDraft && sale.quantity > 0 ? this.parts.keep(asOpened(sale, first)) : sale);
  }

  private decideWithdraw(sale: Sale): TermsAnswer {
    if (!sale.isDraft) return this.kept(sale);
    this.giveBack(sale, sale.quantity);
    const withdrawn = (sale.withdrawn ?? 0) + 1;
    const { draftUntil: _, ...left } = { ...sale, quantity: 0, version: sale.version + 1, withdrawn };
    return this.kept(this.parts.keep(left));
  }

  private decideEdit(
    sale: Sale,
    { steps, by }: { steps: EditStep[]; by?: { key: string; asked: string } },
  ): TermsAnswer {
    const { edits, now, tenantId } = this.parts;
    const asked = by && edits.askedBy(by.key);
    if (asked !== undefined) return asked === by?.asked ? this.kept(sale) : { outcome: "key_reused" };
    const edited = sale.edited ?? 0;
    const [own, ...others] = steps;
    if (!own || edits.areUnderWay || steps.some((it) => (it.sale.edited ?? 0) !== edited)) return { outcome: "stale" };
    const verdict = judgeEdits([{ sale, edit: own.edit }, ...others], now());
    if (verdict.kind === "over") return { outcome: "over" };
    if (verdict.kind === "breaks_promise") return { outcome: "breaks_promise", fields: verdict.fields };
    const elsewhere = others.map((it) => ({ counter: `${tenantId}:${it.sale.sku}#${sale.id}`, edit: it.edit }));
    edits.note(edited + 1, { by, others: elsewhere, now: now() });
    return this.kept(this.carryOut(sale, { ...sale, ...own.edit, version: sale.version + 1, edited: edited + 1 }));
  }

  /** It is decided. Where it comes so late that somebody has bought here, what they were promised stays. */
  private decideFollow(sale: Sale, { edit, number }: { edit: Edit; number: number }): TermsAnswer {
    if ((sale.edited ?? 0) >= number) return this.kept(sale);
    const { book, now, keep } = this.parts;
    const phase = phaseOf(sale, now());
    const isChange = Object.keys(edit).length > 0 && (phase === "before" || phase === "live");
    if (!isChange) return this.kept(keep({ ...sale, edited: number }));
    const edited = { ...sale, ...edit, version: sale.version + 1, edited: number };
    const hasSold = book.isDivided || book.levels.reserved + book.levels.sold > 0;
    return this.kept(this.carryOut(sale, phase === "live" && hasSold ? keepPromises(sale, edited) : edited));
  }

  /** Units that an edit takes from the sale go home; what somebody has by now stays. */
  private carryOut(sale: Sale, edited: Sale): Sale {
    const leaving = Math.max(0, Math.min(sale.quantity - edited.quantity, available(this.parts.book.levels)));
    const kept = this.parts.keep({ ...edited, quantity: sale.quantity - leaving });
    this.giveBack(kept, leaving);
    return kept;
  }

  private decideReturn(sale: Sale, wish: { key: string; units: number; edited: number }): TermsAnswer {
    const { book, keep } = this.parts;
    if ((sale.edited ?? 0) !== wish.edited || book.changeByKey(wish.key) !== undefined) return this.kept(sale);
    const units = Math.min(wish.units, available(book.levels));
    this.giveBack(sale, units, wish.key);
    return this.kept(keep({ ...sale, quantity: sale.quantity - units, version: sale.version + 1 }));
  }

  private decideCancel(sale: Sale): TermsAnswer {
    const { now, keep } = this.parts;
    if (sale.cancelledAt !== null) return this.kept(sale);
    if (phaseOf(sale, now()) === "ended") return { outcome: "over" };
    return this.kept(keep({ ...sale, cancelledAt: now(), version: sale.version + 1 }));
  }

  private kept = (sale: Sale): TermsAnswer => ({ outcome: "kept", sale });
}
