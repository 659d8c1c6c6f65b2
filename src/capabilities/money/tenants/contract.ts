import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";
import { isTimeZone } from "../../../platform/time.ts";

const billing = { meter: "tenants", rateLimit: 5, quotaScope: "per-tenant", tier: "enterprise" } as const;
const colour = z.string().regex(/^#[0-9a-f]{6}$/i, "Expected a colour such as #b4532a.");

export const tenantId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/, "3 to 32 of a-z, 0-9 and -, starting with a letter.");

const name = z.string().trim().min(1).max(80);

const settings = z.strictObject({
  payment_window_minutes: z.int().min(1).max(10_080),
  order_shards: z.int().min(1).max(64),
  reservation_rollout_percent: z.int().min(0).max(100),
  time_zone: z
    .string()
    .max(64)
    .refine(isTimeZone, "Expected an IANA time zone such as Asia/Shanghai.")
    .describe("In which the shop's pages tell times. Invoices are in UTC."),
  names: z
    .strictObject({ en: name.optional(), "zh-CN": name.optional() })
    .describe("The shop's name in languages where it has another; given anew as a whole."),
});

export const shop = z
  .object({
    id: tenantId,
    name: z.string(),
    currency: z.string(),
    locale: z.enum(["en", "zh-CN"]),
    theme: z.record(z.string(), z.string()),
    settings,
    state: z.enum(["trial", "active", "suspended", "closed"]),
    trial_ends_at: z.string().nullable(),
  })
  .openapi("Shop");

export const createShop = operation({
  id: "createShop",
  method: "post",
  path: "/tenants",
  summary: "Create a shop and its first staff key, which is shown once",
  who: "operator",
  body: z.strictObject({
    id: tenantId,
    name,
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .refine((code) => Intl.supportedValuesOf("currency").includes(code), "Expected an ISO 4217 code."),
    locale: z.enum(["en", "zh-CN"]),
    theme: z.strictObject({ accent: colour.optional(), accent_dark: colour.optional() }).default({}),
    settings: settings.partial().default({}),
    trial_days: z.int().min(1).max(365).optional(),
  }),
  example: { id: "lamps", name: "Lamps", currency: "EUR", locale: "en", trial_days: 30 },
  answer: { status: 201, shape: z.object({ shop, api_key: z.string() }).openapi("NewShop") },
  refusals: { shop_exists: 409 },
  billing,
});

export const readShop = operation({
  id: "readShop",
  method: "get",
  path: "/shop",
  summary: "The shop that answers on this host",
  who: "visitor",
  keepsPromise: true,
  answer: { status: 200, shape: shop },
  refusals: {},
  billing: { ...billing, tier: "basic", rateLimit: 50 },
});

export const changeSettings = operation({
  id: "changeSettings",
  method: "patch",
  path: "/shop/settings",
  summary: "Change the shop's settings; live everywhere within seconds",
  who: "staff",
  scope: "tenants:write",
  body: settings.partial(),
  example: { payment_window_minutes: 60, time_zone: "Asia/Shanghai" },
  answer: { status: 200, shape: shop },
  refusals: {},
  billing,
});
