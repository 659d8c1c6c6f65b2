import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";
import { PLUGINS } from "./plugins/plugin.ts";

const PAGE_MAX = 100;
const PAGE = 50;
const CURSOR_CHARACTERS_MAX = 300;
const ORDER_MAX = 10_000;
const METADATA_MEMBERS_MAX = 50;

const billing = { meter: "gateway", rateLimit: 10, quotaScope: "per-tenant", tier: "basic" } as const;
const reads = { who: "staff", scope: "gateway:read", method: "get", billing } as const;

const metadata = z
  .record(z.string().max(64), z.unknown())
  .refine((given) => Object.keys(given).length <= METADATA_MEMBERS_MAX, `At most ${METADATA_MEMBERS_MAX} members.`);

export const plugin = z
  .object({
    name: z.enum(PLUGINS),
    summary: z.string(),
    enabled: z.boolean(),
    version: z.int(),
    versions: z.array(z.object({ version: z.int(), metadata: z.record(z.string(), z.unknown()) })),
    order: z.int(),
    metadata: z.record(z.string(), z.unknown()),
    changed_at: z.string().nullable(),
    changed_by: z.string().nullable(),
  })
  .openapi("GatewayPlugin");

const params = z.object({ name: z.string().max(64) });

export const listPlugins = operation({
  ...reads,
  id: "listGatewayPlugins",
  path: "/gateway/plugins",
  summary: "The gateway's plug-ins in the order in which they run, those that are off as well",
  description: "`versions` holds each version's metadata as a JSON Schema.",
  answer: { status: 200, shape: z.object({ data: z.array(plugin) }) },
  refusals: {},
});

export const readPlugin = operation({
  ...reads,
  id: "readGatewayPlugin",
  path: "/gateway/plugins/{name}",
  summary: "One plug-in",
  params,
  answer: { status: 200, shape: plugin },
  refusals: { unknown_plugin: 404 },
});

export const putPlugin = operation({
  id: "putGatewayPlugin",
  method: "put",
  path: "/gateway/plugins/{name}",
  summary: "Switch a plug-in on or off, order and set it; live everywhere within 4 seconds, without a restart",
  description:
    "Every API call of the shop passes the plug-ins that are on, the lowest order first, before it is authorised. A plug-in sees only " +
    "what the ones before it let through. jwt-auth never gives more scopes than the key that sets it has.",
  who: "staff",
  scope: "gateway:write",
  params,
  body: z.strictObject({
    enabled: z.boolean(),
    version: z.int().min(1).max(1_000),
    order: z.int().min(0).max(ORDER_MAX),
    metadata,
  }),
  example: { version: 1, enabled: true, order: 10, metadata: { limit: 100, seconds: 60 } },
  answer: { status: 200, shape: plugin },
  refusals: {
    unknown_plugin: 404,
    unknown_version: 422,
    invalid_request: 422,
    forbidden_address: 422,
    scope_exceeded: 403,
  },
  billing,
});

export const listAudited = operation({
  ...reads,
  id: "listGatewayAudit",
  path: "/gateway/audit",
  summary: "What the audit plug-in wrote down, latest first",
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE),
    cursor: z.string().max(CURSOR_CHARACTERS_MAX).optional(),
  }),
  answer: {
    status: 200,
    shape: z.object({
      data: z.array(
        z
          .object({
            id: z.string(),
            at: z.string(),
            operation: z.string(),
            caller: z.string(),
            status: z.int(),
            request_id: z.string(),
            arm: z.string(),
          })
          .openapi("AuditedCall"),
      ),
      next_cursor: z.string().nullable(),
    }),
  },
  refusals: { invalid_request: 422 },
});
