import { addLine, createCart } from "../../../src/capabilities/selling/carts/actions.ts";
import { placeOrder } from "../../../src/capabilities/selling/checkout/actions.ts";
import { cancelOrder, moveOrder } from "../../../src/capabilities/selling/orders/actions.ts";
import { openPayment, playSandbox } from "../../../src/capabilities/selling/payments/actions.ts";
import type { Actor, Ctx } from "../../../src/platform/context.ts";
import type { Goods } from "./shop.ts";
import type { World } from "./world.ts";

const STAFF: Actor = { kind: "staff", keyId: "key", scopes: ["*"] };
const OUTCOMES = [
  "paid",
  "paid",
  "paid",
  "paid",
  "declined",
  "duplicate_notification",
  "pending_then_paid",
  "late",
  "never_answers",
] as const;
const TRIES = 10;
const MINUTE = 60_000;
const address = { name: "A", line1: "1", city: "C", country: "US" };

/** An order as its buyer heard of it: the acknowledgement that must never be lost. */
export interface Acknowledged {
  id: string;
  number: string;
  cart: string;
  token: string;
  answer: string;
}

/** What the buyers heard; contradictions between two answers are kept as flaws. */
export class Heard {
  readonly orders = new Map<string, Acknowledged>();
  readonly flaws: string[] = [];
  refusals: Record<string, number> = {};

  acknowledge(key: string, order: Acknowledged): void {
    const before = this.orders.get(key);
    if (before && before.answer !== order.answer)
      this.flaws.push(`I9: key ${key} was answered in two ways: ${before.answer} and ${order.answer}`);
    this.orders.set(key, order);
  }
}

/** One buyer's life in the shop, with the impatience of real ones: repeats, twins, second tabs, double payments, second thoughts. */
export class Buyer {
  private readonly email: string;

  constructor(
    private readonly world: World,
    private readonly goods: readonly Goods[],
    private readonly heard: Heard,
    private readonly number: number,
  ) {
    this.email = `buyer${world.dice.below(60)}@example.com`;
  }

  async live(): Promise<void> {
    const { dice } = this.world;
    const cart = await this.fill();
    if (!cart) return;
    const keys = [`key-${this.number}`];
    const attempts = [this.order(cart, keys[0] as string)];
    if (dice.chance(0.1)) attempts.push(this.order(cart, keys[0] as string));
    if (dice.chance(0.05)) attempts.push(this.order(cart, `tab-${this.number}`));
    const orders = (await Promise.all(attempts)).filter((it) => it !== undefined);
    const order = orders[0];
    if (!order) return;
    if (dice.chance(0.15)) void this.replay(cart, keys[0] as string);
    await this.pay(order);
  }

  private async fill(): Promise<string | undefined> {
    const { dice } = this.world;
    const opened = await this.insist(() => this.ask("cart", (ctx) => createCart(ctx)));
    if (!opened?.ok) return undefined;
    const { id } = opened.value;
    for (let lines = 1 + dice.below(3); lines > 0; lines--) {
      const { sku } = dice.pick(this.goods);
      const quantity = dice.chance(0.8) ? 1 : 2;
      await this.insist(() => this.ask("line", (ctx) => addLine(ctx, { id, sku, quantity })));
    }
    return id;
  }

  /** The same request until it is answered; refusals end it, but those that say "later". */
  private async order(cart: string, key: string): Promise<Acknowledged | undefined> {
    const { dice, timeline } = this.world;
    await timeline.wait(dice.next() * 2_000);
    for (let tries = 0; tries < TRIES; tries++) {
      const answer = await this.place(cart, key);
      if (answer?.ok) {
        const { order, order_token: token } = answer.value;
        const acknowledged = { id: order.id, number: order.number, cart, token, answer: JSON.stringify(order) };
        this.heard.acknowledge(key, acknowledged);
        return acknowledged;
      }
      const code = answer?.code ?? "unknown";
      this.heard.refusals[code] = (this.heard.refusals[code] ?? 0) + 1;
      if (answer && answer.code !== "journal_full" && answer.code !== "cart_checked_out") return undefined;
      await timeline.wait(dice.next() * 15_000);
    }
    return undefined;
  }

  private async replay(cart: string, key: string): Promise<void> {
    await this.world.timeline.wait(this.world.dice.next() * 5 * MINUTE);
    await this.order(cart, key);
  }

  private place(cart_id: string, key: string) {
    const body = { cart_id, email: this.email, shipping_address: address, payment_provider: "sandbox" as const, key };
    return this.ask("checkout", (ctx) => placeOrder(ctx, body));
  }

  private async pay({ id, token }: Acknowledged): Promise<void> {
    const { dice, timeline } = this.world;
    await timeline.wait(dice.next() * (dice.chance(0.1) ? 40 : 2) * MINUTE);
    await this.play(`pay_${id.slice(4)}_1`);
    if (dice.chance(0.12)) {
      const second = await this.insist(() =>
        this.ask("payment", (ctx) => openPayment(ctx, { id, token, payment_provider: "sandbox" })),
      );
      if (second?.ok) await this.play(second.value.id);
    }
    if (dice.chance(0.12)) await this.insist(() => this.ask("cancel", (ctx) => cancelOrder(ctx, { id, token })));
    if (!dice.chance(0.3)) return;
    await timeline.wait(dice.next() * 10 * MINUTE);
    for (const to of ["fulfilling", "shipped", "delivered", "completed"] as const) {
      if (dice.chance(0.2))
        await this.insist(() => this.ask("staff cancels", (ctx) => cancelOrder(ctx, { id }), STAFF));
      const moved = await this.insist(() => this.ask("move", (ctx) => moveOrder(ctx, { id, to }), STAFF));
      if (!moved?.ok) return;
    }
  }

  private async play(id: string): Promise<void> {
    const { dice } = this.world;
    const outcome = dice.pick(OUTCOMES);
    const delay_seconds = outcome === "late" ? 60 + dice.below(2_400) : 1 + dice.below(300);
    await this.insist(() => this.ask("play", (ctx) => playSandbox(ctx, { id, outcome, delay_seconds })));
  }

  /** Undefined when nobody knows what came of it. */
  private ask<Answer>(name: string, work: (ctx: Ctx) => Promise<Answer>, actor?: Actor): Promise<Answer | undefined> {
    return this.world.invoke(name, work, actor).catch(() => undefined);
  }

  private async insist<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer | undefined> {
    for (let tries = 0; tries < TRIES; tries++) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      await this.world.timeline.wait(this.world.dice.next() * 8_000);
    }
    return undefined;
  }
}
