import { addLine, createCart } from "../../../src/capabilities/selling/carts/actions.ts";
import { placeOrder } from "../../../src/capabilities/selling/checkout/actions.ts";
import { cancelOrder, moveOrder } from "../../../src/capabilities/selling/orders/actions.ts";
import type { Order } from "../../../src/capabilities/selling/orders/rules.ts";
import { openPayment, playSandbox } from "../../../src/capabilities/selling/payments/actions.ts";
import { adjustStock } from "../../../src/capabilities/selling/stock/actions.ts";
import type { Actor, Ctx } from "../../../src/platform/context.ts";
import type { Goods } from "./shop.ts";
import type { World } from "./world.ts";

const STAFF: Actor = { kind: "staff", keyId: "key", scopes: ["*"] };
const MINUTE = 60_000;
const TRIES = 30;
const address = { name: "A", line1: "1", city: "C", country: "US" };

export const SCENE_GOODS: readonly Goods[] = [
  { sku: "LAMP", price: 999, onHand: 40, limit: 9 },
  { sku: "BULB", price: 250, onHand: 40 },
];

type Outcome = "paid" | "declined" | "duplicate_notification" | "pending_then_paid" | "late";

/** One buyer who always does the same and repeats each step until it is answered. */
export class Actress {
  constructor(
    private readonly world: World,
    private readonly name: string,
  ) {}

  async order(lines: Record<string, number>): Promise<{ id: string; token: string }> {
    const cart = await this.insist("cart", (ctx) => createCart(ctx));
    if (!cart.ok) throw new Error("no cart");
    const cart_id = cart.value.id;
    for (const [sku, quantity] of Object.entries(lines)) await this.addOnce(cart_id, sku, quantity);
    const body = {
      cart_id,
      email: `${this.name}@example.com`,
      shipping_address: address,
      payment_provider: "sandbox" as const,
    };
    for (let tries = 0; tries < TRIES; tries++) {
      const placed = await this.insist("checkout", (ctx) => placeOrder(ctx, { ...body, key: this.name }));
      if (placed.ok) return { id: placed.value.order.id, token: placed.value.order_token };
      if (placed.code !== "cart_checked_out") throw new Error(`${this.name}: ${placed.code}`);
      await this.world.timeline.wait(5_000);
    }
    throw new Error(`${this.name} was never served`);
  }

  pay = (orderId: string, attempt: number, outcome: Outcome, delay_seconds = 5) =>
    this.insist("play", (ctx) =>
      playSandbox(ctx, { id: `pay_${orderId.slice(4)}_${attempt}`, outcome, delay_seconds }),
    );

  payAgain = (id: string, token: string) =>
    this.insist("payment", (ctx) => openPayment(ctx, { id, token, payment_provider: "sandbox" }));

  cancel = (id: string, token: string) => this.insist("cancel", (ctx) => cancelOrder(ctx, { id, token }));
  cancelByShop = (id: string) => this.insist("cancel", (ctx) => cancelOrder(ctx, { id }), STAFF);
  move = (id: string, to: Order["state"]) => this.insist("move", (ctx) => moveOrder(ctx, { id, to }), STAFF);
  count = (sku: string, delta: number) =>
    this.insist("count", (ctx) => adjustStock(ctx, { sku, delta, reason: "count", key: `${this.name}-count` }), STAFF);
  divide = (sku: string, shards: number) =>
    this.insist("divide", async () => (await this.world.env.STOCK.getByName(`demo:${sku}`).reshard(shards)) ?? null);

  wait = (ms: number) => this.world.timeline.wait(ms);

  /** A repeated "add" would add twice, so the repeat looks first whether the first one arrived. */
  private async addOnce(id: string, sku: string, quantity: number): Promise<void> {
    const rack = () => this.world.env.CARTS.getByName(`demo:${id.slice(5, 7)}`);
    await this.insist("line", async (ctx) => {
      const cart = await rack().read(id);
      if (cart?.lines.some((it) => it.sku === sku)) return null;
      return addLine(ctx, { id, sku, quantity });
    });
  }

  private async insist<Answer>(name: string, work: (ctx: Ctx) => Promise<Answer>, actor?: Actor): Promise<Answer> {
    for (let tries = 0; tries < TRIES; tries++) {
      const answer = await this.world.invoke(name, work, actor).then(
        (value) => ({ value }),
        () => undefined,
      );
      if (answer) return answer.value;
      await this.wait(2_000);
    }
    throw new Error(`${this.name}: ${name} was never answered`);
  }
}

type Scene = (as: Actress) => Promise<unknown>;

/** What a shop sees in a day, each as one story with one right ending. */
export const scenes: Record<string, Scene> = {
  "all that one may have": (as) => as.order({ LAMP: 9 }),
  checkout: (as) => as.order({ LAMP: 1, BULB: 2 }),
  "paid order": async (as) => {
    const { id } = await as.order({ LAMP: 2, BULB: 1 });
    await as.pay(id, 1, "duplicate_notification");
  },
  "cancelled by the shopper": async (as) => {
    const { id, token } = await as.order({ LAMP: 1, BULB: 1 });
    await as.cancel(id, token);
  },
  "refund of a paid order": async (as) => {
    const { id } = await as.order({ LAMP: 1, BULB: 1 });
    await as.pay(id, 1, "paid");
    await as.wait(MINUTE);
    await as.cancelByShop(id);
  },
  "paid twice": async (as) => {
    const { id, token } = await as.order({ BULB: 3 });
    await as.payAgain(id, token);
    await as.pay(id, 1, "paid", 5);
    await as.pay(id, 2, "pending_then_paid", 30);
  },
  "declined, then paid": async (as) => {
    const { id, token } = await as.order({ LAMP: 1 });
    await as.pay(id, 1, "declined");
    await as.payAgain(id, token);
    await as.pay(id, 2, "paid");
    await as.wait(MINUTE);
    await as.move(id, "fulfilling");
  },
  "paid too late": async (as) => {
    const { id } = await as.order({ LAMP: 1, BULB: 1 });
    await as.pay(id, 1, "late", 45 * 60);
  },
  abandoned: (as) => as.order({ BULB: 4 }),
  "divided stock": async (as) => {
    await as.divide("LAMP", 4);
    const { id } = await as.order({ LAMP: 9 });
    await as.count("LAMP", -3);
    await as.pay(id, 1, "paid");
    await as.divide("LAMP", 1);
  },
};
