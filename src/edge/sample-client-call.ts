/** A JSON schema, as far as a sample needs it. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  example?: unknown;
  enum?: unknown[];
  minimum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  minItems?: number;
}

/** An operation of the OpenAPI document. */
export interface Described {
  operationId: string;
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema; example?: object }> };
  [extension: string]: unknown;
}

const JSON_TYPE = "application/json";

/** A call by the typed client as code: with the contract's example of its body, or with the least that it must be given. */
export function sampleClientCall(operation: Described, named: Record<string, Schema>): string {
  const given = (operation.parameters ?? [])
    .filter((it) => it.required && it.in !== "header")
    .map(({ name, schema }) => [name, sampleOf(schema, named)] as const);
  const [[type, body] = []] = Object.entries(operation.requestBody?.content ?? {});
  const members = type === JSON_TYPE && body ? membersOf(body, named) : type ? [["raw", '"..."'] as const] : [];
  const input = [...given, ...members].map(([name, value]) => `${name}: ${value}`).join(", ");
  return [
    'import { connect } from "@souk/client";',
    "",
    'const souk = connect({ url: location.origin, apiKey: "sk_test_..." });',
    `const result = await souk.${operation.operationId}(${input && `{ ${input} }`});`,
    "if (result.ok) console.log(result.value, result.call.receipt);",
    "else console.error(result.problem.code, result.problem.detail);",
  ].join("\n");
}

const membersOf = (body: { schema: Schema; example?: object }, named: Record<string, Schema>) =>
  body.example
    ? Object.entries(body.example).map(([name, value]) => [name, literal(value)] as const)
    : requiredOf(body.schema, named);

/** A JSON value as TypeScript on one line: names without quotation marks where none are needed. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, it]) => `${/^[a-z_]\w*$/i.test(name) ? name : JSON.stringify(name)}: ${literal(it)}`,
  );
  return `{ ${members.join(", ")} }`;
}

function requiredOf(schema: Schema, named: Record<string, Schema>): (readonly [string, string])[] {
  const { properties = {}, required = [], allOf = [] } = resolved(schema, named);
  return [
    ...allOf.flatMap((part) => requiredOf(part, named)),
    ...required.map((name) => [name, sampleOf(properties[name] ?? {}, named)] as const),
  ];
}

function sampleOf(schema: Schema, named: Record<string, Schema>): string {
  const { type, enum: choices, minimum = 1, items, minItems = 0, ...combined } = resolved(schema, named);
  const { anyOf = [], oneOf = [], allOf, properties, example } = combined;
  if (example !== undefined) return literal(example);
  if (choices) return JSON.stringify(choices[0]);
  const [first] = [...anyOf, ...oneOf];
  if (first) return sampleOf(first, named);
  if (type === "array") return minItems > 0 && items ? `[${sampleOf(items, named)}]` : "[]";
  if (properties || allOf) {
    const members = requiredOf(schema, named).map(([name, value]) => `${name}: ${value}`);
    return members.length > 0 ? `{ ${members.join(", ")} }` : "{}";
  }
  if (type === "integer" || type === "number") return String(Math.max(1, minimum));
  if (type === "boolean") return "true";
  return type === "object" ? "{}" : '"..."';
}

const resolved = (schema: Schema, named: Record<string, Schema>): Schema =>
  schema.$ref ? (named[schema.$ref.slice("#/components/schemas/".length)] ?? {}) : schema;
