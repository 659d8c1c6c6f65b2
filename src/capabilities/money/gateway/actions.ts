import { z } from "@hono/zod-openapi";
import { commit } from "../../../platform/commit.ts";
import type { Ctx } from "../../../platform/context.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../platform/page-cursor.ts";
import { type FieldError, ok, type Result, refused } from "../../../platform/result.ts";
import { holdsScope } from "../../../platform/scopes.ts";
import { flawOfUrl } from "../../insight/webhooks/actions/fetch-public.ts";
import { changePlugins } from "./actions/run-plugins.ts";
import type * as contract from "./contract.ts";
import { pluginOf, versionsOf } from "./plugins/known.ts";
import { type MetadataFlaw, PLUGINS, type PluginName } from "./plugins/plugin.ts";
import type { AuditedRow, PluginRow } from "./schema.ts";
import { putPluginRow, readAudited, readPluginRows, removeAudited } from "./store.ts";

const ERRORS_MAX = 20;

type OnWire = z.infer<typeof contract.plugin>;

export async function listPlugins(ctx: Ctx): Promise<Result<{ data: OnWire[] }>> {
  const rows = await readPluginRows(ctx.env, ctx.tenant.id);
  const unset = PLUGINS.filter((name) => !rows.some((row) => row.name === name));
  return ok({ data: [...rows.map((row) => onWire(row.name, row)), ...unset.map((name) => onWire(name))] });
}

export async function readPlugin(ctx: Ctx, { name }: { name: string }): Promise<Result<OnWire, "unknown_plugin">> {
  const known = nameOf(name);
  if (!known) return unknownPlugin;
  const rows = await readPluginRows(ctx.env, ctx.tenant.id);
  return ok(
    onWire(
      known,
      rows.find((row) => row.name === known),
    ),
  );
}

type Wish = { name: string } & z.infer<NonNullable<typeof contract.putPlugin.body>>;
type Flaw = "unknown_plugin" | "unknown_version" | "invalid_request" | "forbidden_address" | "scope_exceeded";

export async function putPlugin(ctx: Ctx, wish: Wish): Promise<Result<OnWire, Flaw>> {
  const name = nameOf(wish.name);
  if (!name) return unknownPlugin;
  const plugin = pluginOf(name, wish.version);
  if (!plugin)
    return refused("unknown_version", `${name} has the versions ${versionsOf(name).map((it) => it.version)}.`);
  const bound = plugin.ready(wish.metadata);
  if (!bound.ok) return invalidMetadata(bound.issues);
  const flaws = (await bound.value.flaws?.()) ?? [];
  if (flaws.length > 0) return invalidMetadata(flaws);
  const url = wish.metadata["jwks_url"];
  const flaw = typeof url === "string" ? flawOfUrl(ctx.env, url) : undefined;
  if (flaw) return refused("forbidden_address", flaw.detail, { errors: [{ field: "metadata.jwks_url", ...flaw }] });
  if (ctx.actor.kind === "staff" && ctx.actor.sold)
    return refused("scope_exceeded", "A key on a paid plan does not set up the gateway. Use a key of the shop itself.");
  const excess = excessScopes(ctx, wish.metadata["scopes"]);
  if (excess.length > 0)
    return refused("scope_exceeded", `Your key lacks what tokens would have: ${excess.join(", ")}.`, {
      facts: { scopes: excess },
    });
  const row: PluginRow = {
    ...{ tenantId: ctx.tenant.id, name, version: wish.version, isEnabled: wish.enabled, position: wish.order },
    ...{ metadata: wish.metadata, changedAt: ctx.now() },
    changedBy: ctx.actor.kind === "staff" ? ctx.actor.keyId : ctx.actor.kind,
  };
  await changePlugins(ctx, () => commit(ctx, [putPluginRow(ctx.env, row)]));
  return ok(onWire(name, row));
}

/** Nobody gives away more than they have. */
function excessScopes({ actor }: Ctx, wished: unknown): string[] {
  const own = actor.kind === "staff" ? actor.scopes : [];
  return Array.isArray(wished) ? wished.filter((it) => !holdsScope(own, it)) : [];
}

function invalidMetadata(issues: readonly MetadataFlaw[]) {
  const errors = issues.slice(0, ERRORS_MAX).map(
    (it): FieldError => ({
      field: ["metadata", ...it.path].join(".").slice(0, 200),
      code: it.code,
      detail: it.message,
    }),
  );
  return refused("invalid_request", errors.map((it) => `${it.field}: ${it.detail}`).join(" "), { errors });
}

const auditedPlace = z.tuple([z.string()]);

export async function listAudited(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Result<{ data: ReturnType<typeof auditedOnWire>[]; next_cursor: string | null }, "invalid_request">> {
  const list = `${ctx.tenant.id} gateway audit`;
  const [before] = (cursor !== undefined && readCursor(list, auditedPlace, cursor)) || [];
  if (cursor !== undefined && before === undefined) return foreignCursor;
  const found = await readAudited(ctx.env, ctx.tenant.id, { limit: limit + 1, ...(before && { before }) });
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return ok({ data: page.map(auditedOnWire), next_cursor: last ? writeCursor(list, [last.id]) : null });
}

/** Calls whose days are over. */
export const forgetAudited = (ctx: Ctx): Promise<void> =>
  commit(ctx, [removeAudited(ctx.env, ctx.tenant.id, ctx.now())]);

const nameOf = (text: string): PluginName | undefined => PLUGINS.find((it) => it === text);

function onWire(name: PluginName, row?: PluginRow): OnWire {
  const versions = versionsOf(name);
  return {
    name,
    summary: versions.at(-1)?.summary ?? "",
    enabled: row?.isEnabled ?? false,
    version: row?.version ?? versions.at(-1)?.version ?? 1,
    versions: versions.map(({ version, shape }) => ({ version, metadata: z.toJSONSchema(shape, { io: "input" }) })),
    order: row?.position ?? 0,
    metadata: row?.metadata ?? {},
    changed_at: row ? new Date(row.changedAt).toISOString() : null,
    changed_by: row?.changedBy ?? null,
  };
}

const auditedOnWire = ({ id, at, operation, caller, status, requestId, arm }: AuditedRow) => ({
  ...{ id, at: new Date(at).toISOString(), operation, caller, status, request_id: requestId, arm },
});

const unknownPlugin = refused("unknown_plugin", `There are the plug-ins ${PLUGINS.join(", ")}.`);
