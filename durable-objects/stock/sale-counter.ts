import type { SaleAudit, SaleTransit } from "../../src/capabilities/marketing/flash-sales/rules/broken-sale.ts";
import { isForgotten } from "../../src/capabilities/marketing/flash-sales/rules/draft.ts";
import { phaseOf, type Sale } from "../../src/capabilities/marketing/flash-sales/rules/sale.ts";
import { describe, log } from "../../src/platform/log.ts";
import { DivisibleCounter } from "./divisible-counter.ts";
import { SalePool } from "./sale-pool.ts";
import type {
  Participate,
  ParticipateAnswer,
  PlaceHeld,
  PlaceHeldAnswer,
  SaleAnswer,
  SaleCommand,
  TermsAnswer,
  TermsCommand,
} from "./sale-words.ts";
import type { Elsewhere } from "./shard-words.ts";
import type { Short } from "./shortage.ts";
import { type HandOver, type TakeIn, type TransferAnswer, UnitTransfers } from "./unit-transfers.ts";

/** The counter of a sale's first SKU could not be asked: it is asked again after this time. */
const RETRY_MS = 2_000;

export type SaleTurn = SaleCommand | HandOver | TakeIn;
export type SaleTurnAnswer = SaleAnswer | TransferAnswer | Short;

/**
 * A counter that can hold the units of a flash sale: they come from the SKU's counter and what is left goes back. Divided, the
 * parent keeps the terms and tells them to the shards, each of which holds units for its buyers and takes their orders.
 */
export abstract class SaleCounter extends DivisibleCounter {
  protected readonly transfers = new UnitTransfers(this.ctx, this.env, this.book, this.alarms);
  protected readonly pool = new SalePool({
    state: this.ctx,
    env: this.env,
    book: this.book,
    transfers: this.transfers,
    alarms: this.alarms,
    isShard: this.isShard,
    now: () => this.now(),
    short: (missing) => this.short(missing),
    sold: () => this.sold(),
  });

  protected abstract submit(command: SaleTurn): Promise<unknown>;
  /** As `submit`, but turned away while too many wait. */
  protected abstract admit(command: SaleTurn): Promise<unknown>;

  participate(wish: Omit<Participate, "kind">): Promise<ParticipateAnswer | Elsewhere> {
    type Answer = ParticipateAnswer | Elsewhere | Short;
    return this.outlast(() => this.admit({ kind: "participate", ...wish }) as Promise<Answer>);
  }

  order(wish: Omit<PlaceHeld, "kind">): Promise<PlaceHeldAnswer | Elsewhere> {
    return this.submit({ kind: "order", ...wish }) as Promise<PlaceHeldAnswer | Elsewhere>;
  }

  /** What an edit decided for other SKUs of the sale reaches them before the answer, or by alarm. */
  async changeSale(command: TermsCommand): Promise<TermsAnswer> {
    if (command.kind === "edit") await this.pool.spreadEdits();
    const answer = await this.decideForAll(command);
    if (command.kind === "edit") await this.pool.spreadEdits();
    this.divideSale();
    return answer as TermsAnswer;
  }

  /** Answers when the units have arrived, or when they are noted to arrive by alarm. */
  async handOver(wish: Omit<HandOver, "kind">): Promise<TransferAnswer | Elsewhere> {
    type Answer = TransferAnswer | Elsewhere | Short;
    const answer = await this.outlast(() => this.submit({ kind: "hand_over", ...wish }) as Promise<Answer>);
    await this.transfers.deliver(this.now());
    return answer;
  }

  async takeIn(units: Omit<TakeIn, "kind">): Promise<void> {
    await this.decideForAll({ kind: "take_in", ...units });
    this.divideSale();
  }

  /** Asked for another SKU of the sale that was not opened in time: the terms of the sale where it is open; if it is not, this attempt is given up. */
  async openElseGivenUp(): Promise<Sale | undefined> {
    const answer = await this.changeSale({ kind: "withdraw" });
    const isOpen = answer.outcome === "kept" && !answer.sale.isDraft && answer.sale.cancelledAt === null;
    return isOpen ? answer.sale : undefined;
  }

  /** What an edit asked for, by its Idempotency-Key. */
  editBy(key: string): string | undefined {
    return this.pool.editBy(key);
  }

  sale(): Sale | undefined {
    return this.pool.sale;
  }

  /** Who holds or held units here, as marks, and how many units are left here. */
  buyers() {
    return { outcome: "seen" as const, ...this.pool.buyers() };
  }

  /** An order of the sale that its journal does not have yet, as text. */
  async waitingOrder(orderId: string): Promise<string | undefined> {
    const own = this.pool.waitingOrder(orderId);
    if (own !== undefined || !this.isDivided || this.isShard) return own;
    const found = await this.askShards(async (stub) => await stub.waitingOrder(orderId));
    return found.find((it) => it !== undefined);
  }

  async auditSale(): Promise<SaleAudit | undefined> {
    const own = this.pool.audit();
    const whole = await this.audit();
    if (!own || !whole || this.isShard) return own;
    const shards = this.isDivided ? await this.askShards(async (stub) => await stub.auditSale()) : [];
    const all = [own, ...shards.filter((it) => it !== undefined)];
    return {
      ...own,
      levels: whole.levels,
      mostOfOneBuyer: Math.max(...all.map((it) => it.mostOfOneBuyer)),
      orders: all.flatMap((it) => it.orders),
    };
  }

  transfersWith(counter: string): SaleTransit {
    return this.transfers.sumsWith(counter);
  }

  /** As before, after one more try to bring what is on its way. */
  async deliveredTo(counter: string): Promise<SaleTransit> {
    await this.transfers.deliver(this.now());
    return this.transfers.sumsWith(counter);
  }

  protected decideSaleTurn(command: SaleTurn): SaleTurnAnswer {
    if (command.kind === "hand_over") return this.decideHandOver(command);
    if (command.kind !== "take_in") return this.pool.decide(command);
    if (this.transfers.takeIn(command, this.now())) this.pool.grow(command);
    return { outcome: "moved" };
  }

  /** A draft that nobody opened gives its units back, unless the sale was opened: then it was only forgotten. */
  protected async endForgottenDraft(): Promise<void> {
    const { sale } = this.pool;
    if (!sale || !isForgotten(sale, this.now())) return;
    const [tenantId = ""] = (this.ctx.id.name ?? "").split(":", 1);
    const first = sale.first && this.env.STOCK.getByName(`${tenantId}:${sale.first}#${sale.id}`);
    try {
      const opened = first ? await first.openElseGivenUp() : undefined;
      await this.changeSale(opened ? { kind: "open", first: opened } : { kind: "withdraw" });
    } catch (error) {
      log("warn", "draft_kept", { saleId: sale.id, error: describe(error) });
      this.alarms.armBy(this.now() + RETRY_MS);
    }
  }

  private decideHandOver(command: HandOver): TransferAnswer | Short {
    const answer = this.transfers.handOver(command, this.now());
    if (answer.outcome !== "not_enough") return answer;
    return this.short(answer.missing) ?? answer;
  }

  /** What changes the terms is decided with every shard knowing it before it is acknowledged. */
  private decideForAll(command: SaleTurn): Promise<unknown> {
    if (!this.isDivided) return this.submit(command);
    return this.changeShared(() => {
      this.book.recall("key" in command ? [command.key] : []);
      return this.decideSaleTurn(command);
    }, this.leavingBy(command));
  }

  /** Units that go back to the SKU when the command is taken. */
  private leavingBy(command: SaleTurn): number {
    const { quantity = 0 } = this.pool.sale ?? {};
    if (command.kind === "return") return command.units;
    if (command.kind === "follow_edit") return Math.max(0, quantity - (command.edit.quantity ?? quantity));
    if (command.kind !== "edit") return 0;
    return Math.max(0, quantity - (command.steps[0]?.edit.quantity ?? quantity));
  }

  /** A sale has its shards while it lasts; then its units come home. A draft's stay here, so that all of them can go back. */
  protected divideSale(): void {
    const { sale } = this.pool;
    const shape = sale && !this.isShard ? this.shape() : undefined;
    if (!sale || !shape) return;
    const phase = phaseOf(sale, this.now());
    const lasts = !sale.isDraft && (phase === "before" || phase === "live");
    const shards = lasts ? sale.shards : 1;
    if (shape.shards !== shards) this.reshard(shards);
  }

  protected override sharedSale(): Sale | undefined {
    return this.pool.sale;
  }

  protected override followSale(sale: Sale): void {
    this.pool.follow(sale);
  }
}
