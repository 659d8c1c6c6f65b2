import type { Ctx } from "../../../platform/context.ts";
import { callObject } from "../../../platform/objects.ts";

type Stub = ReturnType<Env["STOCK"]["getByName"]>;

/** Asks the counter of one SKU: its whole stock, wherever it is held. */
export const askCounter = <Answer>(ctx: Ctx, sku: string, ask: (stub: Stub) => Promise<Answer>): Promise<Answer> =>
  ctx.timing.measure(
    "stock",
    callObject(() => ctx.env.STOCK.getByName(`${ctx.tenant.id}:${sku}`), ask),
  );

/** Asks the counter that decides about this buyer: the only one that knows what they hold and have bought. */
export const askBuyersCounter = <Answer>(
  ctx: Ctx,
  sku: string,
  _buyer: string,
  ask: (stub: Stub) => Promise<Answer>,
): Promise<Answer> => askCounter(ctx, sku, ask);
