import type { Ctx } from "../../../platform/context.ts";
import { callObject, type Decided } from "../../../platform/objects.ts";

type Rack = ReturnType<Env["CARTS"]["getByName"]>;

/** Asks the rack that holds the cart, which its id names. */
export const askRack = <Answer>(
  ctx: Ctx,
  cartId: string,
  ask: (stub: Rack) => Promise<Answer>,
): Promise<Decided<Answer>> =>
  ctx.timing.measure(
    "cart",
    callObject(() => ctx.env.CARTS.getByName(`${ctx.tenant.id}:${cartId.slice(5, 7)}`), ask),
  );
