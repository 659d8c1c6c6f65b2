import { z } from "@hono/zod-openapi";

const RESOLVER_MS = 5_000;
const TXT = 16;

const answerShape = z.object({
  Status: z.int(),
  Answer: z.array(z.object({ type: z.int(), data: z.string() })).optional(),
});

/** Below its own label, so that the record stands beside those that the domain has already. */
export const proofName = (host: string): string => `_souk.${host}`;

/**
 * The TXT records that prove things of a host, asked of a DNS-over-HTTPS resolver in its JSON form (`application/dns-json`).
 * Undefined when the resolver gives no clear answer. Only the resolver is called, never the host itself.
 */
export async function findRecords(resolver: string, host: string): Promise<string[] | undefined> {
  const question = new URL(resolver);
  question.searchParams.set("name", proofName(host));
  question.searchParams.set("type", "TXT");
  try {
    const answer = await fetch(question, {
      headers: { accept: "application/dns-json" },
      redirect: "manual",
      signal: AbortSignal.timeout(RESOLVER_MS),
    });
    const parsed = answer.ok ? answerShape.safeParse(await answer.json()) : undefined;
    if (!parsed?.success || !KNOWN.has(parsed.data.Status)) return undefined;
    return (parsed.data.Answer ?? []).filter((it) => it.type === TXT).map((it) => unquoted(it.data));
  } catch {
    return undefined;
  }
}

/** NOERROR and NXDOMAIN are answers; others mean that nobody could tell. */
const KNOWN = new Set([0, 3]);

/** `"souk-12" "34"` is one text in two strings (RFC 1035, 3.3). */
const unquoted = (data: string): string =>
  data.startsWith('"') ? [...data.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text).join("") : data;
