import { env } from "cloudflare:workers";
import { capabilities } from "../../src/capabilities/index.ts";
import { ownOperations } from "../../src/edge/own-operations.ts";
import { oauthWord } from "../../src/edge/render-refusal.ts";
import { apiHeaders } from "../../src/edge/secure-answers.ts";
import type { AnyLine } from "../../src/platform/contract.ts";
import { type Answer, api, type Call } from "./api.ts";
import { type Sample, samples } from "./samples.ts";
import type { Stall } from "./stall.ts";

/** Every operation of the platform, from the manifests. */
export const operations: readonly AnyLine[] = [...ownOperations, ...capabilities.flatMap((it) => it.operations)].map(
  (it) => it.line,
);

/** A call of `line` that would be accepted. An operation that nobody gave a sample fails here, and so its every suite. */
export function sampleOf(line: AnyLine, stall: Stall): Sample {
  const sample = Object.hasOwn(samples, line.id) ? samples[line.id] : undefined;
  if (!sample) throw new Error(`${line.id} is new: give it a sample call in test/support/samples.ts`);
  return sample(stall);
}

/** The key with which a line may be called. */
export const ownKey = (line: AnyLine): Call["key"] =>
  line.who === "operator" ? env.OPERATOR_KEY : line.who === "staff" ? true : null;

export function addressOf(line: AnyLine, sample: Sample): string {
  const path = line.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(sample.params?.[name] ?? ""));
  const query = new URLSearchParams(sample.query).toString();
  return query ? `${path}?${query}` : path;
}

/** Calls `line` with its sample, changed by `more`. */
export function attack(line: AnyLine, stall: Stall, more: Sample & Omit<Call, "body"> = {}): Promise<Answer> {
  const { params, query, body, raw, headers, shop, key } = { ...sampleOf(line, stall), ...more };
  return api(line.method.toUpperCase(), addressOf(line, { params, query }), {
    shop: shop ?? stall.shop,
    key: key === undefined ? ownKey(line) : key,
    ...(raw === undefined ? (body === undefined ? {} : { body }) : { raw }),
    headers: { ...sampleOf(line, stall).headers, ...headers },
  });
}

/** What a stack, a path of ours or a raw runtime error looks like. */
const LEAK = /\bat \S+ \(|\.tsx?:\d|node_modules|workerd|SQLITE|D1_ERROR|TypeError|SyntaxError|ZodError|drizzle/;

/** A refusal is short, however much was wrong. */
const ANSWER_CHARACTERS_MAX = 32_768;

/** One sentence for each way in which an answer is not the refusal it should be. */
export function refusalFlaws(answer: Answer, expected: readonly (number | string)[] = []): string[] {
  const { status, body, text, headers } = answer;
  const flaws: string[] = [];
  if (status < 400 || status > 499) flaws.push(`answers ${status} ${text.slice(0, 200)}`);
  // `api` has held the answer to its line: only a token endpoint's has such a body.
  const isOAuth = typeof body?.error === "string" && body.code === undefined;
  const isExpected =
    expected.length === 0 ||
    expected.includes(status) ||
    expected.includes(body?.code) ||
    (isOAuth && expected.some((it) => oauthWord(String(it), status).error === body.error));
  if (!isExpected) flaws.push(`answers ${status} ${body?.code}, not ${expected.join(" or ")}: ${text.slice(0, 200)}`);
  if (headers.get("content-type") !== (isOAuth ? "application/json" : "application/problem+json"))
    flaws.push(`content-type is ${headers.get("content-type")}`);
  if (!isOAuth && (!body?.detail || !body.request_id || body.status !== status))
    flaws.push("is no complete problem document");
  if (text.length > ANSWER_CHARACTERS_MAX) flaws.push(`answers ${text.length} characters`);
  if (LEAK.test(text)) flaws.push(`shows its inside: ${text.slice(0, 300)}`);
  for (const [name, value] of Object.entries(apiHeaders))
    if (headers.get(name) !== value) flaws.push(`${name} is ${headers.get(name)}`);
  return flaws;
}

/** The name of each attack with what is wrong with its answer; empty when all were refused as they should be. */
export async function unrefused(
  attacks: readonly { name: string; send: () => Promise<Answer>; expected?: readonly (number | string)[] }[],
): Promise<string[]> {
  const found: string[] = [];
  for (const { name, send, expected } of attacks)
    for (const flaw of refusalFlaws(await send(), expected)) found.push(`${name} ${flaw}`);
  return found;
}
