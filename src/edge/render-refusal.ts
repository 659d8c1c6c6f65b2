import type { AnyLine } from "../platform/contract.ts";
import type { Refused } from "../platform/result.ts";
import { problem } from "./render-problem.ts";
import { apiAnswer } from "./secure-answers.ts";

/** A refusal in the form that the line promises: a problem document, or the error of a token endpoint. */
export function renderRefusal(
  line: AnyLine,
  refusal: Refused,
  {
    status,
    requestId,
    headers = {},
  }: { status: number; requestId: string; headers?: Record<string, string> | undefined },
): Response {
  const render = line.refusalsAs === "oauth" ? oauthError : problem;
  const answer = render(refusal, status, requestId);
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
  return answer;
}

/** The token endpoint's words for the gateway's refusals, with their status; the line's own codes are such words already. */
const GATEWAY_WORDS: Record<string, { error: string; status: number }> = {
  unauthenticated: { error: "invalid_client", status: 401 },
  wrong_shop: { error: "invalid_client", status: 401 },
  forbidden: { error: "unauthorized_client", status: 400 },
  plan_too_small: { error: "unauthorized_client", status: 400 },
  shop_suspended: { error: "unauthorized_client", status: 400 },
  shop_closed: { error: "unauthorized_client", status: 400 },
  capability_off: { error: "unauthorized_client", status: 400 },
  rate_limited: { error: "temporarily_unavailable", status: 429 },
  quota_exhausted: { error: "temporarily_unavailable", status: 429 },
  spend_cap_reached: { error: "temporarily_unavailable", status: 429 },
};
const OWN_WORDS = new Set(["invalid_request", "invalid_client", "invalid_scope", "unsupported_grant_type"]);

/** The `error` of RFC 6749, section 5.2, and its status; what has no word of its own there is an invalid request. */
export const oauthWord = (code: string, status: number): { error: string; status: number } =>
  GATEWAY_WORDS[code] ??
  (OWN_WORDS.has(code) && status < 402 ? { error: code, status } : { error: "invalid_request", status: 400 });

/** Characters that an error_description may have (RFC 6749, section 5.2): ASCII without `"` and `\`. */
const FORBIDDEN = /[^\x20\x21\x23-\x5b\x5d-\x7e]/g;

function oauthError(refusal: Refused, given: number, requestId: string): Response {
  const { error, status } = oauthWord(refusal.code, given);
  const description = refusal.detail.replaceAll(FORBIDDEN, "'");
  const headers: Record<string, string> = { pragma: "no-cache", "x-request-id": requestId };
  if (refusal.retryAfterSeconds !== undefined) headers["retry-after"] = String(refusal.retryAfterSeconds);
  // A client that reads the challenge alone finds the word there as well.
  if (status === 401) headers["www-authenticate"] = `Basic realm="souk", charset="UTF-8", error="${error}"`;
  const document = { error, error_description: description };
  return apiAnswer(JSON.stringify(document), status, "application/json", headers);
}
