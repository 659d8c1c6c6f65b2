import type { Ctx } from "../../../../platform/context.ts";
import { callObject } from "../../../../platform/objects.ts";

type Index = ReturnType<Env["SEARCH"]["getByName"]>;

/** Asks the shop's own index; there is one a shop, so no shop can find what is another's. */
export const askIndex = <Answer>(ctx: Ctx, ask: (index: Index) => Promise<Answer>): Promise<Answer> =>
  ctx.timing.measure(
    "search",
    callObject(() => ctx.env.SEARCH.getByName(ctx.tenant.id), ask),
  );
