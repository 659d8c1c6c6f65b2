import { OpenAPIHono, type RouteConfig, z } from "@hono/zod-openapi";
import { capabilities } from "../capabilities/index.ts";
import type { AnyLine } from "../platform/contract.ts";
import { whatItDoes } from "./capability-words.ts";
import { describeParameters } from "./describe-parameters.ts";
import { ownOperations } from "./own-operations.ts";
import { problemWords } from "./problem-words.ts";
import { gatewayRefusals } from "./render-problem.ts";
import { type Described, sampleClientCall } from "./sample-client-call.ts";

const problemShape = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    request_id: z.string(),
    errors: z.array(z.object({ field: z.string(), code: z.string(), detail: z.string() })).optional(),
  })
  .openapi("Problem", { description: "RFC 9457 problem document; `code` is stable." });

const oauthErrorShape = z
  .object({ error: z.string(), error_description: z.string() })
  .openapi("OAuthError", { description: "The error of a token endpoint: RFC 6749, section 5.2." });

const INTRODUCTION = `Every capability of the shop, each sold alone.

A test key (\`sk_test_...\`) reads and changes nothing; with one above, **Test Request** answers from this shop. By hand:

    curl -s $SHOP/api/v1/orders -H "authorization: Bearer $KEY"

In TypeScript, with the client that \`npm run build:client\` makes of this document:

    const souk = connect({ url, apiKey });
    const result = await souk.listOrders({ state: "paid" });
    if (result.ok) console.log(result.value.data, result.call.receipt);
    else console.log(result.problem.code);

Every refusal is an RFC 9457 problem document; [all codes](/docs/errors), [all capabilities and prices](/docs/capabilities).`;

const ANSWERS = { 200: "The answer", 201: "It is made", 202: "It has begun", 204: "Done, without a body" };

let document: object | undefined;

/** The OpenAPI 3.1 document of every operation, made from the contract lines once per isolate. */
export function openApiDocument(origin: string): object {
  document ??= buildDocument();
  return { ...document, servers: [{ url: `${origin}/api/v1` }] };
}

function buildDocument(): object {
  const app = new OpenAPIHono();
  const registry = app.openAPIRegistry;
  registry.registerComponent("securitySchemes", "apiKey", {
    type: "http",
    scheme: "bearer",
    description:
      "sk_... (a shop's staff), rsl_... (a partner's reservation licence) or op_... (the platform's operator)",
  });
  registry.registerComponent("securitySchemes", "shopperSession", {
    type: "http",
    scheme: "bearer",
    description: "shs_... (a shopper who signed in); the shop's own pages send it as the cookie `session`",
  });
  for (const { line } of ownOperations) registry.registerPath(route("platform", line));
  for (const capability of capabilities)
    for (const { line } of capability.operations) registry.registerPath(route(capability.name, line));
  registry.register("Problem", problemShape);
  registry.register("OAuthError", oauthErrorShape);
  const made = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Souk", version: "1", description: INTRODUCTION },
  });
  const document = JSON.parse(JSON.stringify(made), withoutFlags);
  document.tags = [
    { name: "platform", description: "Health, promises kept and the switches of capabilities." },
    ...capabilities.map(({ name }) => ({ name, description: whatItDoes(name, "en") })),
  ];
  for (const [path, methods] of Object.entries<Record<string, Described>>(document.paths))
    for (const operation of Object.values(methods)) {
      describeParameters(path, operation.parameters ?? []);
      const source = sampleClientCall(operation, document.components.schemas);
      operation["x-codeSamples"] = [{ lang: "TypeScript", label: "@souk/client", source }];
    }
  return document;
}

/** A regular expression with flags is written as `text/flags` by the library; JSON Schema knows the text alone. */
const withoutFlags = (name: string, value: unknown): unknown =>
  name === "pattern" && typeof value === "string" ? value.replace(/\/[dgimsuvy]+$/, "") : value;

const narrowed = (shape: "Problem" | "OAuthError", member: string, codes: readonly string[]) => ({
  schema: {
    allOf: [
      { $ref: `#/components/schemas/${shape}` },
      { type: "object" as const, properties: { [member]: { type: "string" as const, enum: [...codes] } } },
    ],
  },
});

/** A refusal's document whose code is one of `codes`. */
const problemWith = (codes: readonly string[]) => ({
  "application/problem+json": narrowed("Problem", "code", codes),
});
const oauthErrorWith = (codes: readonly string[]) => ({
  "application/json": narrowed("OAuthError", "error", codes),
});

function securityOf({ who, scope }: AnyLine): Record<string, string[]>[] {
  if (who === "visitor") return [];
  return who === "shopper" ? [{ shopperSession: [] }] : [{ apiKey: scope ? [scope] : [] }];
}

function route(tag: string, line: AnyLine): RouteConfig {
  const headers = line.key
    ? z.object({ "idempotency-key": line.key === "required" ? z.string() : z.string().optional() })
    : undefined;
  const body = line.body
    ? { content: { "application/json": { schema: line.body, example: line.example } }, required: true }
    : line.upload
      ? { content: { [line.upload.type]: { schema: z.string() } }, required: true }
      : line.rawBody
        ? { content: { "*/*": { schema: z.string() } }, required: true }
        : undefined;
  const problems = Object.entries(line.refusals).reduce<Record<string, string[]>>((byStatus, [code, status]) => {
    byStatus[status] = [...(byStatus[status] ?? []), code];
    return byStatus;
  }, {});
  const refusalContent = line.refusalsAs === "oauth" ? oauthErrorWith : problemWith;
  return {
    method: line.method,
    path: line.path,
    operationId: line.id,
    tags: [tag],
    summary: line.summary,
    description: line.description,
    security: securityOf(line),
    request: { params: line.params as never, query: line.query as never, headers, body },
    responses: {
      [line.answer.status]: {
        description: ANSWERS[line.answer.status],
        ...(line.answer.status !== 204 && {
          content: { [line.answer.type ?? "application/json"]: { schema: line.answer.shape ?? z.string() } },
        }),
      },
      ...(line.answer.instead && {
        [line.answer.instead.status]: {
          description: "The other good answer",
          content: { "application/json": { schema: line.answer.instead.shape } },
        },
      }),
      ...Object.fromEntries(
        Object.entries(problems).map(([status, codes]) => [
          status,
          {
            description: codes.map((it) => `- \`${it}\`: ${problemWords[it]}`).join("\n"),
            content: refusalContent(codes),
          },
        ]),
      ),
      default: { description: "A problem", content: problemWith(Object.keys(gatewayRefusals)) },
    },
    "x-billing-meter": line.billing.meter,
    "x-billing-rate-limit": line.billing.rateLimit,
    "x-billing-quota-scope": line.billing.quotaScope,
    "x-billing-tier": line.billing.tier,
    "x-billing-hook": line.billing.hook ?? "post-usage",
  } as RouteConfig;
}
