import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { capabilities } from "../../src/capabilities/index.ts";
import type { Actor } from "../../src/platform/context.ts";
import type { AnyLine } from "../../src/platform/contract.ts";
import { storefront } from "../../src/storefront/pages.tsx";
import { type Answer, api, page, shopKey } from "../support/api.ts";
import { attack, operations, refusalFlaws, sampleOf } from "../support/attack.ts";
import { GIVEN_FOREIGN_IDS } from "../support/given-foreign-ids.ts";
import { fromOwnPage, signInAs } from "../support/staff.ts";
import { openStall, type Stall } from "../support/stall.ts";
import { expectNothingStored } from "../support/stored-state.ts";

/** Stands in every text that demo and its shoppers wrote, and nowhere in acme. */
const SECRET = "sentinel5b2e";

let demo: Stall;
let acme: Stall;
beforeAll(async () => {
  demo = await openStall("demo", SECRET);
  acme = await openStall("acme", "plain");
});

/** Staff come by an API key or, as members, by the session of a browser. */
type Kind = Exclude<Actor["kind"], "system"> | "member";

/** How a caller of each kind comes by a credential of acme's. A new kind of actor does not compile before it stands here. */
const CREDENTIALS = {
  visitor: async () => null,
  staff: async () => shopKey("acme"),
  licence: async () => {
    const body = { name: "Partner", plan: "trial" };
    return (await api("POST", "/reservation-licences", { shop: "acme", body })).body.key as string;
  },
  operator: async () => env.OPERATOR_KEY,
  // A cookie, which stands for no key.
  member: async () => null,
} satisfies Record<Kind, () => Promise<string | null>>;
const kinds = Object.keys(CREDENTIALS) as Kind[];

/** What a caller of this kind sends of acme's to a shop: a key, or the cookie of an owner's session with all that a page of the shop adds. */
async function sentBy(kind: Kind, shop: string): Promise<{ key: string | null; headers?: Record<string, string> }> {
  const key = await CREDENTIALS[kind]();
  return kind === "member" ? { key, headers: fromOwnPage(shop, (await signInAs("acme", "owner")).cookie) } : { key };
}

/** The codes with which a call that is not a caller's to make is refused; none: it is anybody's. */
const refusedTo: Record<Kind, (line: AnyLine) => string | undefined> = {
  visitor: ({ who }) => (who === "visitor" ? undefined : "unauthenticated"),
  staff: ({ who }) => (who === "operator" || who === "shopper" ? "unauthenticated" : undefined),
  licence: ({ who, licensed }) => (who === "operator" ? "unauthenticated" : licensed ? undefined : "forbidden"),
  operator: ({ who }) => (who === "staff" || who === "shopper" ? "unauthenticated" : undefined),
  member: ({ who }) => (who === "operator" || who === "shopper" ? "unauthenticated" : undefined),
};

const leaks = ({ text, headers }: Answer): string[] =>
  text.includes(SECRET) || [...headers.values()].some((it) => it.includes(SECRET)) ? ["shows what is demo's"] : [];

/** The operator's own calls are no shop's; and a payment's notification is refused for its signature before all else. */
const shops = operations.filter((line) => line.who !== "operator");

describe("every operation", () => {
  it.each(["staff", "licence"] as const)("refuses acme's %s at demo's host, whatever it asks", async (kind) => {
    const key = await CREDENTIALS[kind]();
    const flaws: string[] = [];
    await expectNothingStored([demo], async () => {
      for (const line of operations) {
        const answer = await attack(line, demo, { key });
        flaws.push(...[...refusalFlaws(answer, ["wrong_shop"]), ...leaks(answer)].map((it) => `${line.id} ${it}`));
      }
    });
    expect(flaws).toEqual([]);
  });

  it("knows no session of acme's at demo's host: its owner is a visitor there", async () => {
    const { key, headers } = await sentBy("member", "demo");
    const flaws: string[] = [];
    await expectNothingStored([demo], async () => {
      for (const line of operations.filter((it) => it.who !== "visitor")) {
        const answer = await attack(line, demo, { key, headers });
        flaws.push(...[...refusalFlaws(answer, ["unauthenticated"]), ...leaks(answer)].map((it) => `${line.id} ${it}`));
      }
    });
    expect(flaws).toEqual([]);
  });

  it.each(kinds)("gives acme's %s nothing of demo's for demo's ids at acme's host", async (kind) => {
    const sent = await sentBy(kind, "acme");
    const flaws: string[] = [];
    await expectNothingStored([demo], async () => {
      for (const line of shops.filter((it) => GIVEN_FOREIGN_IDS[it.id] === "refuses" || refusedTo[kind](it))) {
        const { headers: _, ...sample } = sampleOf(line, demo);
        // A visitor is who brings no session.
        const answer = await attack(line, acme, { ...sample, ...sent, headers: sent.headers ?? { cookie: "" } });
        const code = refusedTo[kind](line);
        flaws.push(...[...refusalFlaws(answer, code ? [code] : []), ...leaks(answer)].map((it) => `${line.id} ${it}`));
      }
    });
    expect(flaws).toEqual([]);
  });
});

/** Demo's own id for each parameter of a page's route. */
function demoAddress(route: string): string {
  const ids: Record<string, string> = {
    ":handle": route.startsWith("/collections") ? demo.collection : demo.handle,
    ":line": demo.lineId,
    ":id": route.startsWith("/orders") ? demo.orderId : demo.queue.saleId,
    ":payment": demo.paymentId,
    ":participation": demo.participationId,
    ":name": `${demo.pictureId}.png`,
    ":token": demo.token,
    ":address": demo.shopper.addressId,
    ":passkey": demo.shopper.passkeyId,
    ":session": demo.shopper.otherSessionId,
    ":mail": demo.shopper.mailId,
    ":order": demo.orderId,
  };
  return route.replaceAll(/:\w+/g, (name) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`${route} is new: say here what of demo's ${name} can be`);
    return id;
  });
}

/** The pages of the storefront and of capabilities, and the files, by method and route. */
const routes = [
  ...storefront.routes,
  ...capabilities.flatMap((it) => it.pages?.routes ?? []),
  ...capabilities.flatMap((it) => (it.files ?? []).map(({ method, path }) => ({ method: method.toUpperCase(), path }))),
].filter((it) => it.method !== "ALL");
const addresses = [...new Set(routes.map((it) => `${it.method} ${it.path}`))].map(
  (it) => it.split(" ") as [string, string],
);

/** One puts the token into a cookie, and whether it opens anything is judged with each request that brings it. */
const TAKES_ANY: Record<string, number> = {
  "/canary/preview/:token": 302,
};

describe("every page and file", () => {
  it("shows nothing of demo's at acme's host and changes nothing there, given demo's ids, cookies and tokens", async () => {
    const flaws: string[] = [];
    await expectNothingStored([demo], async () => {
      for (const [method, route] of addresses) {
        const path = `${demoAddress(route)}?token=${demo.token}`;
        const answer = await page(method, path, { shop: "acme", ...formOf(method) });
        flaws.push(...leaks(answer).map((it) => `${method} ${route} ${it}`));
        if (answer.status >= 500) flaws.push(`${method} ${route} answers ${answer.status}`);
        // Staff sign in first, whatever they ask for.
        const expected = route.startsWith("/studio/") ? 303 : (TAKES_ANY[route] ?? 404);
        if (method === "GET" && route.includes(":") && answer.status !== expected)
          flaws.push(`${method} ${route} answers ${answer.status}, not ${expected}`);
      }
    });
    expect(addresses.length).toBeGreaterThan(25);
    expect(flaws).toEqual([]);
  });
});

/** Everything of demo's that a form could carry, sent as acme's own form. */
function formOf(method: string) {
  const cookie = `cart=${demo.cartId}; session=${demo.shopper.token}`;
  if (method === "GET") return { headers: { cookie } };
  const fields = {
    cart_id: demo.cartId,
    sku: demo.sku,
    quantity: "9",
    token: demo.token,
    outcome: "paid",
    email: "ann@example.com",
    key: "12345678",
    locale: "en",
    back: "/",
  };
  const raw = new URLSearchParams(fields).toString();
  const type = "application/x-www-form-urlencoded";
  const headers = {
    origin: "http://acme.localhost",
    "content-type": type,
    cookie,
    "content-length": String(raw.length),
  };
  return { raw, headers };
}
