import type { StoredCounter, StoredHold, StoredOrder, StoredState } from "../kit/stored-state.ts";

/** What buyers were told. */
export type Promised =
  | { kind: "held"; key: string; reservation: string }
  | { kind: "sold"; key: string; reservation: string }
  | { kind: "ordered" | "paid" | "cancelled"; order: string; email: string };

/** Holds end by alarm; after this time without a request none may be left. */
const OVERDUE_MS = 1_000;

/** Counts again from storage, and holds what was promised against it. */
export function recountSale(
  state: StoredState,
  promised: readonly Promised[],
  units: number,
): { violations: string[]; facts: Record<string, number> } {
  const counters = state.counters();
  const holds = counters.flatMap((it) => it.holds);
  const journal = new Map(state.journaled().map((it) => [it.id, it]));
  const violations = [
    ...books(counters),
    ...oversold(holds, units),
    ...leaked(holds, journal),
    ...brokenPromises(promised, holds, journal),
    ...doubled(journal, holds),
    ...unbalancedMoney(state, journal),
    ...differsFromD1(state, journal),
  ];
  const sold = sum(holds.filter((it) => it.status === "confirmed"));
  const held = sum(holds.filter((it) => it.status === "held"));
  const counted = { counters: counters.length, units };
  return { violations, facts: { ...counted, sold, held, orders: journal.size, promises: promised.length } };
}

const sum = (holds: readonly StoredHold[]): number => holds.reduce((total, it) => total + it.quantity, 0);

/** Units that go from one counter to another leave and arrive, so on hand is counted over all of them. */
function books(counters: readonly StoredCounter[]): string[] {
  const wrong = counters.flatMap(({ id, reserved, holds, parcels }) => {
    const held = sum(holds.filter((it) => it.status === "held"));
    return [
      ...(reserved === held ? [] : [`counter ${id.slice(0, 8)}: ${reserved} reserved, ${held} by its holds`]),
      ...(parcels === 0 ? [] : [`counter ${id.slice(0, 8)}: ${parcels} buyers' slots are still on their way`]),
    ];
  });
  const total = (of: (counter: StoredCounter) => number) => counters.reduce((units, it) => units + of(it), 0);
  const [onHand, moved] = [total((it) => it.onHand), total((it) => it.moved)];
  if (onHand !== moved) wrong.push(`${onHand} on hand, ${moved} by the movements`);
  const keys = counters.flatMap(({ holds }) => holds.map((it) => it.key));
  if (new Set(keys).size < keys.length) wrong.push("a key holds twice");
  return wrong;
}

/** Units that went back on the shelf after their sale are counted by the holds of those who got them next. */
function oversold(holds: readonly StoredHold[], units: number): string[] {
  const taken = sum(holds.filter((it) => it.status === "held" || it.status === "confirmed"));
  return taken > units ? [`${taken} of ${units} units are promised`] : [];
}

function leaked(holds: readonly StoredHold[], journal: ReadonlyMap<string, StoredOrder>): string[] {
  const held = holds.filter((it) => it.status === "held");
  const overdue = held.filter((it) => it.expiresAt < Date.now() - OVERDUE_MS);
  const orphans = held.filter((it) => it.key.startsWith("ord_") && !journal.has(orderOf(it)));
  const dead = held.filter((it) => journal.get(orderOf(it))?.order.state === "cancelled");
  const unsold = held.filter((it) => journal.get(orderOf(it))?.order.state === "paid");
  return [
    ...overdue.map((it) => `the hold ${it.key} should have ended ${Date.now() - it.expiresAt} ms ago`),
    ...orphans.map((it) => `the hold ${it.key} belongs to an order that does not exist`),
    ...unsold.map((it) => `the hold ${it.key} belongs to a paid order and is no sale yet`),
    ...dead.map((it) => `the hold ${it.key} belongs to a cancelled order`),
  ];
}

const orderOf = ({ key }: StoredHold): string => key.split(":", 1)[0] ?? "";

function brokenPromises(
  promised: readonly Promised[],
  holds: readonly StoredHold[],
  journal: ReadonlyMap<string, StoredOrder>,
): string[] {
  const byKey = new Map(holds.map((it) => [it.key, it]));
  return promised.flatMap((it) => {
    if (it.kind === "held") return byKey.has(it.key) ? [] : [`the hold ${it.key} was acknowledged and is gone`];
    if (it.kind === "sold")
      return byKey.get(it.key)?.status === "confirmed" ? [] : [`the sale of ${it.key} was acknowledged and is gone`];
    const stored = journal.get(it.order)?.order;
    if (!stored) return [`${it.order} was acknowledged and is gone`];
    const isKept =
      it.kind === "ordered" ||
      stored.state === it.kind ||
      (it.kind === "paid" && stored.cancel_reason === "stock_lost");
    return isKept ? [] : [`${it.order} was ${it.kind}, and is ${stored.state}`];
  });
}

/** One order a buyer, one hold an order, one hold a buyer; and whoever has an order has its unit. */
function doubled(journal: ReadonlyMap<string, StoredOrder>, holds: readonly StoredHold[]): string[] {
  const orders = new Map<string, number>();
  for (const { order } of journal.values()) orders.set(order.email, (orders.get(order.email) ?? 0) + 1);
  const units = new Map<string, number>();
  for (const it of holds)
    if (it.status === "held" || it.status === "confirmed") units.set(it.key, (units.get(it.key) ?? 0) + it.quantity);
  const without = [...journal.values()].filter(
    ({ order }) =>
      order.state !== "cancelled" &&
      order.lines.some((line) => {
        const key = `${order.id}:${line.sku}`;
        return (units.get(key) ?? units.get(`${order.id}:again:${line.sku}`)) !== line.quantity;
      }),
  );
  return [
    ...[...orders].filter(([, count]) => count > 1).map(([email, count]) => `${email} has ${count} orders`),
    ...without.map(({ id, order }) => `${id} is ${order.state} and has no stock`),
  ];
}

function unbalancedMoney(state: StoredState, journal: ReadonlyMap<string, StoredOrder>): string[] {
  const charges = new Map(state.charges().map((it) => [it.payment, it]));
  const wrong: string[] = [];
  for (const { id, order } of journal.values()) {
    const taken = order.payments.reduce((total, it) => total + (charges.get(it.id)?.captured ?? 0), 0);
    const given = order.payments.reduce((total, it) => total + (charges.get(it.id)?.refunded ?? 0), 0);
    const owed = order.state === "pending_payment" || order.state === "cancelled" ? 0 : order.total.amount;
    if (taken - given !== owed)
      wrong.push(`${id} is ${order.state}: ${taken} taken, ${given} given back, ${owed} owed`);
    if (order.history.filter((it) => it.state === "paid" && it.note.startsWith("paid by")).length > 1)
      wrong.push(`${id} was paid twice`);
  }
  return wrong;
}

function differsFromD1(state: StoredState, journal: ReadonlyMap<string, StoredOrder>): string[] {
  const mirrored = new Map(state.ordersInD1().map((it) => [it.id, it]));
  const wrong = [...journal.values()].flatMap(({ id, version, order }) => {
    const row = mirrored.get(id);
    if (!row) return [`${id} is not in D1`];
    if (row.version !== version || JSON.stringify(row.order) !== JSON.stringify(order))
      return [`${id} has version ${version}, in D1 ${row.version}`];
    return [];
  });
  const strangers = [...mirrored.keys()].filter((id) => !journal.has(id));
  return [...wrong, ...strangers.map((id) => `${id} is in D1 and in no journal`)];
}
