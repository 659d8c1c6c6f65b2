import { DurableObject } from "cloudflare:workers";
import { orderIdIn } from "../src/capabilities/marketing/flash-sales/rules/order-text.ts";
import { type Edit, judgeEdit } from "../src/capabilities/selling/orders/rules/judge-edit.ts";
import { type Change, cancel, type Order, type OrderState } from "../src/capabilities/selling/orders/rules.ts";
import { writeOrders } from "../src/capabilities/selling/orders/store.ts";
import { database, transact } from "../src/platform/db.ts";
import { newEvent, outboxRows, sendEvents } from "../src/platform/events.ts";
import { describe, log } from "../src/platform/log.ts";
import { onlyWanted } from "../src/platform/wanted-events.ts";
import { Alarms } from "./kit/alarms.ts";
import { GroupCommit } from "./kit/group-commit.ts";
import { LeftOrders } from "./left-orders.ts";
import { OrderBook } from "./order-book.ts";
import { OrderFeeders } from "./order-feeders.ts";

/** Orders go to D1 in batches of this many or after this time, whichever comes first. */
const BATCH_ORDERS = 100;
const BATCH_MS = 100;
/** More orders than this waiting for D1 in one journal: new ones are refused until it drains. */
export const WAITING_ORDERS_MAX = 5_000;
/** If the object dies before its batch is due, the alarm writes it within this time. */
const FLUSH_ALARM_MS = 2_000;
const DUE_PER_ALARM = 500;

interface Place {
  kind: "place";
  key: string;
  fingerprint: string;
  order: Order;
}
/** Orders that a flash sale's counter acknowledged, as text, complete with their numbers. */
interface Intake {
  kind: "intake";
  orders: string[];
  /** Somebody asks for them now: they are taken even by a journal that is full. */
  isUrgent: boolean;
}
type Command = Place | Edit | Intake | { kind: "fence"; orderId: string };

export type PlaceAnswer =
  | { outcome: "placed"; number: string }
  | { outcome: "replayed"; order: Order }
  | { outcome: "key_reused" | "fenced" | "full" };
export type EditAnswer =
  | { outcome: "done"; order: Order }
  | { outcome: "illegal"; state: OrderState }
  | { outcome: "unknown" };
export type FenceAnswer = { outcome: "fenced" } | { outcome: "placed"; order: Order };
type IntakeAnswer = { outcome: "taken"; count: number };
/** The order of this very request, which is in D1 only. */
type Left = { outcome: "left"; orderId: string };
type Answer = PlaceAnswer | Left | EditAnswer | FenceAnswer | IntakeAnswer;

/**
 * The single writer of its shard's orders, and their outbox: an order is acknowledged once its row is durable here, goes to D1
 * in batches, and leaves the list of what is waiting only after D1 confirmed it. Unpaid orders are cancelled by alarm.
 */
export class OrderJournal extends DurableObject<Env> {
  private readonly book = new OrderBook(this.ctx.storage.sql);
  private readonly feeders = new OrderFeeders(this.ctx.storage.sql, this.env);
  private readonly alarms = new Alarms(this.ctx);
  private readonly left = new LeftOrders(this.ctx.storage, this.env, this.book, this.alarms, () => this.tenantId);
  private readonly turn = new GroupCommit<Command, Answer>(this.ctx, (commands) => this.decide(commands));
  private flushing: Promise<void> | undefined;
  private isFlushPlanned = false;
  private now = () => Date.now();

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    if (this.book.unflushed.size > 0) this.planFlush();
  }

  async place(command: Omit<Place, "kind">): Promise<PlaceAnswer> {
    const answer = (await this.turn.submit({ kind: "place", ...command })) as PlaceAnswer | Left;
    if (answer.outcome !== "left") return answer;
    return { outcome: "replayed", order: await this.left.read(answer.orderId) };
  }

  /** Takes orders in once each, in their order, and answers how many of them it has now: fewer when it is full. */
  async intake(orders: string[], isUrgent = false): Promise<number> {
    const answer = (await this.turn.submit({ kind: "intake", orders, isUrgent })) as IntakeAnswer;
    return answer.count;
  }

  /** From now on orders that this journal does not have may be waiting at that counter. Answers the counter's number here. */
  feedFrom(counter: string): number {
    return this.feeders.add(counter);
  }

  async edit(command: Edit): Promise<EditAnswer> {
    if (!this.feeders.isEmpty) await this.fetchMissing(command.orderId);
    const answer = (await this.turn.submit(command)) as EditAnswer;
    if (answer.outcome !== "unknown" || !(await this.left.takeBack(command.orderId))) return answer;
    return this.turn.submit(command) as Promise<EditAnswer>;
  }

  /** Makes sure that an order that was not placed by now never will be; answers which of the two is true. */
  async fence(orderId: string): Promise<FenceAnswer> {
    if (this.book.isLeft(orderId)) await this.left.takeBack(orderId);
    return this.turn.submit({ kind: "fence", orderId }) as Promise<FenceAnswer>;
  }

  async read(orderId: string): Promise<Order | undefined> {
    await this.fetchMissing(orderId);
    return this.book.read(orderId) ?? this.left.find(orderId);
  }

  /** The placement of an order as it was answered (an old one: as it is now), with the key and fingerprint of the request. */
  async placementOf(orderId: string): Promise<{ key: string; fingerprint: string; answer: Order } | undefined> {
    await this.fetchMissing(orderId);
    const placement = this.book.placementOf(orderId);
    return placement && { ...placement, answer: placement.answer ?? (await this.left.read(orderId)) };
  }

  waiting(): number {
    return this.book.unflushed.size;
  }

  count(): number {
    return this.book.count();
  }

  /** Writes everything that waits to D1 now; rejects when D1 does not take it. */
  async flush(): Promise<void> {
    while (this.flushing) await this.flushing;
    this.flushing = this.writeBatches().finally(() => {
      this.flushing = undefined;
    });
    await this.flushing;
  }

  override async alarm(): Promise<void> {
    this.alarms.spent();
    this.cancelUnpaid();
    await this.flushOrRetry();
    this.left.leaveOld(this.now());
    if (this.book.nextDue !== undefined) this.alarms.armBy(this.book.nextDue);
  }

  private decide(commands: readonly Command[]): Answer[] {
    this.book.recall(commands.flatMap(keysOf));
    const answers = commands.map((command) => this.decideOne(command));
    this.book.write();
    if (this.book.unflushed.size > 0) this.planFlush();
    if (this.book.nextDue !== undefined) this.alarms.armBy(this.book.nextDue);
    return answers;
  }

  private decideOne(command: Command): Answer {
    if (command.kind === "place") return this.decidePlace(command);
    if (command.kind === "intake") return this.decideIntake(command);
    if (command.kind === "fence") return this.decideFence(command.orderId);
    const order = this.book.read(command.orderId);
    if (!order) return { outcome: "unknown" };
    return this.keep(order, judgeEdit(order, command, this.now()));
  }

  private decidePlace({ key, fingerprint, order }: Place): PlaceAnswer | Left {
    const known = this.book.placement(key);
    if (known) {
      if (known.fingerprint !== fingerprint || known.orderId !== order.id) return { outcome: "key_reused" };
      return known.answer ? { outcome: "replayed", order: known.answer } : { outcome: "left", orderId: order.id };
    }
    if (this.book.isFenced(order.id)) return { outcome: "fenced" };
    if (this.book.unflushed.size >= WAITING_ORDERS_MAX) return { outcome: "full" };
    const number = `${Number.parseInt(order.id.slice(4, 6), 16) + 1}-${String(++this.book.number).padStart(5, "0")}`;
    const placed = { ...order, number };
    this.book.place({ key, fingerprint, orderId: order.id, answer: placed });
    this.book.happen(this.event("order.placed", placed, { order_id: placed.id }));
    return { outcome: "placed", number };
  }

  private decideIntake({ orders, isUrgent }: Intake): IntakeAnswer {
    for (const [count, text] of orders.entries()) {
      const orderId = orderIdIn(text);
      if (this.book.placement(orderId)) continue;
      if (!isUrgent && this.book.unflushed.size >= WAITING_ORDERS_MAX) return { outcome: "taken", count };
      const order: Order = JSON.parse(text);
      this.book.place({ key: orderId, fingerprint: "", orderId, answer: order });
      this.book.happen(this.event("order.placed", order, { order_id: orderId }));
    }
    return { outcome: "taken", count: orders.length };
  }

  private async fetchMissing(orderId: string): Promise<void> {
    if (this.feeders.isEmpty || this.book.read(orderId)) return;
    const text = await this.feeders.find(orderId);
    if (text !== undefined) await this.intake([text], true);
  }

  private decideFence(orderId: string): FenceAnswer {
    const order = this.book.read(orderId);
    if (order) return { outcome: "placed", order };
    this.book.fence(orderId);
    return { outcome: "fenced" };
  }

  private keep(order: Order, change: Change): EditAnswer {
    if (change.kind === "illegal") return { outcome: "illegal", state: change.state };
    if (change.kind === "same") return { outcome: "done", order };
    this.book.put(change.order);
    for (const { type, facts } of change.happened) this.book.happen(this.event(type, change.order, facts));
    return { outcome: "done", order: change.order };
  }

  private event(type: string, order: Order, facts: Record<string, unknown>) {
    return newEvent(this.tenantId, type, this.now(), order.arm, facts);
  }

  private get tenantId(): string {
    return (this.ctx.id.name ?? "").split(":", 1)[0] ?? "";
  }

  private cancelUnpaid(): void {
    if ((this.book.nextDue ?? Number.POSITIVE_INFINITY) > this.now()) return;
    this.ctx.storage.transactionSync(() => {
      for (const order of this.book.due(this.now(), DUE_PER_ALARM))
        this.keep(order, cancel(order, "payment_timeout", this.now()));
      this.book.write();
    });
    this.book.findEarliest();
  }

  private planFlush(): void {
    this.alarms.armBy(this.now() + FLUSH_ALARM_MS);
    if (this.book.unflushed.size >= BATCH_ORDERS && !this.flushing) void this.flushOrRetry();
    else if (!this.isFlushPlanned) {
      this.isFlushPlanned = true;
      setTimeout(() => {
        this.isFlushPlanned = false;
        void this.flushOrRetry();
      }, BATCH_MS);
    }
  }

  private async flushOrRetry(): Promise<void> {
    if (this.flushing) return;
    try {
      await this.flush();
    } catch (error) {
      log("warn", "flush_delayed", {
        tenantId: this.tenantId,
        waiting: this.book.unflushed.size,
        error: describe(error),
      });
      this.alarms.armBy(this.now() + FLUSH_ALARM_MS);
    }
  }

  private async writeBatches(): Promise<void> {
    const db = database(this.env);
    for (;;) {
      const { orders, events, lastEvent } = this.book.nextBatch(BATCH_ORDERS);
      if (orders.length === 0 && events.length === 0) return;
      const happened = await onlyWanted(this.env, this.tenantId, events);
      const outbox = happened.length > 0 ? [outboxRows(db, happened)] : [];
      await transact(this.env, [writeOrders(db, this.tenantId, orders), ...outbox]);
      this.book.confirmed(orders, lastEvent);
      await sendEvents(this.env, happened).catch((error) => log("warn", "events_delayed", { error: describe(error) }));
    }
  }
}

const keysOf = (command: Command): string[] => {
  if (command.kind === "place") return [command.key];
  return command.kind === "intake" ? command.orders.map(orderIdIn) : [];
};
