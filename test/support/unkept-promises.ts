import { oauthWord } from "../../src/edge/render-refusal.ts";
import type { AnyLine } from "../../src/platform/contract.ts";

interface Given {
  status: number;
  body: unknown;
  headers: Headers;
}

/**
 * One sentence for each way in which an answer differs from its contract line: another status, a wrong or missing field, a
 * field that the shape does not name, a refusal that the line does not declare, a "not now" that does not say when.
 */
export function unkeptPromises(
  line: AnyLine,
  gateway: Record<string, number>,
  { status, body, headers }: Given,
): string[] {
  if ((status === 429 || status === 503) && !headers.has("retry-after"))
    return [`status ${status} without Retry-After`];
  if (status >= 400 && status < 500 && line.refusalsAs === "oauth")
    return oauthFlaws({ ...gateway, ...line.refusals }, status, body);
  if (status >= 400) return refusalFlaws({ ...gateway, ...line.refusals }, status, body);
  const promised = [line.answer, line.answer.instead].find((it) => it?.status === status);
  if (!promised) return [`status ${status} instead of ${line.answer.status}`];
  const { shape } = promised;
  if (!shape || body === undefined) return [];
  const parsed = shape.safeParse(body);
  if (!parsed.success) return parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  return strayFields(body, parsed.data, "");
}

function refusalFlaws(declared: Record<string, number>, status: number, body: unknown): string[] {
  const code = (body as { code?: unknown } | undefined)?.code;
  if (typeof code !== "string") return [`status ${status} without a problem document`];
  if (declared[code] === undefined) return [`the refusal ${code} is not declared`];
  return declared[code] === status ? [] : [`the refusal ${code} has status ${status} instead of ${declared[code]}`];
}

/** The error of a token endpoint has two members, and its word goes with its status. */
function oauthFlaws(declared: Record<string, number>, status: number, body: unknown): string[] {
  const { error, ...rest } = (body ?? {}) as Record<string, unknown>;
  const words = Object.entries(declared).map(([code, its]) => oauthWord(code, its));
  const isDeclared = words.some((it) => it.error === error && it.status === status);
  return [
    ...(isDeclared ? [] : [`the error ${error} with status ${status} is not declared`]),
    ...(Object.keys(rest).join() === "error_description" ? [] : [`has the members ${Object.keys(rest)}`]),
  ];
}

/** Fields that the shape dropped while parsing: the answer has them, the contract does not. */
function strayFields(given: unknown, promised: unknown, path: string): string[] {
  if (typeof given !== "object" || given === null || typeof promised !== "object" || promised === null) return [];
  const known = promised as Record<string, unknown>;
  return Object.entries(given).flatMap(([name, value]) => {
    const field = path ? `${path}.${name}` : name;
    return name in known ? strayFields(value, known[name], field) : [`${field} is not in the contract`];
  });
}
