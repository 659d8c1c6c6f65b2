import type { Order } from "../src/capabilities/selling/orders/rules.ts";
import { readOrderRow } from "../src/capabilities/selling/orders/store.ts";
import type { Alarms } from "./kit/alarms.ts";
import type { OrderBook } from "./order-book.ts";

/**
 * So long after it was placed an order that D1 has leaves its journal; it comes back when it is changed. Until then a repeated
 * request is answered with the same bytes, which is promised for seven days.
 */
const KEPT_MS = 30 * 86_400_000;
/** Orders that leave in one transaction, and when the next ones go. */
const LEAVING_MAX = 500;
const LEAVE_AGAIN_MS = 1_000;
const LOOK_AGAIN_MS = 3_600_000;

/** Old orders, which a journal leaves to D1 so that it never fills up. What names them stays: none is ever placed again. */
export class LeftOrders {
  private lookAt = 0;

  constructor(
    private readonly storage: DurableObjectStorage,
    private readonly env: Pick<Env, "DB">,
    private readonly book: OrderBook,
    private readonly alarms: Alarms,
    private readonly tenantId: () => string,
  ) {}

  /** Run it by alarm. */
  leaveOld(now: number): void {
    if (now < this.lookAt) return;
    const before = new Date(now - KEPT_MS).toISOString();
    const left = this.storage.transactionSync(() => this.book.leaveToD1(before, LEAVING_MAX));
    this.book.forgetFences(now - KEPT_MS);
    const isMore = left === LEAVING_MAX;
    this.lookAt = now + (isMore ? LEAVE_AGAIN_MS : LOOK_AGAIN_MS);
    if (isMore) this.alarms.armBy(this.lookAt);
  }

  /** An order that was left, as D1 has it; undefined for one that was not. */
  async find(orderId: string): Promise<Order | undefined> {
    return this.book.isLeft(orderId) ? this.read(orderId) : undefined;
  }

  async read(orderId: string): Promise<Order> {
    const order = await readOrderRow(this.env, this.tenantId(), orderId);
    if (!order) throw new Error(`${orderId} is neither in its journal nor in D1`);
    return order;
  }

  /** Puts an order back in the journal if it was left; answers whether it was. */
  async takeBack(orderId: string): Promise<boolean> {
    const order = await this.find(orderId);
    if (order) this.book.takeBack(order);
    return order !== undefined;
  }
}
