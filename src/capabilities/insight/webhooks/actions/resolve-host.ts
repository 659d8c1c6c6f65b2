import { z } from "@hono/zod-openapi";
import { addressOf, isLoopback, isPublicAddress } from "../rules/judge-address.ts";

/** The part of a DNS answer in JSON that counts: records with their type and text. */
const dnsAnswer = z.object({ Answer: z.array(z.object({ type: z.int(), data: z.string() })).default([]) });
/** A and AAAA (RFC 1035, 3596). */
const ADDRESS_TYPES = [1, 28];

export type Resolved = "public" | "forbidden_address" | "unresolved";

/**
 * Whether every address of a host is public, asked over HTTPS (DNS as JSON) right before each call. A Worker cannot pin the address
 * that it then calls; on Cloudflare it has no private network to reach, elsewhere the network must hold this too.
 */
export async function resolveHost(resolver: string, host: string, signal: AbortSignal): Promise<Resolved> {
  if (resolver === "" || isLoopback(host)) return "public";
  const literal = addressOf(host);
  if (literal !== undefined) return isPublicAddress(literal) ? "public" : "forbidden_address";
  const found = await Promise.all(ADDRESS_TYPES.map((type) => ask(resolver, host, type, signal)));
  const addresses = found.flat();
  if (addresses.length === 0) return "unresolved";
  return addresses.every((it) => addressOf(it) !== undefined && isPublicAddress(it)) ? "public" : "forbidden_address";
}

async function ask(resolver: string, host: string, type: number, signal: AbortSignal): Promise<string[]> {
  const url = new URL(resolver);
  url.searchParams.set("name", host);
  url.searchParams.set("type", String(type));
  const answer = await fetch(url, { headers: { accept: "application/dns-json" }, signal });
  if (!answer.ok) throw new Error(`The resolver answered ${answer.status}.`);
  const { Answer: records } = dnsAnswer.parse(await answer.json());
  return records.filter((it) => it.type === type).map((it) => it.data);
}
