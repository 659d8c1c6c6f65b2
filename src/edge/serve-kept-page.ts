import { standing } from "../capabilities/money/tenants/actions/run-life.ts";
import { listsOf, productsOf } from "../capabilities/selling/catalog/actions/remember.ts";
import { Kept } from "../platform/cache/kept.ts";
import type { Ctx, Tenant } from "../platform/context.ts";
import { Memory } from "../platform/memory.ts";
import { Timing } from "../platform/timing.ts";
import { chooseLocale, type Locale } from "../storefront/locale.ts";
import { cartCount } from "../storefront/parts/header.tsx";
import { carriedIn } from "../storefront/read-shell.ts";
import { CART_ID, cartCookie } from "../storefront/visit.ts";
import { cookieNamed } from "./cookie-named.ts";
import { armOf, tagRequest } from "./gray-tag.ts";
import { identifyTenant } from "./identify-tenant.ts";
import { requestIdOf } from "./open-request.ts";

export type RenderPage = (request: Request, env: Env, exec: ExecutionContext) => Response | Promise<Response>;

/** Stock on a kept page is at most this old, or as old as the last view but no older than both together. */
const FRESH_MS = 1_000;
const STALE_MS = 4_000;
/** About 25 KB each. */
const PAGES_MAX = 500;
const WISHES_MAX = 2_000;

/** Home, collections, products: what everybody sees alike. */
const KEEPABLE = /^https?:\/\/[^/?#]+\/(?:(?:collections|products)\/[^/?#]+)?(?:\?|$)/;
/** What changes such a page; other parameters (campaign tags) are left out of its key. */
const PARAMETERS = ["cursor", "trail", "variant"] as const;
/** Made for one shopper: the answer to a form of theirs. */
const PERSONAL_PARAMETER = "problem";

/** A page with holes: where the nonce goes, and where the number of things in the cart goes. */
interface Template {
  headers: Headers;
  /** The content security policy, cut at its nonce. */
  policy: string[];
  parts: (Uint8Array | "nonce" | "carried")[];
}

const pages = new Kept<Template | Response>({
  name: "page",
  freshMs: FRESH_MS,
  staleMs: STALE_MS,
  entriesMax: PAGES_MAX,
  sharedSeconds: 0,
});

/** Whether the answer may come from what is kept: nobody is signed in and nothing is sent. */
export const isKeepable = ({ method, url, headers }: Request): boolean =>
  method === "GET" && KEEPABLE.test(url) && !headers.has("authorization") && !headers.has("x-tenant-id");

/** Which page a visitor means: worked out once for all requests that look alike. */
interface Wish {
  tenant: Tenant;
  origin: string;
  locale: Locale;
  path: string;
  /** A page of one arm is never shown in another. */
  arm: string;
  key: string;
}

const wishes = new Memory<Wish | "not kept">(FRESH_MS, WISHES_MAX);

/**
 * Answers a catalogue page from memory. It was rendered for a visitor without a cart, so it holds nothing of anybody; each
 * answer gets its own nonce and the shopper's cart count. Changes of the catalogue forget it by tag.
 */
export async function serveKeptPage(
  request: Request,
  env: Env,
  exec: ExecutionContext,
  render: RenderPage,
): Promise<Response> {
  const cookies = request.headers.get("cookie") ?? "";
  const wish = await readWish(request, env, cookies);
  if (wish === "not kept") return render(request, env, exec);
  const { tenant, origin, arm, key } = wish;
  const page = await pages.read({ env, waitUntil: (work) => exec.waitUntil(work) }, key, {
    tags: [listsOf(tenant.id), productsOf(tenant.id)],
    load: async () => asTemplate(await render(bareRequest(wish), env, exec)),
    isKept: (value) => !(value instanceof Response),
  });
  const cartId = cookieNamed(cookies, cartCookie(wish));
  if (page instanceof Response) return cartId === undefined ? page : render(request, env, exec);
  const requestId = requestIdOf(request.headers.get("x-request-id"));
  const carried = cartId ? await countCarried({ env, exec, tenant, requestId, origin, arm }, cartId) : 0;
  return fill(page, requestId, carried);
}

async function readWish(request: Request, env: Env, cookies: string): Promise<Wish | "not kept"> {
  const language = cookieNamed(cookies, "lang");
  const accept = request.headers.get("accept-language") ?? undefined;
  const arm = armOf(request.headers);
  const looks = `${request.url}\n${language}\n${accept}\n${arm}`;
  return wishes.get(looks) ?? wishes.set(looks, await makeWish());

  async function makeWish(): Promise<Wish | "not kept"> {
    const url = URL.parse(request.url);
    const tenant = url ? await identifyTenant(env, url) : undefined;
    if (!url || !tenant?.id || url.searchParams.has(PERSONAL_PARAMETER)) return "not kept";
    if (standing({ tenant, now: () => Date.now() }) !== "open") return "not kept";
    const query = url.searchParams.get("lang") ?? undefined;
    const locale = chooseLocale({ query, cookie: language, accept, shop: tenant.locale });
    const path = url.pathname + keptQuery(url);
    // What is switched off shows, so a switch leads to other pages.
    const key = `${tenant.id} ${arm} ${[...tenant.off]} ${locale} ${url.origin} ${path}`;
    return { tenant, origin: url.origin, locale, path, arm, key };
  }
}

/** Nobody's request for the page. */
const bareRequest = ({ origin, path, locale, arm }: Wish): Request =>
  tagRequest(new Request(origin + path, { headers: { cookie: `lang=${locale}` } }), arm);

/** The parameters that matter, in one order. */
function keptQuery({ search, searchParams }: URL): string {
  if (search === "") return "";
  const kept = new URLSearchParams();
  for (const name of PARAMETERS) {
    const value = searchParams.get(name);
    if (value !== null) kept.set(name, value);
  }
  return kept.size > 0 ? `?${kept}` : "";
}

/** A rendered page with its nonce and cart count cut out; anything but a good page stays what it is. */
async function asTemplate(rendered: Response): Promise<Template | Response> {
  const policy = rendered.headers.get("content-security-policy") ?? "";
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  if (rendered.status !== 200 || nonce === undefined || rendered.headers.has("set-cookie")) return rendered;
  const html = await rendered.text();
  const parts: Template["parts"] = [];
  for (const [i, piece] of html.split(nonce).entries()) {
    if (i > 0) parts.push("nonce");
    for (const [k, text] of piece.split(NOTHING_CARRIED).entries()) {
      if (k > 0) parts.push("carried");
      parts.push(encoder.encode(text));
    }
  }
  const headers = new Headers(rendered.headers);
  for (const name of OWN_HEADERS) headers.delete(name);
  headers.set("cache-control", "private, no-cache");
  headers.set("server-timing", 'cache;desc="kept"');
  return { headers, policy: policy.split(nonce), parts };
}

const encoder = new TextEncoder();
const NOTHING_CARRIED = cartCount(0);
/** Headers that each answer has of its own. */
const OWN_HEADERS = ["content-security-policy", "content-length", "x-request-id"];
const NONCE_BYTES = 16;

function fill({ headers, policy, parts }: Template, requestId: string, carried: number): Response {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(NONCE_BYTES))).toString("base64");
  const holes = { nonce: encoder.encode(nonce), carried: encoder.encode(cartCount(carried)) };
  const filled = parts.map((part) => (typeof part === "string" ? holes[part] : part));
  const body = new Uint8Array(filled.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of filled) {
    body.set(part, at);
    at += part.length;
  }
  const answer = new Response(body, { headers });
  answer.headers.set("content-security-policy", policy.join(nonce));
  answer.headers.set("x-request-id", requestId);
  return answer;
}

interface Visitor {
  env: Env;
  exec: ExecutionContext;
  tenant: Tenant;
  requestId: string;
  origin: string;
  arm: string;
}

async function countCarried({ exec, ...who }: Visitor, cartId: string): Promise<number> {
  if (!CART_ID.test(cartId)) return 0;
  const ctx: Ctx = {
    ...who,
    actor: { kind: "visitor" },
    now: () => Date.now(),
    timing: new Timing(),
    waitUntil: (work) => exec.waitUntil(work),
  };
  return carriedIn(ctx, cartId);
}
