import { Webhook } from "standardwebhooks";
import { deriveSecret } from "../../../../platform/signatures.ts";
import type { Failure } from "../contract.ts";
import { judgeUrl, type Place } from "../rules/judge-url.ts";
import type { Message } from "../rules/message.ts";
import { validSalts } from "../rules/secrets.ts";
import type { Endpoint } from "../store.ts";
import { resolveHost } from "./resolve-host.ts";

/** A receiver has this long, from the look-up of its address to the end of its answer. */
const ANSWER_MS_MAX = 5_000;
/** Of an answer so much is read and kept. */
const ANSWER_BYTES_MAX = 1_024;
/** A longer message is not sent. */
export const PAYLOAD_BYTES_MAX = 65_536;

export interface Outcome {
  /** Null: there was no answer. */
  status: number | null;
  ms: number;
  /** Its first 1,024 bytes as text. */
  answer: string;
  failure: Failure | null;
  /** The receiver's Retry-After, if it is a number of seconds. */
  retryAfterSeconds: number;
}

/** What `whsec_...` secret an endpoint has for a salt. It is never stored. */
export const secretOf = (
  env: Pick<Env, "SOUK_SECRET">,
  { tenantId, id }: Pick<Endpoint, "tenantId" | "id">,
  salt: string,
) => `whsec_${deriveSecret(env.SOUK_SECRET, `webhook:${tenantId}:${id}:${salt}`)}`;

export const placeOf = (env: Pick<Env, "PLATFORM_DOMAIN" | "WEBHOOKS_TO_LOOPBACK">): Place => ({
  platformDomain: env.PLATFORM_DOMAIN,
  mayLoopBack: env.WEBHOOKS_TO_LOOPBACK === "on",
});

/**
 * Sends a message once, signed by each secret that is valid (Standard Webhooks 1.0). Only 2xx is a delivery; no redirect is followed.
 * The address is judged here again, whatever it was when the endpoint was made.
 */
export async function sendMessage(env: Env, endpoint: Endpoint, message: Message, now: () => number): Promise<Outcome> {
  const startedAt = now();
  const failed = (failure: Failure): Outcome => ({
    status: null,
    ms: now() - startedAt,
    answer: "",
    failure,
    retryAfterSeconds: 0,
  });
  if (Buffer.byteLength(message.body) > PAYLOAD_BYTES_MAX) return failed("payload_too_large");
  const judged = judgeUrl(endpoint.url, placeOf(env));
  if (!judged.fits) return failed("forbidden_address");
  const signal = AbortSignal.timeout(ANSWER_MS_MAX);
  try {
    const resolved = await resolveHost(env.WEBHOOKS_RESOLVER, judged.url.hostname, signal);
    if (resolved !== "public") return failed(resolved);
    const answer = await fetch(judged.url, { ...signed(env, endpoint, message, startedAt), signal });
    const text = await beginningOf(answer);
    const retryAfterSeconds = /^\d{1,6}$/.test(answer.headers.get("retry-after") ?? "")
      ? Number(answer.headers.get("retry-after"))
      : 0;
    const failure = answer.ok ? null : answer.status >= 300 && answer.status < 400 ? "redirected" : "refused";
    return { status: answer.status, ms: now() - startedAt, answer: text, failure, retryAfterSeconds };
  } catch {
    return failed(signal.aborted ? "timed_out" : "unreachable");
  }
}

function signed(env: Env, endpoint: Endpoint, { id, body }: Message, now: number): RequestInit {
  const at = new Date(now);
  const signatures = validSalts(endpoint.salts, now).map(({ salt }) =>
    new Webhook(secretOf(env, endpoint, salt)).sign(id, at, body),
  );
  return {
    method: "POST",
    redirect: "manual",
    body,
    headers: {
      "content-type": "application/json",
      "user-agent": "Souk-Webhooks/1",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now / 1_000)),
      "webhook-signature": signatures.join(" "),
    },
  };
}

/** Reads no further than what is kept, so neither a long nor a packed answer costs anything. */
async function beginningOf(answer: Response): Promise<string> {
  if (!answer.body) return "";
  const reader = answer.body.getReader();
  let kept = Buffer.alloc(0);
  while (kept.length < ANSWER_BYTES_MAX) {
    const { done, value } = await reader.read();
    if (done) return kept.toString();
    kept = Buffer.concat([kept, value.subarray(0, ANSWER_BYTES_MAX - kept.length)]);
  }
  await reader.cancel();
  return kept.toString();
}
