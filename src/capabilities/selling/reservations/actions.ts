import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../platform/context.ts";
import * as stock from "../stock/actions.ts";
import type * as contract from "./contract.ts";

type Wish = z.infer<NonNullable<typeof contract.reserve.body>> & { sku: string; key?: string };

/** Staff hold without more ado. */
export const reserve = (ctx: Ctx, wish: Wish) => stock.reserve(ctx, wish);

export const confirm = (ctx: Ctx, { id }: { id: string }) => stock.confirm(ctx, { id });

export const release = (ctx: Ctx, { id }: { id: string }) => stock.release(ctx, { id });

export const extend = (ctx: Ctx, wish: { id: string; ttl_seconds: number; key?: string }) => stock.extend(ctx, wish);

export const readReservation = (ctx: Ctx, { id }: { id: string }) => stock.readReservation(ctx, { id });

export const listReservations = (
  ctx: Ctx,
  wish: { sku: string } & z.infer<NonNullable<typeof contract.listReservations.query>>,
) => stock.listReservations(ctx, wish);
