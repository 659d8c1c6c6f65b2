import type { Ctx } from "../../../../platform/context.ts";
import { sign, verify } from "../../../../platform/signatures.ts";

/** What a participation holds: the number of its hold at the sale's counter, and how many units. */
export interface HeldUnits {
  seq: number;
  quantity: number;
  /** The slot of the buyer, which says what counter of a divided sale has the hold. */
  slot: number;
  /** The place of its SKU in the sale, from 0. */
  position: number;
}

const purpose = (ctx: Ctx, saleId: string): string => `participation:${ctx.tenant.id}:${saleId}`;
const textOf = ({ seq, quantity, slot, position }: HeldUnits): string =>
  [seq, quantity, slot, ...(position === 0 ? [] : [position])].map((it) => it.toString(36)).join("_");

/** Whoever has a participation's id may order what it holds, so it is signed. */
export function participationId(ctx: Ctx, saleId: string, held: HeldUnits): string {
  const text = textOf(held);
  return `par_${text}_${sign(ctx.env.SOUK_SECRET, purpose(ctx, saleId), text)}`;
}

/** What the id says, when it was given out for this sale. */
export function readParticipationId(ctx: Ctx, saleId: string, id: string): HeldUnits | undefined {
  const match = /^par_(.+)_([\w-]{32})$/.exec(id);
  const [, text = "", signature = ""] = match ?? [];
  return verify(ctx.env.SOUK_SECRET, purpose(ctx, saleId), text, signature) ? wordsOf(text) : undefined;
}

/** What an id says, whoever made it: to show it, not to rely on it. */
export const glanceAtParticipation = (id: string): HeldUnits => wordsOf(id.slice("par_".length, -SIGNATURE_LENGTH));

/** A signature of 32 characters with its underscore. */
const SIGNATURE_LENGTH = 33;

function wordsOf(text: string): HeldUnits {
  const [seq = 0, quantity = 0, slot = 0, position = 0] = text.split("_").map((it) => Number.parseInt(it, 36));
  return { seq, quantity, slot, position };
}
