import { env, exports } from "cloudflare:workers";
import { expect } from "vitest";
import { capabilities } from "../../src/capabilities/index.ts";
import { ownOperations } from "../../src/edge/own-operations.ts";
import { gatewayRefusals } from "../../src/edge/render-problem.ts";
import type { AnyLine } from "../../src/platform/contract.ts";
import { unkeptPromises } from "./unkept-promises.ts";

export type TestShop = "demo" | "acme";

export interface Call {
  shop?: TestShop | (string & {});
  /** `true` (default) sends the shop's staff key, a string that key, `null` or `false` none. */
  key?: boolean | string | null;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, with the content type in `headers`. */
  raw?: BodyInit;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  /** The parsed JSON, or undefined when the answer holds none. Its shape was checked against the contract line. */
  body: ReturnType<typeof JSON.parse>;
  text: string;
  headers: Headers;
}

const shops = {
  demo: { id: "demo", name: "Ten Lamps", currency: "USD", locale: "en" },
  acme: { id: "acme", name: "Acme", currency: "EUR", locale: "en" },
} as const;

const keys = new Map<string, string>();
let opening: Promise<void> | undefined;

const lines: readonly AnyLine[] = [...ownOperations, ...capabilities.flatMap((it) => it.operations)].map(
  (it) => it.line,
);

/**
 * Calls one operation of a shop through the front door: `api("POST", "/stock/A/reservations", { body })`.
 * Fails the test when the answer is not what the operation's contract line promises.
 */
export async function api(method: string, path: string, call: Call = {}): Promise<Answer> {
  const { shop = "demo", key = true, body, raw } = call;
  const headers = new Headers(call.headers);
  if (key !== null && key !== false && !headers.has("authorization"))
    headers.set("authorization", `Bearer ${key === true ? await shopKey(shop) : key}`);
  else await openShops();
  if (body !== undefined && !headers.has("content-type")) headers.set("content-type", "application/json");
  const url = `http://${shop}.localhost${path.startsWith("/api/") ? path : `/api/v1${path}`}`;
  const answer = await send(
    new Request(url, { method, headers, body: raw ?? (body === undefined ? null : JSON.stringify(body)) }),
  );
  holdToContract(method, new URL(url).pathname, answer);
  return answer;
}

/** Asks for a page of the shop as a browser would; no staff key goes with it. Redirects are not followed. */
export async function page(method: string, path: string, call: Omit<Call, "key"> = {}): Promise<Answer> {
  await openShops();
  const { shop = "demo", body, raw, headers } = call;
  const url = `http://${shop}.localhost${path}`;
  const payload = raw ?? (body === undefined ? null : JSON.stringify(body));
  return send(new Request(url, { method, headers, body: payload, redirect: "manual" }));
}

/** The staff key of a test shop, made with the shop at the first question of each test file. */
export async function shopKey(shop: string): Promise<string> {
  await openShops();
  const key = keys.get(shop);
  if (!key) throw new Error(`There is no test shop ${shop}.`);
  return key;
}

/** Opens one more shop beside `demo` and `acme`; its key is known to `api` from then on. */
export async function openShop(shop: {
  id: string;
  name?: string;
  currency?: string;
  locale?: "en" | "zh-CN";
  trial_days?: number;
}): Promise<void> {
  const answer = await send(
    new Request("http://localhost/api/v1/tenants", {
      method: "POST",
      headers: { authorization: `Bearer ${env.OPERATOR_KEY}`, "content-type": "application/json" },
      body: JSON.stringify({ name: shop.id, currency: "USD", locale: "en", ...shop }),
    }),
  );
  expect(answer.status, answer.text).toBe(201);
  keys.set(shop.id, answer.body.api_key);
}

/** The same as the platform's operator, who must be obeyed. */
export async function operate(method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await api(method, path, { key: env.OPERATOR_KEY, body });
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer;
}

function openShops(): Promise<void> {
  opening ??= Promise.all(Object.values(shops).map(openShop)).then(() => undefined);
  return opening;
}

async function send(request: Request): Promise<Answer> {
  const response = await exports.default.fetch(request);
  const text = await response.text();
  const isJson = text !== "" && /[/+]json\b/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, body: isJson ? JSON.parse(text) : undefined, text, headers: response.headers };
}

function holdToContract(method: string, path: string, answer: Answer): void {
  const line = lines.find((it) => it.method === method.toLowerCase() && matches(it.path, path));
  if (!line) return;
  expect(unkeptPromises(line, gatewayRefusals, answer), `${method} ${path} (${line.id}) keeps its contract`).toEqual(
    [],
  );
}

function matches(template: string, path: string): boolean {
  const expected = `/api/v1${template}`.split("/");
  const given = path.split("/");
  return expected.length === given.length && expected.every((part, i) => part.startsWith("{") || part === given[i]);
}
