import type { z } from "@hono/zod-openapi";
import type { KeptDrift } from "../../../../durable-objects/drift-book.ts";
import type { Ctx } from "../../../platform/context.ts";
import { callObject } from "../../../platform/objects.ts";
import { exposition } from "../../../platform/prometheus.ts";
import { ok, type Result } from "../../../platform/result.ts";
import { sign, verify } from "../../../platform/signatures.ts";
import { stockedSkus } from "../../selling/stock/actions/mirror.ts";
import * as contract from "./contract.ts";
import { metricsOf } from "./rules/metrics.ts";
import { availableIn, type CopyName, copyNames, type Reason, ratioOf, reasons, type Said } from "./rules.ts";

type Report = z.infer<typeof contract.report>;
type Stub = ReturnType<Env["MONITOR"]["getByName"]>;

const PAGE_PATH = "/monitor/stock";
const LINK = "stock-monitor";
const HOUR_MS = 3_600_000;

/** How the shop's copies stand with its counters. Asking starts the watch if it rests. */
export async function readConsistency(ctx: Ctx): Promise<Result<Report>> {
  await watchStock(ctx);
  return ok(await readReport(ctx));
}

/** The report without any effect. */
export const readReport = async (ctx: Ctx): Promise<Report> =>
  onWire(await askMonitor(ctx, async (stub) => await stub.report()));

export async function checkConsistency(ctx: Ctx): Promise<Result<Report>> {
  await askMonitor(ctx, async (stub) => await stub.check());
  return readConsistency(ctx);
}

export async function readMetrics(ctx: Ctx): Promise<Result<string>> {
  const report = await readReport(ctx);
  return ok(exposition(metricsOf(report, ctx.tenant.id)));
}

/** Every minute: the watch of a shop with stock runs, also after a loss of its alarm. */
export async function watchStock(ctx: Ctx): Promise<void> {
  const stocked = await stockedSkus(ctx, "", 1);
  if (stocked.length > 0) await askMonitor(ctx, async (stub) => await stub.wake());
}

/** The page tells quantities of all SKUs, so it opens by staff's link only, and the link ends. */
export async function createLink(
  ctx: Ctx,
  { hours }: { hours: number },
): Promise<Result<{ url: string; expires_at: string }>> {
  const expiresAt = Math.floor((ctx.now() + hours * HOUR_MS) / 1000) * 1000;
  const until = expiresAt / 1000;
  const url = new URL(PAGE_PATH, ctx.origin);
  url.searchParams.set("until", String(until));
  url.searchParams.set("signature", sign(ctx.env.SOUK_SECRET, LINK, `${ctx.tenant.id}\n${until}`));
  return ok({ url: url.href, expires_at: new Date(expiresAt).toISOString() });
}

/** Whether a link to the page was made by this shop's staff and has not ended. */
export function isOpenLink(ctx: Ctx, query: Record<string, string>): boolean {
  const link = contract.linkQuery.safeParse(query);
  if (!link.success || link.data.until * 1000 <= ctx.now()) return false;
  return verify(ctx.env.SOUK_SECRET, LINK, `${ctx.tenant.id}\n${link.data.until}`, link.data.signature);
}

const askMonitor = <Answer>(ctx: Ctx, ask: (stub: Stub) => Promise<Answer>): Promise<Answer> =>
  callObject(() => ctx.env.MONITOR.getByName(ctx.tenant.id), ask);

function onWire({ running, shards, totals, drifts, ever, recent }: Awaited<ReturnType<Stub["report"]>>): Report {
  const sum = (of: "skus" | "lagging" | "drifted") => shards.reduce((all, it) => all + it[of], 0);
  return {
    running,
    ratio: ratioOf(sum("skus") - sum("drifted"), sum("skus")),
    skus: shards.find((it) => it.shard === null)?.skus ?? 0,
    lagging: sum("lagging"),
    checks: ever,
    checked_at: asTime(recent.at(-1)?.at ?? null),
    shards: shards.map(({ shard, skus, drifted }) => ({ shard, skus, ratio: ratioOf(skus - drifted, skus) })),
    mismatches: copyNames.flatMap((copy) =>
      reasons.map((reason) => {
        const found = totals.find((it) => it.copy === copy && it.reason === reason);
        return { copy, reason, total: found?.total ?? 0 };
      }),
    ),
    recent: recent.map((it) => ({ ...it, at: new Date(it.at).toISOString() })),
    drifts: drifts.map(driftOnWire),
  };
}

const driftOnWire = ({ id, sku, shard, copy, reason, seen, expected, foundAt, repairedAt }: KeptDrift) => ({
  id,
  sku,
  shard,
  copy: copyNames.find((it): it is CopyName => it === copy) ?? copyNames[0],
  reason: reasons.find((it): it is Reason => it === reason) ?? reasons[0],
  seen: levelOnWire(seen),
  expected: levelOnWire(expected),
  found_at: new Date(foundAt).toISOString(),
  repaired_at: asTime(repairedAt),
});

function levelOnWire(said: Said | null) {
  if (!said) return null;
  const { version } = said;
  const parts = "available" in said ? { onHand: null, reserved: null, sold: null } : said;
  return { available: availableIn(said), on_hand: parts.onHand, reserved: parts.reserved, sold: parts.sold, version };
}

const asTime = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
