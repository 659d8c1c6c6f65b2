import { describe, expect, it } from "vitest";
import { capabilities } from "../../src/capabilities/index.ts";
import { ownOperations } from "../../src/edge/own-operations.ts";
import { problemWords } from "../../src/edge/problem-words.ts";
import { gatewayRefusals } from "../../src/edge/render-problem.ts";
import { page } from "../support/api.ts";

const lines = [...ownOperations, ...capabilities.flatMap((it) => it.operations)].map((it) => it.line);

describe("the documentation", () => {
  it("describes every operation with its price in OpenAPI 3.1", async () => {
    const { body } = await page("GET", "/api/v1/openapi.json");
    expect(body.openapi).toBe("3.1.0");
    for (const line of lines) {
      const operation = body.paths[line.path]?.[line.method];
      expect(operation, `${line.method} ${line.path}`).toMatchObject({
        operationId: line.id,
        "x-billing-meter": line.billing.meter,
        "x-billing-rate-limit": line.billing.rateLimit,
        "x-billing-quota-scope": line.billing.quotaScope,
        "x-billing-tier": line.billing.tier,
      });
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining([String(line.answer.status)]));
      for (const status of Object.values(line.refusals)) expect(operation.responses).toHaveProperty(String(status));
    }
  });

  it("names the codes that each operation may refuse with, and shapes that are something", async () => {
    const { body } = await page("GET", "/api/v1/openapi.json");
    for (const line of lines)
      for (const [code, status] of Object.entries(line.refusals)) {
        const { content } = body.paths[line.path][line.method].responses[status];
        const { code: named, error } =
          Object.values<{ schema: { allOf: { properties: Record<string, { enum: string[] }> }[] } }>(content)[0]?.schema
            .allOf[1]?.properties ?? {};
        expect((named ?? error)?.enum, line.id).toContain(code);
      }
    // A named shape whose first use may be null would be null everywhere: such a use is a union of the shape and null.
    const nullable = Object.entries<{ type?: unknown; oneOf?: unknown }>(body.components.schemas)
      .filter(([, { type }]) => Array.isArray(type) && type.includes("null"))
      .map(([name]) => name);
    expect(nullable).toEqual([]);
    expect(JSON.stringify(body)).not.toContain('$/u"');
  });

  it("says what each parameter means, and shows a body that each operation takes", async () => {
    const { body } = await page("GET", "/api/v1/openapi.json");
    for (const line of lines) {
      const { parameters = [], requestBody } = body.paths[line.path][line.method];
      for (const { name, description, schema } of parameters)
        expect(description ?? schema.description, `${line.id}: ${name}`).toMatch(/\.$/);
      expect(line.example === undefined, line.id).toBe(line.body === undefined);
      expect(requestBody?.content["application/json"]?.example).toEqual(line.example);
      if (line.body) expect(line.body.safeParse(line.example).error, line.id).toBeUndefined();
    }
    for (const { name, description } of body.tags) expect(description, name).not.toBe("");
  });

  it("has a page for people that names no other host", async () => {
    const { status, text, headers } = await page("GET", "/docs");
    expect(status).toBe(200);
    expect(text).not.toMatch(/https?:\/\//);
    expect(headers.get("content-security-policy")).toContain("script-src 'self'");
  });

  it("has the price of everything that is sold, each capability where its refusal leads", async () => {
    const { text } = await page("GET", "/docs/capabilities");
    for (const { name } of capabilities) expect(text).toContain(`id="${name}"`);
    const { body } = await page("GET", "/api/v1/price-list");
    for (const { name } of body.plans) expect(text).toContain(`<th scope="row">${name}</th>`);
    for (const { meter } of body.business_meters) expect(text).toContain(`<code>${meter}</code>`);
    expect(text).toContain('href="/docs/capabilities" aria-current="page"');
  });

  it("explains every problem code where its type leads", async () => {
    const { text } = await page("GET", "/docs/errors");
    const codes = new Set([...Object.keys(gatewayRefusals), ...lines.flatMap((it) => Object.keys(it.refusals))]);
    for (const code of codes) {
      expect(text).toContain(`id="${code}"`);
      expect(problemWords[code], code).toMatch(/\.$/);
    }
    const files = capabilities.flatMap((it) => (it.files ?? []).flatMap(({ refusals }) => Object.keys(refusals)));
    const unspoken = Object.keys(problemWords).filter((it) => !codes.has(it) && !files.includes(it));
    expect(unspoken, "codes that nothing answers any more").toEqual([]);
  });
});
