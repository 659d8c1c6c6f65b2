import { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../../platform/context.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../../platform/page-cursor.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import type * as contract from "../contract.ts";
import { askSender, findEndpoint } from "./ask-sender.ts";
import { deliveryOnWire, withAttempts } from "./on-wire.ts";

type OnWire = z.infer<typeof contract.delivery>;
type Logged = z.infer<typeof contract.deliveryWithAttempts>;
type State = OnWire["state"];

const unknownDelivery = refused("unknown_delivery", "There is no such delivery; they are kept for 30 days.");
const disabled = refused("endpoint_disabled", "The endpoint is switched off. Switch it on first.");

const deliveryPlace = z.tuple([z.int()]);

export async function listDeliveries(
  ctx: Ctx,
  { id, state, limit, cursor }: { id: string; state?: State; limit: number; cursor?: string },
): Promise<Result<{ data: OnWire[]; next_cursor: string | null }, "unknown_endpoint" | "invalid_request">> {
  const found = await findEndpoint(ctx, id);
  if (!found.ok) return found;
  const list = `${ctx.tenant.id} webhook deliveries ${id} ${state ?? ""}`;
  const [before] = (cursor !== undefined && readCursor(list, deliveryPlace, cursor)) || [];
  if (cursor !== undefined && before === undefined) return foreignCursor;
  const rows = await askSender(ctx, id, async (it) => await it.deliveries({ state, before, limit: limit + 1 }));
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return ok({ data: page.map(deliveryOnWire), next_cursor: last ? writeCursor(list, [last.seq]) : null });
}

export async function readDelivery(
  ctx: Ctx,
  { id, delivery_id }: { id: string; delivery_id: string },
): Promise<Result<Logged, "unknown_endpoint" | "unknown_delivery">> {
  const found = await findEndpoint(ctx, id);
  if (!found.ok) return found;
  const delivery = await askSender(ctx, id, async (it) => await it.delivery(delivery_id));
  return delivery ? ok(withAttempts(delivery)) : unknownDelivery;
}

/** Replaying what waits already only makes it due now. */
export async function replayDelivery(
  ctx: Ctx,
  { id, delivery_id }: { id: string; delivery_id: string },
): Promise<Result<OnWire, "unknown_endpoint" | "unknown_delivery" | "endpoint_disabled">> {
  const found = await findEndpoint(ctx, id);
  if (!found.ok) return found;
  if (found.value.disabledAt !== null) return disabled;
  const delivery = await askSender(ctx, id, async (it) => await it.replay(delivery_id));
  return delivery ? ok(deliveryOnWire(delivery)) : unknownDelivery;
}

export async function replayDeliveries(
  ctx: Ctx,
  { id, ...wish }: { id: string; from: string; to: string; states: ("delivered" | "dead")[] },
): Promise<Result<{ replayed: number }, "unknown_endpoint" | "endpoint_disabled">> {
  const found = await findEndpoint(ctx, id);
  if (!found.ok) return found;
  if (found.value.disabledAt !== null) return disabled;
  const range = { from: Date.parse(wish.from), to: Date.parse(wish.to), states: wish.states };
  return ok({ replayed: await askSender(ctx, id, async (it) => await it.replayRange(range)) });
}

export async function testEndpoint(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<{ delivered: boolean; delivery: Logged }, "unknown_endpoint">> {
  const found = await findEndpoint(ctx, id);
  if (!found.ok) return found;
  const delivery = await askSender(ctx, id, async (it) => await it.sendTest());
  if (!delivery) return refused("unknown_endpoint", "There is no such webhook endpoint.");
  return ok({ delivered: delivery.state === "delivered", delivery: withAttempts(delivery) });
}
