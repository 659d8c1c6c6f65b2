import { z } from "@hono/zod-openapi";
import { operation } from "../../../../platform/contract.ts";
import { tenantId } from "../contract.ts";

const billing = { meter: "tenants", rateLimit: 5, quotaScope: "per-tenant", tier: "premium" } as const;

/** A host name of LDH labels (RFC 1123) whose last one is no number, so that no address passes; others as `xn--...`. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/;

const hostName = z
  .string()
  .toLowerCase()
  .max(253)
  .regex(HOST, "Expected a host name such as shop.example.com; other scripts as xn--...");

export const host = z
  .object({
    host: z.string(),
    status: z.enum(["pending", "verified"]).describe("A pending host leads nowhere yet."),
    proof: z
      .object({ type: z.literal("TXT"), name: z.string(), value: z.string() })
      .describe("The TXT record that proves the domain to be the shop's."),
    added_at: z.string(),
    verified_at: z.string().nullable(),
    verified_by: z.enum(["record", "operator"]).nullable(),
  })
  .openapi("ShopHost");

const params = z.object({ host: hostName });
const staff = { who: "staff", scope: "tenants:write", billing } as const;

export const addHost = operation({
  ...staff,
  id: "addHost",
  method: "post",
  path: "/shop/hosts",
  summary: "Claim a domain of your own for the shop",
  description:
    "The host is `pending` until it is proven: put the TXT record of the answer into the domain's DNS and check it, or ask the " +
    "platform's operator. Then point the domain at the platform. A host that another shop has proven is refused.",
  body: z.strictObject({ host: hostName }),
  example: { host: "lamps.example.com" },
  answer: { status: 201, shape: host },
  refusals: { host_reserved: 422, host_taken: 409, too_many_hosts: 409 },
});

export const listHosts = operation({
  id: "listHosts",
  method: "get",
  path: "/shop/hosts",
  summary: "The shop's own domains, by name",
  who: "staff",
  scope: "tenants:read",
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(100).default(25),
    cursor: z.string().max(600).optional(),
  }),
  answer: { status: 200, shape: z.object({ data: z.array(host), next_cursor: z.string().nullable() }) },
  refusals: { invalid_request: 422 },
  billing,
});

export const checkHost = operation({
  ...staff,
  id: "checkHost",
  method: "post",
  path: "/shop/hosts/{host}/check",
  summary: "Look for the TXT record now; the shop answers on the host within seconds of its proof",
  params,
  answer: { status: 200, shape: host },
  refusals: {
    unknown_claim: 404,
    host_taken: 409,
    proof_missing: 409,
    /** The platform asks no resolver; its operator verifies hosts. */
    proof_unavailable: 409,
    resolver_failed: 503,
  },
});

export const removeHost = operation({
  ...staff,
  id: "removeHost",
  method: "delete",
  path: "/shop/hosts/{host}",
  summary: "Give a domain up; the shop stops answering on it within seconds",
  params,
  answer: { status: 204 },
  refusals: { unknown_claim: 404 },
});

export const verifyHost = operation({
  id: "verifyHost",
  method: "post",
  path: "/tenants/{id}/hosts/{host}/verification",
  summary: "Vouch for a shop's domain without a record in its DNS",
  who: "operator",
  params: z.object({ id: tenantId, host: hostName }),
  answer: { status: 200, shape: host },
  refusals: { unknown_claim: 404, host_taken: 409 },
  billing,
});
