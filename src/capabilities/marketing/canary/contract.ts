import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";

const PAGE_MAX = 50;
const PREVIEW_MINUTES_MAX = 1_440;
export const PREVIEW_SECONDS_MAX = PREVIEW_MINUTES_MAX * 60;
/** Holds the token of a preview link. */
export const PREVIEW_COOKIE = "canary-preview";
/** The arm of everybody whom no rule sends elsewhere. */
export const CONTROL = "control";

/** As the `X-Gray-Tag` header carries it. */
export const tagOf = (arm: string): string => `ab:${arm}`;

const billing = { meter: "canary_rules", rateLimit: 10, quotaScope: "per-tenant", tier: "premium" } as const;
const writes = { who: "staff", scope: "canary:write", billing } as const;
const reads = { who: "staff", scope: "canary:read", billing: { ...billing, rateLimit: 50 } } as const;

/** Lower-case words joined by dashes; `control` is what everybody else is in. */
export const armName = z
  .string()
  .regex(/^(?!control$)[a-z][a-z0-9-]{0,31}$/, "1 to 32 of a-z, 0-9 and -, starting with a letter, and not control.");

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, "Expected a colour such as #b4532a.");

/** What a shop is otherwise in an arm; everything that is not named stays as it is. */
const overlay = z.strictObject({
  theme: z.strictObject({ accent: colour.optional(), accent_dark: colour.optional() }).optional(),
  payment_window_minutes: z.int().min(1).max(10_080).optional(),
});

/** When an arm is switched off by itself, judged over the last 30 s of its requests. */
const guard = z.strictObject({
  max_error_percent: z.int().min(0).max(100).default(5).describe("Answers of 500 and above, and no answer at all."),
  slow_ms: z.int().min(10).max(30_000).default(2_000),
  max_slow_percent: z.int().min(0).max(100).default(20).describe("Answers that took longer than slow_ms."),
  min_calls: z.int().min(1).max(10_000).default(10).describe("Fewer requests say nothing, but for 5 errors in a row."),
});

const terms = z.strictObject({
  name: z.string().trim().min(1).max(80),
  when: z.string().min(1).describe("A condition in the rule language (CEL), of at most 2,048 characters."),
  position: z
    .int()
    .min(0)
    .max(10_000)
    .describe("Rules are asked from the lowest position up; the first that is true decides."),
  target: z.enum(["feature", "canary"]).describe("feature: this Worker with the overlay. canary: the canary Worker."),
  arm: armName,
  overlay: overlay.nullable(),
  guard,
  enabled: z.boolean(),
});

export const rule = terms
  .extend({
    id: z.string(),
    off: z
      .object({ at: z.string(), why: z.string() })
      .nullable()
      .describe("Why the guard switched it off, until enabled again."),
    created_at: z.string(),
    changed_at: z.string(),
  })
  .openapi("CanaryRule");

export const ruleWithCalls = rule
  .extend({ lately: z.object({ seconds: z.int(), calls: z.int(), failed: z.int(), slow: z.int() }) })
  .openapi("CanaryRuleWithCalls");

export const preview = z
  .object({ url: z.string(), leave_url: z.string(), expires_at: z.string() })
  .openapi("CanaryPreview");

const ruleId = z.string().regex(/^car_[0-9a-z]{26}$/, "Not a rule's id.");
const params = z.object({ id: ruleId });

export const createRule = operation({
  ...writes,
  id: "createCanaryRule",
  method: "post",
  path: "/canary/rules",
  summary: "Send some requests into an arm; live everywhere within 3 seconds",
  description:
    "`when` may name: headers.get(name), country, region, device (ios, android, web), tier, tenant, channel, version, path, bucket " +
    "(0 to 100, sticky for each visitor and rule), and version.atLeast(text). Requests, answers, orders and events of the arm carry " +
    "`X-Gray-Tag: ab:<arm>`.",
  body: terms.extend({
    position: terms.shape.position.default(100),
    overlay: terms.shape.overlay.default(null),
    guard: guard.default(guard.parse({})),
    enabled: terms.shape.enabled.default(true),
  }),
  example: {
    name: "Next release",
    when: 'headers.get("X-Canary") == "true" || bucket < 5',
    target: "canary",
    arm: "next",
    guard: { max_error_percent: 5 },
  },
  answer: { status: 201, shape: rule },
  refusals: { invalid_expression: 422, overlay_unwanted: 422, arm_differs: 409, too_many_rules: 409 },
});

export const listRules = operation({
  ...reads,
  id: "listCanaryRules",
  method: "get",
  path: "/canary/rules",
  summary: "The shop's rules in the order in which they are asked",
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_MAX),
    cursor: z.string().max(200).optional(),
  }),
  answer: { status: 200, shape: z.object({ data: z.array(rule), next_cursor: z.string().nullable() }) },
  refusals: { invalid_request: 422 },
});

export const readRule = operation({
  ...reads,
  id: "readCanaryRule",
  method: "get",
  path: "/canary/rules/{id}",
  summary: "A rule, and how its requests fared lately",
  params,
  answer: { status: 200, shape: ruleWithCalls },
  refusals: { unknown_rule: 404 },
});

export const changeRule = operation({
  ...writes,
  id: "changeCanaryRule",
  method: "patch",
  path: "/canary/rules/{id}",
  summary: "Change a rule; enabling it again starts its guard anew",
  params,
  body: terms.extend({ guard }).partial(),
  example: { when: "bucket < 25" },
  answer: { status: 200, shape: rule },
  refusals: { unknown_rule: 404, invalid_expression: 422, overlay_unwanted: 422, arm_differs: 409 },
});

export const deleteRule = operation({
  ...writes,
  id: "deleteCanaryRule",
  method: "delete",
  path: "/canary/rules/{id}",
  summary: "Delete a rule",
  params,
  answer: { status: 204 },
  refusals: { unknown_rule: 404 },
});

const part = z.object({
  source: z.string(),
  start: z.int(),
  end: z.int(),
  value: z.string().nullable(),
  error: z.string().nullable(),
});

export const explanation = z
  .object({
    arm: z.string(),
    tag: z.string(),
    rule_id: z.string().nullable(),
    why: z.string(),
    facts: z.record(z.string(), z.string()),
    rules: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        arm: z.string(),
        outcome: z.enum(["decides", "true_but_later", "false", "fails", "off"]),
        error: z.string().nullable(),
        bucket: z.number(),
        conditions: z.array(part.extend({ of: z.array(part) })),
      }),
    ),
  })
  .openapi("CanaryExplanation");

export const explainDecision = operation({
  ...reads,
  id: "explainCanary",
  method: "post",
  readsOnly: true,
  path: "/canary/explanations",
  summary: "Which rule a request with these headers would match, and why",
  body: z.strictObject({
    headers: z
      .record(z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,64}$/, "Not a header's name."), z.string().max(1_000))
      .refine((given) => Object.keys(given).length <= 50, "At most 50 headers.")
      .default({}),
    country: z.string().max(2).default(""),
    region: z.string().max(16).default(""),
    path: z.string().max(2_000).default("/"),
    subject: z.string().max(200).default("").describe("Who asks, for bucket; the visitor's cookie in a real request."),
  }),
  example: { headers: { "X-User-Group": "gold" }, country: "CN", path: "/", subject: "ann" },
  answer: {
    status: 200,
    shape: explanation,
  },
  refusals: {},
});

export const createPreview = operation({
  ...writes,
  id: "createCanaryPreview",
  method: "post",
  path: "/canary/rules/{id}/preview-links",
  summary: "A link that shows the rule's arm to whoever opens it, whether the rule is on or off",
  params,
  body: z.strictObject({ minutes: z.int().min(1).max(PREVIEW_MINUTES_MAX).default(60) }),
  example: { minutes: 30 },
  answer: { status: 201, shape: preview },
  refusals: { unknown_rule: 404 },
});
