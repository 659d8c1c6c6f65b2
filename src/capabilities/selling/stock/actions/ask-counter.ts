import type { Elsewhere } from "../../../../../durable-objects/stock/shard-words.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { Memory } from "../../../../platform/memory.ts";
import { callObject } from "../../../../platform/objects.ts";
import { counterName, type Layout, PARENT, slotOf } from "../rules/shards.ts";

/** How long an isolate relies on a layout; a counter that lost a slot since then says so. */
const LAYOUT_MS = 60_000;
const LAYOUTS_MAX = 1_000;
/** A slot moves within a few object calls; its buyers wait up to about two seconds for it, then they are told to come again. */
const ASKS_MAX = 24;
const PAUSE_MS = 10;
const PAUSE_MS_MAX = 120;

type Stub = ReturnType<Env["STOCK"]["getByName"]>;
type Decided<Answer> = Exclude<Answer, { outcome: Elsewhere["outcome"] }>;

/** Layouts of divided SKUs, by the name of their parent. A SKU in one piece has none. */
const layouts = new Memory<Layout>(LAYOUT_MS, LAYOUTS_MAX);

/** Which of a divided SKU's counters decides about a buyer hangs on their slot. */
export const buyersSlot = (buyer: string): number => slotOf(buyer);

/** Asks the counter of one SKU: its whole stock, wherever it is held. */
export const askCounter = <Answer>(ctx: Ctx, sku: string, ask: (stub: Stub) => Promise<Answer>): Promise<Answer> =>
  askByName(ctx, nameOf(ctx, sku), ask);

/** Asks one shard of a divided SKU, which knows only its part. */
export const askShard = <Answer>(
  ctx: Ctx,
  sku: string,
  shard: number,
  ask: (stub: Stub) => Promise<Answer>,
): Promise<Answer> => askByName(ctx, counterName(nameOf(ctx, sku), shard), ask);

/** Asks the counter that decides about this buyer: the only one that knows what they hold and have bought. */
export const askBuyersCounter = <Answer extends { outcome: string }>(
  ctx: Ctx,
  sku: string,
  buyer: string,
  ask: (stub: Stub) => Promise<Answer>,
): Promise<Decided<Answer>> => askSlotsCounter(ctx, sku, slotOf(buyer), ask);

/**
 * Asks the counter that decides about the buyers of a slot. While the SKU is in one piece that is one call; when it is divided,
 * a counter that does not own the slot shows the way.
 */
export async function askSlotsCounter<Answer extends { outcome: string }>(
  ctx: Ctx,
  sku: string,
  slot: number,
  ask: (stub: Stub) => Promise<Answer>,
): Promise<Decided<Answer>> {
  const parent = nameOf(ctx, sku);
  for (let asked = 0; asked < ASKS_MAX; asked++) {
    const layout = layouts.get(parent);
    const answer = await askByName(ctx, counterName(parent, layout?.owners[slot] ?? PARENT), ask);
    if (isDecided(answer)) return answer;
    if (answer.outcome === "busy") break;
    // Twice in a row without getting nearer means that the slot is on its way.
    if (answer.outcome === "moving" || asked > 1)
      await new Promise((resume) => setTimeout(resume, Math.min(PAUSE_MS * (asked + 1), PAUSE_MS_MAX)));
    if (answer.outcome === "moved") learn(parent, layoutIn(answer));
  }
  throw Object.assign(new Error(`no counter of ${parent} decided in time`), { overloaded: true });
}

/** Asks about a hold. Ids made before there were slots do not name one: then every counter of the SKU is asked until one knows. */
export async function askHoldsCounter<Answer extends { outcome: string }>(
  ctx: Ctx,
  { sku, slot }: { sku: string; slot?: number },
  ask: (stub: Stub) => Promise<Answer>,
  isKnown: (answer: Decided<Answer>) => boolean,
): Promise<Decided<Answer>> {
  if (slot !== undefined) return askSlotsCounter(ctx, sku, slot, ask);
  const parent = nameOf(ctx, sku);
  const first = await askByName(ctx, parent, ask);
  if (isDecided(first)) return first;
  let last: Decided<Answer> | undefined;
  for (const owner of new Set(layoutIn(first)?.owners)) {
    const answer = await askByName(ctx, counterName(parent, owner), ask);
    if (isDecided(answer)) last = answer;
    if (isDecided(answer) && isKnown(answer)) break;
  }
  if (!last) throw Object.assign(new Error(`no counter of ${parent} knew the hold`), { overloaded: true });
  return last;
}

/** A late answer never replaces what was learned from a newer one. */
function learn(parent: string, layout: Layout | undefined): void {
  if (!layout) layouts.forget(parent);
  else if (layout.epoch >= (layouts.get(parent)?.epoch ?? 0)) layouts.set(parent, layout);
}

const nameOf = (ctx: Ctx, sku: string): string => `${ctx.tenant.id}:${sku}`;

const askByName = <Answer>(ctx: Ctx, name: string, ask: (stub: Stub) => Promise<Answer>): Promise<Answer> =>
  ctx.timing.measure(
    "stock",
    callObject(() => ctx.env.STOCK.getByName(name), ask),
  );

const isDecided = <Answer extends { outcome: string }>(answer: Answer): answer is Decided<Answer> =>
  answer.outcome !== "moved" && answer.outcome !== "moving" && answer.outcome !== "busy";

const layoutIn = (answer: { outcome: string }): Layout | undefined =>
  "layout" in answer ? (answer.layout as Layout | undefined) : undefined;
