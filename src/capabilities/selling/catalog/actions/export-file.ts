import type { Ctx } from "../../../../platform/context.ts";
import { minorDigits } from "../../../../platform/money.ts";
import { ok, type Result } from "../../../../platform/result.ts";
import { writeRecord } from "../rules/scan-records.ts";
import { fileColumns, writeRows } from "../rules/write-rows.ts";
import { readExtraColumns, readInHandleOrder } from "../store/products.ts";

/** Products held at once. */
const PAGE = 100;

/** The catalogue as a stream: a page of products is read when the caller has taken the one before. */
export async function exportCatalog(ctx: Ctx): Promise<Result<ReadableStream<Uint8Array>>> {
  const columns = fileColumns(await readExtraColumns(ctx.env, ctx.tenant.id));
  const digits = minorDigits(ctx.tenant.currency);
  const encoder = new TextEncoder();
  let after = "";
  return ok(
    new ReadableStream({
      start: (controller) => controller.enqueue(encoder.encode(writeRecord(columns))),
      async pull(controller) {
        const page = await readInHandleOrder(ctx.env, ctx.tenant.id, after, PAGE);
        const last = page.at(-1);
        if (last) controller.enqueue(encoder.encode(page.map((it) => writeRows(it, columns, digits)).join("")));
        if (!last || page.length < PAGE) return controller.close();
        after = last.product.handle;
      },
    }),
  );
}
