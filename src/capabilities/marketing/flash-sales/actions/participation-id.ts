import type { Ctx } from "../../../../platform/context.ts";
import { sign, verify } from "../../../../platform/signatures.ts";

/** What a participation holds: the number of its hold at the sale's counter, and how many units. */
export interface HeldUnits {
  seq: number;
  quantity: number;
  /** The slot of the buyer, which says what counter of a divided sale has the hold. */
  slot: number;
}

const purpose = (ctx: Ctx, saleId: string): string => `participation:${ctx.tenant.id}:${saleId}`;
const textOf = ({ seq, quantity, slot }: HeldUnits): string =>
  [seq, quantity, slot].map((it) => it.toString(36)).join("_");

/** Whoever has a participation's id may order what it holds, so it is signed. */
export function participationId(ctx: Ctx, saleId: string, held: HeldUnits): string {
  const text = textOf(held);
  return `par_${text}_${sign(ctx.env.SOUK_SECRET, purpose(ctx, saleId), text)}`;
}

/** What the id says, when it was given out for this sale. */
export function readParticipationId(ctx: Ctx, saleId: string, id: string): HeldUnits | undefined {
  const match = /^par_(([0-9a-z]+)_([0-9a-z]+)_([0-9a-z]+))_([\w-]{32})$/.exec(id);
  const [, text = "", seq = "", quantity = "", slot = "", signature = ""] = match ?? [];
  if (!verify(ctx.env.SOUK_SECRET, purpose(ctx, saleId), text, signature)) return undefined;
  return { seq: Number.parseInt(seq, 36), quantity: Number.parseInt(quantity, 36), slot: Number.parseInt(slot, 36) };
}
