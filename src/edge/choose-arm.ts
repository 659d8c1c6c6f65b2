import { type Choice, chooseArm as chooseByRules } from "../capabilities/marketing/canary/actions/choose-arm.ts";
import { knownRules, noteQuiet } from "../capabilities/marketing/canary/actions/known-rules.ts";
import { PREVIEW_COOKIE } from "../capabilities/marketing/canary/contract.ts";
import { tenantByHost } from "../capabilities/money/tenants/actions.ts";
import { newId } from "../platform/ids.ts";
import { cookieNamed } from "./cookie-named.ts";

const VISITOR_SECONDS = 365 * 86_400;
const VISITOR = /^vis_[0-9a-z]{26}$/;
const PATH = /^https?:\/\/[^/?#]+([^?#]*)/;

export interface Chosen extends Choice {
  tenantId: string;
}

export interface Decision {
  /** Undefined: control. */
  chosen: Chosen | undefined;
  /** To be kept by a browser that has none, so that its next request falls into the same bucket. */
  cookie: string | undefined;
}

const CONTROL_AS_EVER: Decision = { chosen: undefined, cookie: undefined };

/** Which of the shop's rules a request falls under. The shop and its rules come from this isolate's memory. */
export async function chooseArm(request: Request, host: string, env: Env, exec: ExecutionContext): Promise<Decision> {
  const tenant = await tenantByHost(env, host.toLowerCase());
  if (!tenant || tenant.off.has("canary")) return CONTROL_AS_EVER;
  const rules = await knownRules({ env, waitUntil: (work) => exec.waitUntil(work) }, tenant.id);
  if (rules.all.length === 0) {
    noteQuiet(host);
    return CONTROL_AS_EVER;
  }
  const { headers, cf } = request;
  const cookies = headers.get("cookie") ?? "";
  let cookie: string | undefined;
  const subject = (wantsSubject: boolean): string => {
    const known = wantsSubject ? knownSubject(headers, cookies) : "";
    if (known !== undefined) return known;
    if (!headers.get("accept")?.includes("text/html"))
      return `${headers.get("cf-connecting-ip")} ${headers.get("user-agent")}`;
    const visitor = newId("vis");
    cookie = visitorCookie(visitor, request.url.startsWith("https:"));
    return visitor;
  };
  const asked = {
    headers,
    subject,
    tenant: tenant.id,
    country: textOf(cf?.country) || (headers.get("cf-ipcountry") ?? ""),
    region: textOf(cf?.regionCode),
    path: PATH.exec(request.url)?.[1] || "/",
    preview: cookieNamed(cookies, PREVIEW_COOKIE),
  };
  const choice = chooseByRules({ env, rules, asked });
  return { chosen: choice && { ...choice, tenantId: tenant.id }, cookie };
}

/** An app's own name for its user, the browser's mark, or the key of a program. */
function knownSubject(headers: Headers, cookies: string): string | undefined {
  const visitor = cookieNamed(cookies, "visitor") ?? cookieNamed(cookies, "__Host-visitor");
  const marked = visitor !== undefined && VISITOR.test(visitor) ? visitor : undefined;
  return headers.get("x-subject-id") ?? marked ?? headers.get("authorization") ?? undefined;
}

const visitorCookie = (visitor: string, isSecure: boolean): string =>
  `${isSecure ? "__Host-visitor" : "visitor"}=${visitor}; Path=/; Max-Age=${VISITOR_SECONDS}; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
