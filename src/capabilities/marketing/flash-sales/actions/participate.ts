import type { z } from "@hono/zod-openapi";
import type { ParticipateAnswer } from "../../../../../durable-objects/stock/sale-words.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { newId } from "../../../../platform/ids.ts";
import { ok, type Refused, type Result } from "../../../../platform/result.ts";
import { noteUnit } from "../../../money/usage/actions/record-call.ts";
import { linkPlacedOrder } from "../../../selling/accounts/actions/own-orders.ts";
import { buyersSlot } from "../../../selling/stock/actions/ask-counter.ts";
import { takePart } from "../ask-sale.ts";
import type * as contract from "../contract.ts";
import { learnPart, saleOf } from "../remember-sales.ts";
import { forgetSoldOut, hasSurelyLost, rememberSoldOut } from "../remember-sold-out.ts";
import { normaliseBuyer } from "../rules/buyer.ts";
import { uninvited } from "../rules/invited.ts";
import { withHold } from "../rules/order-text.ts";
import { readPass } from "../rules/pass.ts";
import type { Sale } from "../rules/sale.ts";
import { type HeldUnits, participationId } from "./participation-id.ts";
import { checkoutOf, draftFor, isSameWish, orderAsPlaced, orderHoldMs, type Wish } from "./place-order.ts";
import { refusals } from "./refusals.ts";
import { reportPass } from "./report-pass.ts";

type Body = z.infer<NonNullable<typeof contract.participate.body>>;
type Input = Body & { id: string; key?: string };
type Participation = z.infer<typeof contract.participation>;
export type Refusal = keyof typeof contract.participate.refusals;
type Order = NonNullable<Participation["checkout"]>["order"];

/** Units without an order wait this long for it. */
const HOLD_MS = 900_000;
/** A start that is further away than any two clocks of ours differ needs no counter to say so. */
const EARLY_MS = 5_000;
/** The counter's terms are newer than the edge's: once more with those, this often. */
const STALE_MAX = 3;

/** Takes part in a sale: the counter decides in one turn at its own clock, whatever this isolate remembers. */
export async function participate(ctx: Ctx, input: Input): Promise<Result<Participation, Refusal>> {
  const parts = await saleOf(ctx, input.id);
  if (parts.length === 0) return refusals.unknownSale;
  const sale = partOf(parts, input.sku);
  if (!sale) return refusals.whichSku(parts);
  const wish = wishOf(input);
  if (wish === "incomplete") return refusals.incomplete;
  const buyer = normaliseBuyer(input.email);
  const refusal = refuseEarly(ctx, sale, { ...input, buyer });
  if (refusal) return refusal;
  const key = input.key ?? newId("key");
  return ask(ctx, sale, { input, wish, buyer, key }, 1);
}

/** The SKU that is named, or the only one. */
const partOf = (parts: readonly Sale[], sku: string | undefined): Sale | undefined =>
  sku === undefined && parts.length === 1 ? parts[0] : parts.find((it) => it.sku === sku);

interface Asked {
  input: Input;
  wish: Wish | undefined;
  buyer: string;
  key: string;
}

async function ask(ctx: Ctx, sale: Sale, asked: Asked, attempt: number): Promise<Result<Participation, Refusal>> {
  const { input, wish, buyer, key } = asked;
  const order = wish && (await draftFor(ctx, sale, { ...wish, slot: buyersSlot(buyer) }));
  if (wish && !order) return refusals.providerOff;
  const answer = await takePart(ctx, sale, {
    key,
    buyer,
    quantity: input.quantity,
    ttlMs: order ? orderHoldMs(ctx) : HOLD_MS,
    version: sale.version,
    pass: input.pass,
    order: order && JSON.stringify(order),
  });
  if (answer.outcome === "stale" && attempt < STALE_MAX) {
    learnPart(ctx, answer.sale);
    const refusal = refuseEarly(ctx, answer.sale, { ...input, buyer });
    return refusal ?? ask(ctx, answer.sale, asked, attempt + 1);
  }
  return answerFor(ctx, sale, asked, order, answer);
}

async function answerFor(
  ctx: Ctx,
  sale: Sale,
  { input, wish, buyer }: Asked,
  order: Order | undefined,
  answer: ParticipateAnswer,
): Promise<Result<Participation, Refusal>> {
  const held = (seq: number): HeldUnits => heldUnits(sale, seq, input.quantity, buyer);
  switch (answer.outcome) {
    case "reserved":
      forgetSoldOut(ctx, sale, buyer);
      reportPass(ctx, sale, input.pass);
      if (order) await linkPlacedOrder(ctx, order.id);
      return counted(
        ctx,
        participationOf(ctx, sale, held(answer.seq), answer.at, order && withHold(order, answer.seq)),
      );
    case "ordered": {
      const placed = await orderAsPlaced(ctx, answer.orderId, answer.order);
      if (!wish || !isSameWish(placed, wish, ctx.tenant.locale)) return refusals.keyReused;
      return counted(ctx, participationOf(ctx, sale, held(answer.seq), 0, placed));
    }
    case "sold_out":
      if (answer.available === 0) await rememberSoldOut(ctx, sale, buyer);
      return refusals.soldOut(answer.available);
    default:
      return refuse(sale, answer);
  }
}

const heldUnits = ({ position = 0 }: Sale, seq: number, quantity: number, buyer: string): HeldUnits => ({
  seq,
  quantity,
  slot: buyersSlot(buyer),
  position,
});

/** Who won pays, by the unit; losers cost nothing. */
function counted(ctx: Ctx, participation: Participation): Result<Participation, Refusal> {
  noteUnit(ctx, { id: participation.id, meter: "flash_participations", source: "participate" });
  const { checkout } = participation;
  if (checkout) noteUnit(ctx, { id: checkout.order.id, meter: "orders_placed", source: "participate" });
  return ok(participation);
}

function refuse(
  sale: Sale,
  answer: Exclude<ParticipateAnswer, { outcome: "reserved" | "ordered" | "sold_out" }>,
): Refused<Refusal> {
  switch (answer.outcome) {
    case "already_participated":
      return refusals.alreadyParticipated(answer.units, sale.perBuyerLimit);
    case "over_limit":
      return refusals.notEligible("per_buyer_limit", { per_buyer_limit: sale.perBuyerLimit });
    case "not_started":
      return refusals.notStarted(sale);
    case "ended":
      return refusals.ended(sale);
    case "full":
      return refusals.journalFull;
    case "key_reused":
      return refusals.keyReused;
    case "unknown":
      return refusals.unknownSale;
    case "stale":
      throw new Error(`the terms of ${sale.id} changed faster than they could be read`);
    default:
      return refusals.pass(answer.outcome);
  }
}

/** Refusals that need no counter: it would say the same. What a replay must still get past is left to it. */
function refuseEarly(
  ctx: Ctx,
  sale: Sale,
  { buyer, email, pass, shipping_address }: Input & { buyer: string },
): Refused<Refusal> | undefined {
  const reason = uninvited(sale, { email, country: shipping_address?.country });
  if (reason) return refusals.notEligible(reason);
  if (sale.startsAt - ctx.now() > EARLY_MS && sale.cancelledAt === null) return refusals.notStarted(sale);
  if (sale.waitingRoom) {
    const expected = { tenantId: ctx.tenant.id, saleId: sale.id, buyer };
    const verdict = readPass(ctx.env.SOUK_SECRET, pass, expected, ctx.now());
    if (!verdict.ok && verdict.flaw !== "pass_expired") return refusals.pass(verdict.flaw);
  }
  return hasSurelyLost(ctx, sale, buyer) ? refusals.soldOut(0) : undefined;
}

function wishOf(input: Input): Wish | undefined | "incomplete" {
  const { email, quantity, shipping_address, payment_provider, locale } = input;
  if (!shipping_address && !payment_provider) return undefined;
  if (!shipping_address || !payment_provider) return "incomplete";
  return { email, quantity, shipping_address, payment_provider, locale };
}

function participationOf(ctx: Ctx, sale: Sale, held: HeldUnits, at: number, order: Order | undefined): Participation {
  return {
    id: participationId(ctx, sale.id, held),
    sale_id: sale.id,
    sku: sale.sku,
    quantity: held.quantity,
    outcome: "reserved",
    expires_at: order ? order.pay_before : new Date(at + HOLD_MS).toISOString(),
    checkout: order ? checkoutOf(ctx, order) : null,
  };
}
