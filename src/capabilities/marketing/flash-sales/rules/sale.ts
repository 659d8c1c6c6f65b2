import type { z } from "@hono/zod-openapi";
import type { eligibility, flashSale } from "../contract/sale.ts";

type OnWire = z.infer<typeof flashSale>;
type Eligibility = z.infer<typeof eligibility>;

/** A flash sale of one SKU as its counter keeps it; a sale of several is one of these for each. Times are milliseconds since 1970. */
export interface Sale {
  id: string;
  sku: string;
  /** The place of the SKU in the sale; absent in the first. */
  position?: number;
  /** One of several whose units are only being fetched: nobody sees it or buys before all of them have theirs. */
  isDraft?: boolean;
  /** Until then a draft waits to be opened. */
  draftUntil?: number;
  /** The first SKU of the sale, whose counter says whether the sale was opened; absent in the first. */
  first?: string;
  /** How often its units went back because another SKU had too few. */
  withdrawn?: number;
  title: string | null;
  price: OnWire["sale_price"];
  quantity: number;
  startsAt: number;
  endsAt: number;
  perBuyerLimit: number;
  shards: number;
  eligibility: Eligibility;
  waitingRoom: OnWire["waiting_room"];
  cancelledAt: number | null;
  /** The order journal that its orders go to, and how their numbers begin. */
  journal: string;
  numbers: string;
  /** What the whole sale was made from: the same request makes the same sale. */
  asked: string;
  /** The number of the newest edit that reached it; the first SKU's counter numbers them, and all of a sale have the same. */
  edited?: number;
  /** Grows with every edit: an edge that knows an older one sells nothing. */
  version: number;
}

export type Edit = Partial<
  Pick<Sale, "title" | "price" | "quantity" | "startsAt" | "endsAt" | "perBuyerLimit" | "eligibility" | "waitingRoom">
>;

/** Wire names of what an edit may name. */
const WIRE_NAMES: { [field in keyof Required<Edit>]: string } = {
  title: "title",
  price: "sale_price",
  quantity: "quantity",
  startsAt: "starts_at",
  endsAt: "ends_at",
  perBuyerLimit: "per_buyer_limit",
  eligibility: "eligibility",
  waitingRoom: "waiting_room",
};

/** Where a sale stands at the moment `now`. */
export function phaseOf(
  sale: Pick<Sale, "startsAt" | "endsAt" | "cancelledAt">,
  now: number,
): "before" | "live" | "ended" | "cancelled" {
  if (sale.cancelledAt !== null) return "cancelled";
  if (now >= sale.endsAt) return "ended";
  return now < sale.startsAt ? "before" : "live";
}

/** The parts of a sale, the first in front, as everybody may read it. `remaining` holds the units left of each. */
export function onWire(parts: readonly Sale[], remaining: readonly number[], now: number): OnWire {
  const [first] = parts;
  if (!first) throw new Error("a sale has at least one SKU");
  const items = parts.map((it, place) => itemOnWire(it, remaining[place] ?? 0));
  const phase = phaseOf(first, now);
  const isSoldOut = items.every((it) => it.remaining <= 0);
  return {
    id: first.id,
    title: first.title,
    items,
    sku: first.sku,
    sale_price: first.price,
    per_buyer_limit: first.perBuyerLimit,
    quantity: sum(items.map((it) => it.quantity)),
    remaining: sum(items.map((it) => it.remaining)),
    starts_at: new Date(first.startsAt).toISOString(),
    ends_at: new Date(first.endsAt).toISOString(),
    shards: first.shards,
    eligibility: first.eligibility,
    waiting_room: first.waitingRoom,
    state: phase === "live" && isSoldOut ? "sold_out" : phase,
    server_time: new Date(now).toISOString(),
    version: sum(parts.map((it) => it.version)),
  };
}

const itemOnWire = ({ sku, price, quantity, perBuyerLimit }: Sale, remaining: number): OnWire["items"][number] => ({
  sku,
  sale_price: price,
  quantity,
  remaining,
  per_buyer_limit: perBuyerLimit,
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, it) => total + it, 0);

/** Wire names of what each SKU has for itself. */
const ITEM_FIELDS = ["sale_price", "quantity", "per_buyer_limit"];

/** Where a field of a part stands on the wire: `quantity`, or `items.1.quantity` in a sale of several SKUs. */
export const itemField = ({ position = 0 }: Sale, parts: readonly Sale[], field: string): string =>
  parts.length > 1 && ITEM_FIELDS.includes(field) ? `items.${position}.${field}` : field;

export type EditVerdict =
  | { kind: "edited"; sale: Sale }
  | { kind: "breaks_promise"; fields: string[] }
  | { kind: "over" };

/** Before the start everything may change; a live sale keeps what it has promised; one that is over stays as it was. */
export function judgeEdit(sale: Sale, edit: Edit, now: number): EditVerdict {
  const phase = phaseOf(sale, now);
  if (phase === "ended" || phase === "cancelled") return { kind: "over" };
  const edited: Sale = { ...sale, ...edit, version: sale.version + 1 };
  const fields = phase === "live" ? brokenPromises(sale, edited) : [];
  return fields.length > 0 ? { kind: "breaks_promise", fields } : { kind: "edited", sale: edited };
}

/** What an edit makes of one SKU of a sale. */
export interface EditStep {
  sale: Sale;
  edit: Edit;
}

export type EditsVerdict =
  | { kind: "edited"; sales: Sale[] }
  | { kind: "breaks_promise"; fields: string[] }
  | { kind: "over" };

/** Judges an edit of all SKUs of a sale, a step for each: all of them change or none. */
export function judgeEdits(steps: readonly EditStep[], now: number): EditsVerdict {
  const parts = steps.map((it) => it.sale);
  const sales: Sale[] = [];
  const broken = new Set<string>();
  for (const { sale, edit } of steps) {
    const verdict = judgeEdit(sale, edit, now);
    if (verdict.kind === "over") return { kind: "over" };
    if (verdict.kind === "edited") sales.push(verdict.sale);
    else for (const it of verdict.fields) broken.add(itemField(sale, parts, it));
  }
  return broken.size > 0 ? { kind: "breaks_promise", fields: [...broken] } : { kind: "edited", sales };
}

/** An edit without what would break a promise. */
export function keepPromises(old: Sale, edited: Sale): Sale {
  const kept = Object.fromEntries(brokenFields(old, edited).map((field) => [field, old[field]]));
  return { ...edited, ...kept };
}

/** Wire names of the fields that would take from buyers what a live sale has told them. */
export const brokenPromises = (old: Sale, edited: Sale): string[] =>
  brokenFields(old, edited).map((field) => WIRE_NAMES[field]);

function brokenFields(old: Sale, edited: Sale): (keyof Edit)[] {
  const broken: (keyof Edit)[] = [];
  if (edited.price.amount !== old.price.amount || edited.price.currency !== old.price.currency) broken.push("price");
  if (edited.startsAt !== old.startsAt) broken.push("startsAt");
  if (edited.endsAt < old.endsAt) broken.push("endsAt");
  if (edited.quantity < old.quantity) broken.push("quantity");
  if (edited.perBuyerLimit < old.perBuyerLimit) broken.push("perBuyerLimit");
  if (isStricter(old.eligibility, edited.eligibility)) broken.push("eligibility");
  if (isSlower(old.waitingRoom, edited.waitingRoom)) broken.push("waitingRoom");
  return broken;
}

const isStricter = (old: Eligibility, edited: Eligibility): boolean =>
  shutsOut(old.countries, edited.countries) || shutsOut(old.email_domains, edited.email_domains);

const shutsOut = (old: readonly string[], edited: readonly string[]): boolean =>
  edited.length > 0 && (old.length === 0 || old.some((it) => !edited.includes(it)));

const isSlower = (old: Sale["waitingRoom"], edited: Sale["waitingRoom"]): boolean =>
  edited !== null && (old === null || edited.admit_per_second < old.admit_per_second);

/** Wire names of the times that make no sense together. */
export function wrongTimes(sale: Pick<Sale, "startsAt" | "endsAt">, now: number): { field: string; detail: string }[] {
  if (sale.endsAt <= sale.startsAt) return [{ field: "ends_at", detail: "Expected a time after the start." }];
  return sale.endsAt <= now ? [{ field: "ends_at", detail: "Expected a time that is still to come." }] : [];
}
