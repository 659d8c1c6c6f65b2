import type { Order } from "../../../src/capabilities/selling/orders/rules.ts";
import type { Heard } from "./buyers.ts";
import type { KeptObject } from "./objects.ts";
import type { Database } from "./sqlite.ts";
import type { World } from "./world.ts";

/** Units that came to a SKU from outside: its first stock and every adjustment that was made. */
export type Supply = Map<string, { units: number; limit: number | undefined }>;

const RANK: Record<string, number> = {
  pending_payment: 0,
  paid: 1,
  fulfilling: 2,
  shipped: 3,
  delivered: 4,
  completed: 5,
  partially_refunded: 6,
  refunded: 7,
  cancelled: 9,
};
const SOLD = new Set(["paid", "fulfilling", "shipped", "delivered", "completed"]);

const one = (object: KeptObject, sql: string): Record<string, number> =>
  (object.database.all(sql)[0] ?? {}) as Record<string, number>;
const has = (object: KeptObject, table: string): boolean =>
  object.database.all("SELECT 1 FROM sqlite_master WHERE name = ?", [table]).length > 0;

/** Recounts from storage alone what must hold at every moment, and what must hold once everything has settled. */
export class Truths {
  private readonly parsed = new Map<string, Order>();
  private readonly ranks = new Map<string, { rank: number; version: number }>();

  constructor(
    private readonly world: World,
    private readonly supply: Supply,
    private readonly heard: Heard,
  ) {}

  /** I1, I2, I3, I4, I11 and I12, at any moment. */
  atAnyMoment(): string[] {
    const orders = this.orders();
    return [
      ...this.heard.flaws,
      ...this.counters(),
      ...this.notOversold(orders),
      ...this.onlyForward(orders),
      ...this.nothingLost(orders),
    ];
  }

  /** Everybody is served, nothing waits: I4, I5, I8, I9, I18 and that no unit is stranded. `isLate`: also abandoned holds have ended. */
  settled(isLate: boolean): string[] {
    const orders = this.orders();
    return [
      ...this.atAnyMoment(),
      ...this.nothingWaits(orders),
      ...this.moneyIsRight(orders),
      ...this.oneOrderPerCart(orders),
      ...this.mirrored(orders),
      ...(isLate ? this.noUnitStranded(orders) : []),
    ];
  }

  /** Every order of every journal, as stored now; what did not change since it was read is not parsed again. */
  orders(): Map<string, Order> {
    const found = new Map<string, Order>();
    for (const { database } of this.world.hosts.ofKind("JOURNAL"))
      for (const row of database.all("SELECT id, version FROM orders")) {
        const id = String(row["id"]);
        const known = this.parsed.get(id);
        const order = known && known.version === row["version"] ? known : this.parse(database, id);
        found.set(id, order);
      }
    return found;
  }

  private parse(database: Database, id: string): Order {
    const order = JSON.parse(String(database.all("SELECT doc FROM orders WHERE id = ?", [id])[0]?.["doc"])) as Order;
    this.parsed.set(id, order);
    return order;
  }

  private pieces(sku: string): KeptObject[] {
    const isOfSku = (name: string) => name === `demo:${sku}` || name.startsWith(`demo:${sku}/`);
    return this.world.hosts.ofKind("STOCK").filter((it) => isOfSku(it.name) && has(it, "counter"));
  }

  private counters(): string[] {
    const flaws: string[] = [];
    for (const [sku, { units }] of this.supply) {
      let known = 0;
      for (const piece of this.pieces(sku)) {
        const it = one(
          piece,
          `SELECT on_hand, reserved, sold, (SELECT coalesce(sum(delta), 0) FROM movements) AS moved,
           (SELECT coalesce(sum(quantity), 0) FROM holds WHERE status = 'held') AS held,
           (SELECT coalesce(sum(quantity), 0) FROM holds WHERE status = 'confirmed') AS confirmed FROM counter`,
        );
        const { on_hand = 0, reserved = 0, sold = 0, moved, held, confirmed } = it;
        if (on_hand < reserved || reserved < 0 || sold < 0)
          flaws.push(`I1: ${piece.name} is at ${on_hand} / ${reserved} / ${sold}`);
        if (moved !== on_hand) flaws.push(`I1: ${piece.name} has ${on_hand}, its movements sum to ${moved}`);
        if (held !== reserved) flaws.push(`I2: ${piece.name} has ${reserved} reserved, its holds sum to ${held}`);
        if (confirmed !== sold) flaws.push(`I2: ${piece.name} sold ${sold}, its confirmed holds sum to ${confirmed}`);
        known += on_hand + sold;
      }
      if (known > units + this.restocked(sku)) flaws.push(`I1: ${sku} has and sold ${known} of ${units} units`);
    }
    return flaws;
  }

  /** Sold units that a cancelled order gave back are on the shelf again, and count as sold as well. */
  private restocked(sku: string): number {
    let units = 0;
    for (const piece of this.pieces(sku))
      units +=
        one(piece, "SELECT coalesce(sum(delta), 0) AS n FROM movements WHERE reason = 'order cancelled'")["n"] ?? 0;
    return units;
  }

  private notOversold(orders: Map<string, Order>): string[] {
    const sold = new Map<string, number>();
    for (const order of orders.values())
      if (SOLD.has(order.state))
        for (const { sku, quantity } of order.lines) sold.set(sku, (sold.get(sku) ?? 0) + quantity);
    return [...this.supply]
      .filter(([sku, { units }]) => (sold.get(sku) ?? 0) > units)
      .map(([sku, { units }]) => `I3: ${sold.get(sku)} units of ${sku} are sold, there were ${units}`);
  }

  private limits(): string[] {
    const flaws: string[] = [];
    for (const [sku, { limit }] of this.supply) {
      if (limit === undefined) continue;
      const units = new Map<string, number>();
      for (const piece of this.pieces(sku))
        for (const row of piece.database.all(
          "SELECT buyer, sum(quantity) AS n FROM holds WHERE status IN ('held', 'confirmed') GROUP BY buyer",
        ))
          units.set(String(row["buyer"]), (units.get(String(row["buyer"])) ?? 0) + Number(row["n"]));
      for (const [buyer, n] of units)
        if (n > limit) flaws.push(`I12: ${buyer} has ${n} of ${sku}, the limit is ${limit}`);
    }
    return flaws;
  }

  private onlyForward(orders: Map<string, Order>): string[] {
    const flaws: string[] = [];
    for (const { id, state, version } of orders.values()) {
      const before = this.ranks.get(id);
      const rank = RANK[state] ?? -1;
      if (before && (rank < before.rank || version < before.version)) flaws.push(`I11: ${id} went back to ${state}`);
      this.ranks.set(id, { rank, version });
    }
    return flaws;
  }

  private nothingLost(orders: Map<string, Order>): string[] {
    return [...this.heard.orders.values()]
      .filter((it) => !orders.has(it.id))
      .map((it) => `I4: ${it.id} was acknowledged and is lost`);
  }

  private nothingWaits(orders: Map<string, Order>): string[] {
    const flaws: string[] = [];
    for (const { id, state, payments } of orders.values()) {
      if (state === "pending_payment") flaws.push(`I18: ${id} still waits for its payment`);
      for (const it of payments) if (it.state === "refund_due") flaws.push(`I8: ${it.id} is still to be refunded`);
    }
    for (const journal of this.world.hosts.ofKind("JOURNAL")) {
      const { n } = one(
        journal,
        "SELECT (SELECT count(*) FROM orders WHERE version > flushed) + (SELECT count(*) FROM events) AS n",
      );
      if (n !== 0) flaws.push(`I18: ${n} rows of ${journal.name} have not left`);
    }
    const [outbox] = this.world.d1.all("SELECT count(*) AS n FROM outbox");
    if (outbox?.["n"] !== 0) flaws.push(`I18: ${outbox?.["n"]} events are still in the outbox`);
    return flaws;
  }

  /** Every captured charge is kept by exactly one living order, or went back in full. */
  private moneyIsRight(orders: Map<string, Order>): string[] {
    const flaws: string[] = [];
    const charges = this.world.hosts.ofKind("SANDBOX").flatMap((it) => it.database.all("SELECT * FROM charges"));
    for (const charge of charges) {
      const payment = String(charge["payment_id"]);
      const kept = Number(charge["captured"]) - Number(charge["refunded"]);
      const order = orders.get(`ord_${payment.slice(4, payment.lastIndexOf("_"))}`);
      const known = order?.payments.find((it) => it.id === payment);
      const expected = known?.state === "paid" ? known.captured.amount : 0;
      if (kept !== expected)
        flaws.push(
          `I8: ${payment} (${known?.state} of ${order?.state}) keeps ${kept} at the bank, ${expected} in the books`,
        );
    }
    for (const { id, state, payments, total } of orders.values()) {
      const kept = payments.filter((it) => it.state === "paid").reduce((sum, it) => sum + it.captured.amount, 0);
      const due = SOLD.has(state) ? total.amount : 0;
      if (kept !== due) flaws.push(`I8: ${id} is ${state} and keeps ${kept}, not ${due}`);
    }
    return flaws;
  }

  private oneOrderPerCart(orders: Map<string, Order>): string[] {
    const flaws: string[] = [];
    const carts = new Map<string, string>();
    for (const { cart, id } of this.heard.orders.values()) {
      if (carts.has(cart) && carts.get(cart) !== id) flaws.push(`I9: cart ${cart} became ${carts.get(cart)} and ${id}`);
      carts.set(cart, id);
    }
    const numbers = [...orders.values()].map((it) => it.number);
    if (new Set(numbers).size < numbers.length) flaws.push("two orders have one number");
    return flaws;
  }

  private mirrored(orders: Map<string, Order>): string[] {
    const flaws: string[] = [];
    const rows = this.world.d1.all("SELECT id, state, version FROM orders");
    if (rows.length !== orders.size) flaws.push(`I4: the journals have ${orders.size} orders, D1 ${rows.length}`);
    for (const row of rows) {
      const order = orders.get(String(row["id"]));
      if (order?.version !== row["version"] || order?.state !== row["state"])
        flaws.push(`I4: D1 has ${row["id"]} at another version`);
    }
    return flaws;
  }

  /** I5 and the sum over everything: what is not sold is on the shelf, and nothing is held for nobody. */
  private noUnitStranded(orders: Map<string, Order>): string[] {
    const flaws: string[] = [...this.limits()];
    for (const [sku, { units }] of this.supply) {
      let onHand = 0;
      let reserved = 0;
      for (const piece of this.pieces(sku)) {
        const it = one(piece, "SELECT on_hand, reserved FROM counter");
        onHand += it["on_hand"] ?? 0;
        reserved += it["reserved"] ?? 0;
      }
      let sold = 0;
      for (const order of orders.values())
        if (SOLD.has(order.state)) for (const line of order.lines) sold += line.sku === sku ? line.quantity : 0;
      if (reserved !== 0) flaws.push(`I2: ${reserved} units of ${sku} are held for nobody`);
      if (onHand + sold !== units) flaws.push(`I1: ${sku}: ${onHand} on the shelf and ${sold} sold of ${units}`);
    }
    return flaws;
  }
}
