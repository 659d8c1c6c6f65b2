import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

/**
 * Writes the typed client's knowledge of the operations, types and addresses, from the OpenAPI document of the contract lines.
 * Nobody writes those shapes twice; `npm run generate` runs it.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const COMPILED = join(root, "src/client/compiled");
const TYPES = join(COMPILED, "operations.ts");
const ADDRESSES = join(COMPILED, "addresses.ts");
const STAMP = join(COMPILED, ".input-sha256");
const JSON_TYPE = "application/json";
/** The library tells with each type where it found it. */
const PROVENANCE = /( \*\s*\n)? \* This interface was referenced by .*\n \* via the `definition` .*\n/g;
const BANNER = "/** Written by scripts/generate-client.mjs from the contract lines. */\n";

/** The OpenAPI document, as the Worker would answer it. */
export async function readDocument() {
  const outfile = join(root, "node_modules/.cache/souk/contracts.mjs");
  await build({
    stdin: { contents: 'export { openApiDocument } from "./src/edge/document-operations.ts";', resolveDir: root },
    outfile,
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    alias: { "cloudflare:workers": join(root, "test/proofs/world/cloudflare-workers.ts") },
    loader: { ".css": "text", ".svg": "text", ".txt": "text" },
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
    logLevel: "error",
  });
  const { openApiDocument } = await import(`${pathToFileURL(outfile)}?${Date.now()}`);
  return openApiDocument("http://localhost");
}

/** The operations of a document as a list of what the client must know of each. */
export function operationsOf({ paths }) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => describeOperation(path, method, operation)),
  );
}

function describeOperation(path, method, operation) {
  const { operationId: id, summary, description, parameters = [], requestBody, responses } = operation;
  const placed = (place) => parameters.filter((it) => it.in === place);
  const key = parameters.find((it) => it.name === "idempotency-key");
  const [[bodyType, body] = []] = Object.entries(requestBody?.content ?? {});
  return {
    id,
    method: method.toUpperCase(),
    path,
    about: [summary, description].filter(Boolean).join(".\n\n"),
    named: [...placed("path"), ...placed("query")],
    query: placed("query").map((it) => it.name),
    takesKey: key !== undefined,
    bodyType,
    body: bodyType === JSON_TYPE ? body.schema : undefined,
    answers: Object.entries(responses)
      .filter(([status]) => /^2/.test(status))
      .map(([, it]) => it.content),
    codes: Object.entries(responses)
      .filter(([status]) => /^[45]/.test(status))
      .flatMap(([, it]) => codesOf(it)),
    anyCodes: codesOf(responses.default),
  };
}

/** The second part of each refusal's schema has one member: the codes. */
const codesOf = ({ content }) => Object.values(Object.values(content)[0].schema.allOf[1].properties)[0].enum;

/** What a caller gives: path and query parameters and the members of the body, side by side, as an action gets them. */
function inputOf({ named, body, bodyType }) {
  const own = {
    type: "object",
    properties: Object.fromEntries(named.map(({ name, schema, description }) => [name, { ...schema, description }])),
    required: named.filter((it) => it.required).map((it) => it.name),
  };
  if (bodyType && !body) {
    own.properties.raw = {
      tsType: "string | Blob | ReadableStream<Uint8Array>",
      description: `Sent as it is, as ${bodyType}.`,
    };
    own.required.push("raw");
  }
  return body ? { allOf: [own, body] } : own;
}

/** Text types are read as text, others as bytes, no content as undefined. */
function answerOf({ answers }) {
  const shapes = answers.map((content) => {
    const [[type, { schema }] = ["", {}]] = Object.entries(content ?? {});
    if (type === JSON_TYPE) return schema;
    return { tsType: type === "" ? "undefined" : type.startsWith("text/") ? "string" : "Blob" };
  });
  return shapes.length === 1 ? shapes[0] : { anyOf: shapes };
}

/** The types as one schema, whose members are the operations; json-schema-to-typescript writes it down. */
export function schemaOf(document, operations) {
  const properties = operations.map((it) => [
    it.id,
    {
      description: it.about,
      type: "object",
      properties: {
        input: inputOf(it),
        value: answerOf(it),
        code: it.codes.length > 0 ? { enum: [...new Set(it.codes)] } : { tsType: "never" },
      },
      required: ["input", "value", "code"],
    },
  ]);
  const gateway = {
    title: "GatewayCode",
    description: "Codes that any operation may answer.",
    enum: operations[0].anyCodes,
  };
  const named = Object.entries(document.components.schemas).map(([name, schema]) => [name, { ...schema, title: name }]);
  const schema = {
    title: "Operations",
    description: "Every operation: what it takes, what it answers and the codes it may refuse with.",
    type: "object",
    properties: Object.fromEntries(properties),
    required: operations.map((it) => it.id),
    $defs: { ...Object.fromEntries(named), GatewayCode: gateway },
  };
  return JSON.parse(JSON.stringify(schema).replaceAll("#/components/schemas/", "#/$defs/"));
}

/** How each operation is called, as data. */
const addressesOf = (operations) =>
  Object.fromEntries(
    operations.map(({ id, method, path, query, takesKey, bodyType }) => [
      id,
      { method, path, query, takesKey, ...(bodyType && { bodyType }) },
    ]),
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const document = await readDocument();
  const hash = createHash("sha256")
    .update(JSON.stringify(document))
    .update(readFileSync(process.argv[1]))
    .digest("hex");
  if (!existsSync(STAMP) || readFileSync(STAMP, "utf8") !== hash) {
    const { compile } = await import("json-schema-to-typescript");
    const operations = operationsOf(document);
    const types = await compile(schemaOf(document, operations), "Operations", {
      bannerComment: BANNER,
      additionalProperties: false,
      unreachableDefinitions: true,
      // Else a list of at least 2 and at most 20 becomes a union of 19 tuples.
      ignoreMinAndMaxItems: true,
      format: false,
    });
    mkdirSync(dirname(TYPES), { recursive: true });
    writeFileSync(TYPES, types.replaceAll(PROVENANCE, "").replaceAll("/**\n */\n", ""));
    const addresses = JSON.stringify(addressesOf(operations), null, 2);
    writeFileSync(
      ADDRESSES,
      `${BANNER}import type { Address } from "../address.ts";\n\nexport const addresses: Record<string, Address> = ${addresses};\n`,
    );
    writeFileSync(STAMP, hash);
  }
}
