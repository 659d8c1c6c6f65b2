import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../platform/context.ts";
import { OFFSET_MAX, readCursor, writeCursor } from "../../../platform/offset-cursor.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";
import { askIndex } from "../search/actions/ask-index.ts";
import { SELECTION_DEFAULT, type Selected, type selection, type wish } from "./contract.ts";

type Asked = z.infer<typeof wish> & { limit?: number | undefined; cursor?: string | undefined };

/** Decided in the shop's index, which has every product in memory. */
export async function select(
  ctx: Ctx,
  { combine, selectors, limit = SELECTION_DEFAULT, cursor }: Asked,
): Promise<Result<z.infer<typeof selection>, "invalid_request">> {
  const scope = JSON.stringify([ctx.tenant.id, "selection", combine, selectors]);
  const offset = cursor === undefined ? 0 : readCursor(scope, cursor);
  if (offset === undefined) return foreignCursor;
  const { total, data } = await askIndex(
    ctx,
    async (index) => await index.select({ combine, selectors }, { offset, limit }),
  );
  const end = offset + data.length;
  const next = end < total && data.length > 0 && end <= OFFSET_MAX ? writeCursor(scope, end) : null;
  return ok({ total, data: data.map(onWire), next_cursor: next });
}

type Answer = Awaited<ReturnType<ReturnType<Env["SEARCH"]["getByName"]>["select"]>>;

function onWire({ card, available, score, reasons }: Answer["data"][number]): Selected {
  const { id, handle, title, vendor, type, tags, image, currency, price, priceMax } = card;
  const money = (amount: number) => ({ amount, currency });
  return {
    ...{ id, handle, title, vendor, type, tags, image, available },
    price_range: { min: money(price), max: money(priceMax) },
    score: rounded(score),
    reasons: reasons.map((it) => ({ ...it, strength: rounded(it.strength) })),
  };
}

const rounded = (share: number): number => Math.max(0.001, Math.round(share * 1_000) / 1_000);

const foreignCursor = refused("invalid_request", "cursor: Not a cursor of this list.", {
  errors: [{ field: "cursor", code: "invalid_cursor", detail: "Not a cursor of this list." }],
});
