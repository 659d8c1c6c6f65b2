import type { MiddlewareHandler } from "hono";
import { type ContentSecurityPolicyOptionHandler, NONCE, secureHeaders } from "hono/secure-headers";
import type { App } from "../platform/capability.ts";

const common = {
  strictTransportSecurity: "max-age=31536000; includeSubDomains",
  referrerPolicy: "strict-origin-when-cross-origin",
  xFrameOptions: "DENY",
  crossOriginOpenerPolicy: "same-origin",
  crossOriginResourcePolicy: "same-origin",
} as const;

/** The studio sends pictures straight to R2 where its S3 endpoint is configured; no other page talks to another host. */
const uploadTarget: ContentSecurityPolicyOptionHandler = ({ env, req }) => {
  const endpoint: string = req.path.startsWith("/studio/") ? (env.R2_S3_ENDPOINT ?? "") : "";
  return URL.parse(endpoint)?.origin ?? "'self'";
};

/** Headers of every page: scripts and styles run only from this host or with the request's nonce. */
export const securePages = secureHeaders({
  ...common,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'", NONCE],
    styleSrc: ["'self'", NONCE],
    imgSrc: ["'self'", "data:", "https:"],
    fontSrc: ["'self'"],
    connectSrc: ["'self'", uploadTarget],
    manifestSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
}) as MiddlewareHandler<App>;

/** Headers of the API documentation: its reader writes styles into the page, so those are allowed there and nowhere else. */
export const secureDocs = secureHeaders({
  ...common,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", "data:", "blob:"],
    fontSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
}) as MiddlewareHandler<App>;

/** Headers of every API answer: data, never a document, never kept. */
export const apiHeaders = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "strict-transport-security": common.strictTransportSecurity,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
  // Answers of another arm get its tag at the end (serve-by-arm.ts).
  "x-gray-tag": "ab:control",
} as const;

const kinds = new Map<string, Headers>();

/**
 * An API answer with the headers of all such answers and its own. What all have in common is copied by the runtime from one `Headers`:
 * reading a dozen names and values out of an object for each answer would cost more than all else that the gateway does.
 */
export function apiAnswer(body: BodyInit | null, status: number, type: string, own: Record<string, string>): Response {
  const common = kinds.get(type) ?? keepKind(type);
  const answer = new Response(body, { status, headers: common });
  const { headers } = answer;
  for (const name in own) headers.set(name, own[name] ?? "");
  return answer;
}

function keepKind(type: string): Headers {
  const headers = new Headers({ ...apiHeaders, "content-type": type });
  kinds.set(type, headers);
  return headers;
}
