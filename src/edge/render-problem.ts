import type { Refused } from "../platform/result.ts";
import { apiAnswer } from "./secure-answers.ts";

/** Statuses of the refusals that any operation may answer before its action runs. */
export const gatewayRefusals = {
  malformed_body: 400,
  malformed_header: 400,
  card_data_refused: 400,
  unauthenticated: 401,
  forbidden: 403,
  wrong_shop: 403,
  test_key_reads_only: 403,
  plan_too_small: 403,
  cross_site_request: 403,
  shop_suspended: 403,
  capability_off: 403,
  not_found: 404,
  unknown_host: 404,
  method_not_allowed: 405,
  body_too_slow: 408,
  shop_closed: 410,
  body_too_large: 413,
  unsupported_media_type: 415,
  invalid_request: 422,
  key_required: 422,
  rate_limited: 429,
  quota_exhausted: 429,
  spend_cap_reached: 429,
  internal_error: 500,
  overloaded: 503,
} as const;

/** An RFC 9457 problem document. `code` is stable; `type` leads to its explanation in the docs. */
export function problem(refusal: Refused, status: number, requestId: string): Response {
  const { code, detail, errors, facts, retryAfterSeconds } = refusal;
  const title = code.charAt(0).toUpperCase() + code.slice(1).replaceAll("_", " ");
  const document = {
    ...facts,
    type: `/docs/errors#${code}`,
    title,
    status,
    code,
    detail,
    request_id: requestId,
    errors,
  };
  const headers: Record<string, string> = { "x-request-id": requestId };
  if (retryAfterSeconds !== undefined) headers["retry-after"] = String(retryAfterSeconds);
  if (status === 401) headers["www-authenticate"] = 'Bearer realm="souk"';
  return apiAnswer(JSON.stringify(document), status, "application/problem+json", headers);
}
