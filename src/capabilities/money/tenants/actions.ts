import type { z } from "@hono/zod-openapi";
import { commit } from "../../../platform/commit.ts";
import type { Ctx, Tenant, TenantSettings } from "../../../platform/context.ts";
import { Memory } from "../../../platform/memory.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";
import { makeKey, type NewKey } from "../keys/actions.ts";
import type * as contract from "./contract.ts";
import { allTenantIds, insertTenant, readTenant, tenantIdOfHost, writeSettings } from "./store.ts";

/** Settings are live everywhere within this time. */
const TENANT_LIFE_MS = 5_000;
const HOSTS_MAX = 5_000;
const DAY_MS = 86_400_000;

const DEFAULT_SETTINGS: TenantSettings = { paymentWindowMinutes: 120, orderShards: 2, reservationRolloutPercent: 100 };

/** The shop's own: it may do everything and is neither limited nor charged. */
const FIRST_KEY = {
  name: "First key",
  mode: "live",
  plan: "house",
  scopes: ["*"],
  spendCapMicros: null,
} satisfies NewKey;

const byId = new Memory<Tenant | null>(TENANT_LIFE_MS, HOSTS_MAX);
const byHost = new Memory<Tenant | null>(TENANT_LIFE_MS, HOSTS_MAX);

export const tenantById = (env: Env, id: string): Promise<Tenant | null> => byId.read(id, () => readTenant(env, id));

export const tenantByHost = (env: Env, host: string): Promise<Tenant | null> =>
  byHost.read(host, async () => {
    const id = shopOfHost(env, host) ?? (await tenantIdOfHost(env, host));
    return id ? readTenant(env, id) : null;
  });

/** What was read of a shop is forgotten here at once; elsewhere it ends with its lifetime. */
export function forgetShop(tenantId: string): void {
  byId.forget(tenantId);
  byHost.clear();
}

export const tenantIds = (env: Env): Promise<string[]> => allTenantIds(env);

function shopOfHost(env: Env, host: string): string | undefined {
  if (host === env.PLATFORM_DOMAIN || host === "127.0.0.1") return env.DEFAULT_SHOP;
  const suffix = `.${env.PLATFORM_DOMAIN}`;
  return host.endsWith(suffix) ? host.slice(0, -suffix.length) : undefined;
}

type NewShop = { shop: z.infer<typeof contract.shop>; api_key: string };

export async function createShop(
  ctx: Ctx,
  input: z.infer<NonNullable<typeof contract.createShop.body>>,
): Promise<Result<NewShop, "shop_exists">> {
  if (await readTenant(ctx.env, input.id)) return refused("shop_exists", `There is a shop ${input.id} already.`);
  const tenant: Tenant = {
    id: input.id,
    name: input.name,
    currency: input.currency,
    locale: input.locale,
    theme: dropUndefined(input.theme),
    settings: mergeSettings(DEFAULT_SETTINGS, input.settings),
    state: input.trial_days === undefined ? "active" : "trial",
    trialEndsAt: input.trial_days === undefined ? null : ctx.now() + input.trial_days * DAY_MS,
    off: new Set(),
  };
  const first = makeKey(ctx.env, tenant.id, FIRST_KEY, ctx.now());
  try {
    await commit(ctx, [insertTenant(ctx.env, tenant, ctx.now()), first.row]);
  } catch (error) {
    if (await readTenant(ctx.env, input.id)) return refused("shop_exists", `There is a shop ${input.id} already.`);
    throw error;
  }
  forgetShop(tenant.id);
  return ok({ shop: onWire(tenant), api_key: first.text });
}

export const readShop = async (ctx: Ctx): Promise<Result<z.infer<typeof contract.shop>>> => ok(onWire(ctx.tenant));

export async function changeSettings(
  ctx: Ctx,
  input: z.infer<NonNullable<typeof contract.changeSettings.body>>,
): Promise<Result<z.infer<typeof contract.shop>>> {
  const tenant = { ...ctx.tenant, settings: mergeSettings(ctx.tenant.settings, input) };
  await commit(ctx, [writeSettings(ctx.env, tenant)]);
  forgetShop(tenant.id);
  return ok(onWire(tenant));
}

const mergeSettings = (
  old: TenantSettings,
  wish: NonNullable<z.infer<NonNullable<typeof contract.changeSettings.body>>>,
): TenantSettings => ({
  paymentWindowMinutes: wish.payment_window_minutes ?? old.paymentWindowMinutes,
  orderShards: wish.order_shards ?? old.orderShards,
  reservationRolloutPercent: wish.reservation_rollout_percent ?? old.reservationRolloutPercent,
  timeZone: wish.time_zone ?? old.timeZone,
  names: wish.names ?? old.names,
});

const dropUndefined = (theme: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(theme).filter((entry): entry is [string, string] => entry[1] !== undefined));

export const onWire = (tenant: Tenant): z.infer<typeof contract.shop> => {
  const { settings, id, name, currency, locale, theme, state, trialEndsAt } = tenant;
  return {
    id,
    name,
    currency,
    locale,
    theme,
    state,
    trial_ends_at: trialEndsAt === null ? null : new Date(trialEndsAt).toISOString(),
    settings: {
      payment_window_minutes: settings.paymentWindowMinutes,
      order_shards: settings.orderShards,
      reservation_rollout_percent: settings.reservationRolloutPercent ?? 100,
      time_zone: settings.timeZone ?? "UTC",
      names: settings.names ?? {},
    },
  };
};
