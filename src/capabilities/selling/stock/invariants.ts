import type { Ctx } from "../../../platform/context.ts";
import { brokenLevels } from "./rules.ts";
import { mirroredSkus, readLevels } from "./store.ts";

const PAGE = 200;
/** A hold may outlive its end by this much: the alarm may come late. */
const LATE_MS = 60_000;

/** Every counter's levels equal the sums of its movements and holds, no hold is overdue, and the mirror is not ahead. */
export async function countersKeepTheirBooks(ctx: Ctx): Promise<string[]> {
  const broken: string[] = [];
  let after = "";
  for (;;) {
    const skus = await mirroredSkus(ctx.env, ctx.tenant.id, after, PAGE);
    const mirrored = await readLevels(ctx.env, ctx.tenant.id, skus);
    const audits = await Promise.all(skus.map((sku) => ctx.env.STOCK.getByName(`${ctx.tenant.id}:${sku}`).audit()));
    for (const [i, sku] of skus.entries()) {
      const flaws = flawsOf(audits[i], mirrored.get(sku)?.version ?? 0, ctx.now());
      broken.push(...flaws.map((flaw) => `${sku}: ${flaw}`));
    }
    after = skus.at(-1) ?? "";
    if (skus.length < PAGE) return broken;
  }
}

type Audit = Awaited<ReturnType<ReturnType<Env["STOCK"]["getByName"]>["audit"]>>;

function flawsOf(audit: Audit, mirrored: number, now: number): string[] {
  if (!audit) return ["mirrored, but its counter holds nothing"];
  const { levels, put } = audit;
  const flaws = audit.counters.flatMap((counter) =>
    flawsOfCounter(counter.audit, now).map((flaw) => (audit.counters.length > 1 ? `${counter.name}: ${flaw}` : flaw)),
  );
  if (put !== levels.onHand + levels.sold)
    flaws.push(`${put} units were put in, ${levels.onHand} are on hand and ${levels.sold} sold`);
  if (mirrored > audit.version) flaws.push(`the mirror is at ${mirrored}, the counter at ${audit.version}`);
  return flaws;
}

function flawsOfCounter(audit: NonNullable<Audit>["counters"][number]["audit"], now: number): string[] {
  const flaws = brokenLevels(audit.levels);
  if (audit.moved !== audit.levels.onHand)
    flaws.push(`movements sum to ${audit.moved}, on hand is ${audit.levels.onHand}`);
  if (audit.held !== audit.levels.reserved)
    flaws.push(`holds sum to ${audit.held}, reserved is ${audit.levels.reserved}`);
  if (audit.confirmed !== audit.levels.sold || audit.sold !== audit.levels.sold)
    flaws.push(`confirmed holds sum to ${audit.confirmed}, sold is ${audit.levels.sold}`);
  if (audit.overdue > 0 && audit.overdue < now - LATE_MS) flaws.push("a hold outlived its end");
  return flaws;
}
