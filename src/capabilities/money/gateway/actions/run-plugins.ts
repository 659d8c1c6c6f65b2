import { changeKept, Kept } from "../../../../platform/cache/kept.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { log } from "../../../../platform/log.ts";
import { Memory } from "../../../../platform/memory.ts";
import { type Refused, refused } from "../../../../platform/result.ts";
import { pluginOf } from "../plugins/known.ts";
import type { Passing, ReadyPlugin } from "../plugins/plugin.ts";
import type { PluginRow } from "../schema.ts";
import { readPluginRows } from "../store.ts";

/** A change is live everywhere when both are over; where it was made, at once. */
const FRESH_MS = 2_000;
const STALE_MS = 2_000;
const SHOPS_MAX = 5_000;

const byTenant = new Kept<readonly ReadyPlugin[]>({
  name: "gateway-plugins",
  freshMs: FRESH_MS,
  staleMs: STALE_MS,
  entriesMax: SHOPS_MAX,
  sharedSeconds: 0,
});

/** Shops without plug-ins: their calls find them here and are done. */
const quiet = new Memory<true>(FRESH_MS, SHOPS_MAX);

/** How a call came through the shop's plug-ins. */
export interface Passage {
  refusal?: Refused<"unauthenticated" | "rate_limited">;
  /** Tells the plug-ins that were reached, and the answer which these were. */
  close: (answer: Response) => Response;
}

/** Runs the shop's plug-ins in their order; undefined where it has none. A plug-in may say who calls: `ctx.actor` is that from then on. */
export async function runPlugins(ctx: Ctx, call: Passing): Promise<Passage | undefined> {
  if (quiet.get(ctx.tenant.id) || ctx.tenant.id === "") return undefined;
  const plugins = await byTenant.read(ctx, ctx.tenant.id, {
    load: async () => (await readPluginRows(ctx.env, ctx.tenant.id)).flatMap(ready),
  });
  if (plugins.length === 0) {
    quiet.set(ctx.tenant.id, true);
    return undefined;
  }
  const reached: ReadyPlugin[] = [];
  for (const plugin of plugins) {
    reached.push(plugin);
    const verdict = await plugin.before?.(ctx, call);
    if (verdict && "ok" in verdict) return { refusal: verdict, close: (answer) => close(ctx, call, reached, answer) };
    if (!verdict) continue;
    ctx.actor = verdict.actor;
    delete ctx.strangeToken;
  }
  return { close: (answer) => close(ctx, call, reached, answer) };
}

function close(ctx: Ctx, call: Passing, reached: readonly ReadyPlugin[], answer: Response): Response {
  for (const plugin of reached) plugin.after?.(ctx, call, answer);
  // A socket's answer comes from its object and stays as it is.
  if (answer.status === 101) return answer;
  const names = reached.map((it) => `${it.name}@${it.version}`).join(" ");
  answer.headers.append("server-timing", `plugins;desc="${names}"`);
  return answer;
}

/** A plug-in whose stored metadata no longer fits its version is left out, never half run; jwt-auth then lets nobody in. */
function ready(row: PluginRow): ReadyPlugin[] {
  if (!row.isEnabled) return [];
  const bound = pluginOf(row.name, row.version)?.ready(row.metadata);
  if (bound?.ok) return [bound.value];
  log("error", "plugin_unreadable", { tenant: row.tenantId, plugin: row.name, version: row.version });
  return [];
}

/** A change of a shop's plug-ins, after which this isolate reads them anew. */
export async function changePlugins<Answer>(ctx: Ctx, change: () => Promise<Answer>): Promise<Answer> {
  const answer = await changeKept(ctx, { kept: [{ of: byTenant, keys: [ctx.tenant.id] }], tags: [] }, change);
  quiet.forget(ctx.tenant.id);
  return answer;
}

/** A token that no plug-in knew. */
export const strangeToken = refused("unauthenticated", "This key or token is unknown, expired or revoked.");
