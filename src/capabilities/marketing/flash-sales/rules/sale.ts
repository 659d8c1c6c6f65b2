import type { z } from "@hono/zod-openapi";
import type { eligibility, flashSale } from "../contract.ts";

type OnWire = z.infer<typeof flashSale>;
type Eligibility = z.infer<typeof eligibility>;

/** A flash sale as its counter keeps it. Times are milliseconds since 1970. */
export interface Sale {
  id: string;
  sku: string;
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
  /** What the sale was made from: the same request makes the same sale. */
  asked: string;
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

export function onWire(sale: Sale, remaining: number, now: number): OnWire {
  const phase = phaseOf(sale, now);
  return {
    id: sale.id,
    sku: sale.sku,
    title: sale.title,
    sale_price: sale.price,
    quantity: sale.quantity,
    remaining,
    starts_at: new Date(sale.startsAt).toISOString(),
    ends_at: new Date(sale.endsAt).toISOString(),
    per_buyer_limit: sale.perBuyerLimit,
    shards: sale.shards,
    eligibility: sale.eligibility,
    waiting_room: sale.waitingRoom,
    state: phase === "live" && remaining <= 0 ? "sold_out" : phase,
    server_time: new Date(now).toISOString(),
    version: sale.version,
  };
}

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

/** Wire names of the fields that would take from buyers what a live sale has told them. */
export function brokenPromises(old: Sale, edited: Sale): string[] {
  const broken: (keyof Edit)[] = [];
  if (edited.price.amount !== old.price.amount || edited.price.currency !== old.price.currency) broken.push("price");
  if (edited.startsAt !== old.startsAt) broken.push("startsAt");
  if (edited.endsAt < old.endsAt) broken.push("endsAt");
  if (edited.quantity < old.quantity) broken.push("quantity");
  if (edited.perBuyerLimit < old.perBuyerLimit) broken.push("perBuyerLimit");
  if (isStricter(old.eligibility, edited.eligibility)) broken.push("eligibility");
  if (isSlower(old.waitingRoom, edited.waitingRoom)) broken.push("waitingRoom");
  return broken.map((field) => WIRE_NAMES[field]);
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
