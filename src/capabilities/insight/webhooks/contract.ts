import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";

const URL_CHARACTERS_MAX = 2_000;
const EVENTS_MAX = 50;
const TYPE_CHARACTERS_MAX = 64;
const PAGE_MAX = 100;
const PAGE = 25;
const CURSOR_CHARACTERS_MAX = 300;
/** A replaced secret goes on to sign this long. */
const OVERLAP_HOURS = 24;
const OVERLAP_HOURS_MAX = 24 * 7;

const billing = { meter: "webhooks", rateLimit: 10, quotaScope: "per-tenant", tier: "basic" } as const;
const toRead = { who: "staff", scope: "webhooks:read", billing } as const;
const toWrite = { ...toRead, scope: "webhooks:write" } as const;

/** Who or what switched an endpoint off: staff, the receiver by 410, or five days of failures. */
export const disabledReasons = ["staff", "gone", "failing"] as const;
export const deliveryStates = ["waiting", "delivered", "dead"] as const;
/** Why a try was no delivery. */
export const failures = [
  "refused",
  "redirected",
  "timed_out",
  "unreachable",
  "unresolved",
  "forbidden_address",
  "payload_too_large",
] as const;
export type Failure = (typeof failures)[number];

const url = z.string().min(1).max(URL_CHARACTERS_MAX);
const events = z.array(z.string().min(1).max(TYPE_CHARACTERS_MAX)).min(1).max(EVENTS_MAX);
const description = z.string().trim().max(200);
const page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE),
  cursor: z.string().max(CURSOR_CHARACTERS_MAX).optional(),
});
const params = z.object({ id: z.string().max(64) });
const deliveryParams = params.extend({ delivery_id: z.string().max(64) });

export const endpoint = z
  .object({
    id: z.string(),
    url: z.string(),
    description: z.string(),
    events: z.array(z.string()),
    enabled: z.boolean(),
    disabled_reason: z.enum(disabledReasons).nullable(),
    disabled_at: z.string().nullable(),
    created_at: z.string(),
  })
  .openapi("WebhookEndpoint");

export const endpointWithHealth = endpoint
  .extend({
    health: z.object({
      breaker: z
        .enum(["closed", "open", "half_open"])
        .describe(
          "`open`: it failed too often in a row and is left alone; `half_open`: one try probes whether it is back.",
        ),
      failures_in_a_row: z.int(),
      failing_since: z.string().nullable(),
      rests_until: z.string().nullable(),
      waiting: z.int(),
      dead: z.int(),
    }),
  })
  .openapi("WebhookEndpointWithHealth");

export const newEndpoint = z
  .object({ endpoint, secret: z.string().openapi({ example: "whsec_..." }) })
  .openapi("NewWebhookEndpoint");

export const attempt = z
  .object({
    attempt: z.int(),
    at: z.string(),
    status: z.int().nullable().describe("Null: there was no answer."),
    ms: z.int(),
    failure: z.enum(failures).nullable(),
    answer: z.string().describe("The first 1,024 bytes of the answer."),
  })
  .openapi("WebhookAttempt");

export const delivery = z
  .object({
    id: z.string().describe("The event's id, which is the `webhook-id` of every try."),
    type: z.string(),
    happened_at: z.string(),
    state: z.enum(deliveryStates),
    attempts: z.int(),
    next_attempt_at: z.string().nullable(),
    last_attempt: z.union([attempt, z.null()]),
  })
  .openapi("WebhookDelivery");

/** With the body as it is sent and the latest tries, newest first. */
export const deliveryWithAttempts = delivery
  .extend({ body: z.string(), log: z.array(attempt) })
  .openapi("WebhookDeliveryWithAttempts");

export const createEndpoint = operation({
  ...toWrite,
  id: "createWebhookEndpoint",
  method: "post",
  path: "/webhook-endpoints",
  summary: "Have events sent to a URL, signed by Standard Webhooks; the secret is shown once",
  description:
    "It hears of what happens from five seconds after it was made. Deliveries come at least once and in any order; the same event has " +
    "the same webhook-id. Only 2xx within five seconds is a delivery, all else is tried again for three days; 410 switches it off.",
  body: z.strictObject({ url, events, description: description.default("") }),
  example: {
    url: "https://hooks.example.com/souk",
    events: ["order.paid", "order.cancelled"],
    description: "Warehouse",
  },
  answer: { status: 201, shape: newEndpoint },
  refusals: { invalid_request: 422, too_many_endpoints: 409 },
});

export const listEndpoints = operation({
  ...toRead,
  id: "listWebhookEndpoints",
  method: "get",
  path: "/webhook-endpoints",
  summary: "The shop's webhook endpoints, newest first",
  query: page,
  answer: { status: 200, shape: z.object({ data: z.array(endpoint), next_cursor: z.string().nullable() }) },
  refusals: { invalid_request: 422 },
});

export const readEndpoint = operation({
  ...toRead,
  id: "readWebhookEndpoint",
  method: "get",
  path: "/webhook-endpoints/{id}",
  summary: "A webhook endpoint and how it answers",
  params,
  answer: { status: 200, shape: endpointWithHealth },
  refusals: { unknown_endpoint: 404 },
});

export const changeEndpoint = operation({
  ...toWrite,
  id: "changeWebhookEndpoint",
  method: "patch",
  path: "/webhook-endpoints/{id}",
  summary: "Change URL, events or description of a webhook endpoint, or switch it off and on",
  description: "Switched off, its waiting deliveries become dead letters, which can be sent again once it is on.",
  params,
  body: z.strictObject({ url, events, description, enabled: z.boolean() }).partial(),
  example: { events: ["order.paid"], enabled: true },
  answer: { status: 200, shape: endpoint },
  refusals: { invalid_request: 422, unknown_endpoint: 404 },
});

export const deleteEndpoint = operation({
  ...toWrite,
  id: "deleteWebhookEndpoint",
  method: "delete",
  path: "/webhook-endpoints/{id}",
  summary: "Delete a webhook endpoint with its deliveries",
  params,
  answer: { status: 204 },
  refusals: { unknown_endpoint: 404 },
});

export const rotateSecret = operation({
  ...toWrite,
  id: "rotateWebhookSecret",
  method: "post",
  path: "/webhook-endpoints/{id}/rotate-secret",
  summary: "Give a webhook endpoint a new secret, shown once",
  description: "The old secret signs too for old_valid_hours, so a receiver with either accepts every delivery.",
  params,
  body: z.strictObject({ old_valid_hours: z.int().min(0).max(OVERLAP_HOURS_MAX).default(OVERLAP_HOURS) }),
  example: { old_valid_hours: 24 },
  answer: { status: 200, shape: z.object({ secret: z.string(), old_valid_until: z.string() }) },
  refusals: { unknown_endpoint: 404, too_many_secrets: 409, changed_meanwhile: 409 },
});

export const testEndpoint = operation({
  ...toWrite,
  id: "testWebhookEndpoint",
  method: "post",
  path: "/webhook-endpoints/{id}/test",
  summary: "Send the event webhook.test now, once, and answer how it went",
  params,
  answer: { status: 200, shape: z.object({ delivered: z.boolean(), delivery: deliveryWithAttempts }) },
  refusals: { unknown_endpoint: 404 },
});

export const listDeliveries = operation({
  ...toRead,
  id: "listWebhookDeliveries",
  method: "get",
  path: "/webhook-endpoints/{id}/deliveries",
  summary: "What an endpoint was sent and will be, newest first, each with its latest try",
  description: "Kept for 30 days. `dead` ones are tried no more unless they are replayed.",
  params,
  query: page.extend({ state: z.enum(deliveryStates).optional() }),
  answer: { status: 200, shape: z.object({ data: z.array(delivery), next_cursor: z.string().nullable() }) },
  refusals: { invalid_request: 422, unknown_endpoint: 404 },
});

export const readDelivery = operation({
  ...toRead,
  id: "readWebhookDelivery",
  method: "get",
  path: "/webhook-endpoints/{id}/deliveries/{delivery_id}",
  summary: "A delivery with its body and its latest tries",
  params: deliveryParams,
  answer: { status: 200, shape: deliveryWithAttempts },
  refusals: { unknown_endpoint: 404, unknown_delivery: 404 },
});

export const replayDelivery = operation({
  ...toWrite,
  id: "replayWebhookDelivery",
  method: "post",
  path: "/webhook-endpoints/{id}/deliveries/{delivery_id}/replay",
  summary: "Send a delivery again, under the same webhook-id",
  params: deliveryParams,
  answer: { status: 202, shape: delivery },
  refusals: { unknown_endpoint: 404, unknown_delivery: 404, endpoint_disabled: 409 },
});

export const replayDeliveries = operation({
  ...toWrite,
  id: "replayWebhookDeliveries",
  method: "post",
  path: "/webhook-endpoints/{id}/replays",
  summary: "Send all deliveries again whose events happened in a range of time",
  params,
  body: z.strictObject({
    from: z.iso.datetime(),
    to: z.iso.datetime().describe("Not included."),
    states: z
      .array(z.enum(["delivered", "dead"]))
      .min(1)
      .max(2)
      .default(["dead"]),
  }),
  example: { from: "2030-01-31T08:00:00Z", to: "2030-01-31T09:00:00Z", states: ["dead"] },
  answer: { status: 202, shape: z.object({ replayed: z.int() }) },
  refusals: { unknown_endpoint: 404, endpoint_disabled: 409 },
});

export const listEventTypes = operation({
  ...toRead,
  id: "listWebhookEventTypes",
  method: "get",
  path: "/webhook-event-types",
  summary: "The types of events that an endpoint may ask for",
  answer: { status: 200, shape: z.object({ data: z.array(z.object({ type: z.string(), summary: z.string() })) }) },
  refusals: {},
});
