import { beforeAll, describe, expect, it } from "vitest";
import { type Answer, api, type Call, page, shopKey } from "../support/api.ts";
import { attack, operations, ownKey, refusalFlaws, sampleOf } from "../support/attack.ts";
import { GIVEN_FOREIGN_IDS, unannotated } from "../support/given-foreign-ids.ts";
import type { Sample } from "../support/samples.ts";
import { openStall, type Stall } from "../support/stall.ts";
import { expectNothingStored } from "../support/stored-state.ts";

/** Stands in every text that demo and its shoppers wrote, and nowhere in acme. */
const SECRET = "sentinel7f3a";

let demo: Stall;
let acme: Stall;
beforeAll(async () => {
  demo = await openStall("demo", SECRET);
  acme = await openStall("acme", "plain");
});

/** Those that refuse come first: after acme has stocked a SKU of demo's name, that name is its own too. */
const lines = operations
  .filter((line) => line.id !== "createShop")
  .map((line) => [line.id, line] as const)
  .sort(([a], [b]) => Number(GIVEN_FOREIGN_IDS[a] === "own") - Number(GIVEN_FOREIGN_IDS[b] === "own"));
type Line = (typeof operations)[number];

/** Every place of the sample where an id can stand, one at a time: acme's own call with one id of demo's in it. */
function mixed(line: Line): Sample[] {
  const [mine, theirs] = [sampleOf(line, acme), sampleOf(line, demo)];
  const swaps = (["params", "query", "body"] as const).flatMap((part) =>
    Object.keys(mine[part] ?? {}).map((name) => ({ ...mine, [part]: { ...mine[part], [name]: theirs[part]?.[name] } })),
  );
  return swaps.filter((it) => JSON.stringify(it) !== JSON.stringify(mine));
}

/** A copy of demo's call with everything that acme would have to say about itself, so that only the ids are foreign. */
function foreign(line: Line): Sample {
  const text = JSON.stringify(sampleOf(line, demo).body ?? null).replaceAll('"USD"', '"EUR"');
  return { ...sampleOf(line, demo), body: JSON.parse(text) ?? undefined };
}

const leaks = ({ text, headers }: Answer): string[] =>
  text.includes(SECRET) || [...headers.values()].some((it) => it.includes(SECRET)) ? ["shows what is demo's"] : [];

describe("one shop's things", () => {
  it("are attacked through every operation: a new one says here what it does with foreign ids", () => {
    const ids = operations.map((line) => line.id);
    expect(unannotated(ids)).toEqual([]);
    expect(unannotated([...ids, "peekAtOthers"]), "an operation without its word").toEqual(["peekAtOthers"]);
    expect(Object.keys(GIVEN_FOREIGN_IDS).sort()).toEqual(ids.sort());
    const wordless = operations.filter((line) => /\{\w+\}/.test(line.path) && !sampleOf(line, demo).params);
    expect(wordless).toEqual([]);
  });

  it("are refused to another shop's key and to a key at another shop's host, by every operation", async () => {
    const flaws: string[] = [];
    const [demoKey, acmeKey] = [await shopKey("demo"), await shopKey("acme")];
    const callers: [string, Omit<Call, "body">, (line: Line) => Sample][] = [
      ["acme's key at demo's host", { shop: "demo", key: acmeKey }, (line) => sampleOf(line, demo)],
      ["demo's key at acme's host", { shop: "acme", key: demoKey }, (line) => sampleOf(line, demo)],
      ["demo's key at acme's host with acme's ids", { shop: "acme", key: demoKey }, (line) => sampleOf(line, acme)],
      ["acme's key at no shop's host", { shop: "nobody", key: acmeKey }, (line) => sampleOf(line, acme)],
    ];
    await expectNothingStored([demo, acme], async () => {
      for (const [, line] of lines)
        for (const [name, call, sample] of callers) {
          const answer = await attack(line, demo, { ...sample(line), ...call });
          flaws.push(
            ...[...refusalFlaws(answer, ["wrong_shop"]), ...leaks(answer)].map((it) => `${line.id} by ${name} ${it}`),
          );
        }
    });
    expect(flaws).toEqual([]);
  });

  it.each(lines)("are out of reach for %s with acme's own key, or none, at acme's host", async (id, line) => {
    const before = await counters(demo);
    const flaws: string[] = [];
    const samples = [foreign(line), ...(line.id.startsWith("create") ? [] : mixed(line))];
    for (const key of [line.who === "visitor" ? null : ownKey(line), true])
      for (const sample of samples) {
        const answer = await attack(line, acme, { ...sample, key });
        const isForeign = sample === samples[0];
        const refusal = GIVEN_FOREIGN_IDS[id] === "refuses" && isForeign ? refusalFlaws(answer) : [];
        flaws.push(...[...refusal, ...leaks(answer)].map((it) => `${JSON.stringify(sample).slice(0, 120)} ${it}`));
      }
    expect(flaws).toEqual([]);
    expect(await counters(demo)).toEqual(before);
  });

  it("never show in what acme lists, exports or publishes", async () => {
    const ids = [
      demo.handle,
      demo.sku,
      demo.collection,
      demo.cartId,
      demo.orderId,
      demo.paid.orderId,
      demo.importId,
      demo.saleId,
      demo.queue.saleId,
      demo.queue.entryId,
      demo.pictureId,
      demo.participationId,
      demo.reservationId,
      demo.endpointId,
      demo.deliveryId,
      demo.memberId,
      demo.invitationId,
      demo.shopper.mailId,
    ];
    const reading = operations.filter(
      (line) => line.method === "get" && !line.path.includes("{") && line.who !== "operator",
    );
    const answers: [string, Answer][] = [];
    for (const line of reading)
      for (const key of line.who === "staff" ? [true] : line.who === "shopper" ? [null] : [true, null])
        answers.push([
          line.id,
          await api("GET", line.path, { shop: "acme", key, headers: sampleOf(line, acme).headers ?? {} }),
        ]);
    for (const path of [
      "/",
      "/sitemap.xml",
      "/sitemaps/pages.xml",
      "/sitemaps/products.xml",
      "/feeds/new.rss",
      "/feeds/merchant.xml",
      "/llms.txt",
      "/robots.txt",
      "/cart",
      "/checkout",
      `/collections/${acme.collection}`,
      `/products/${acme.handle}`,
      `/orders/${acme.orderId}?token=${acme.token}`,
      `/pay/sandbox/${acme.paymentId}?token=${acme.token}`,
      "/docs",
    ])
      answers.push([path, await page("GET", path, { shop: "acme" })]);
    const shown = answers.filter(([, it]) => it.text.includes(SECRET) || ids.some((id) => it.text.includes(id)));
    expect(shown.map(([name]) => name)).toEqual([]);
    expect(answers.filter(([, it]) => it.status >= 400).map(([name, it]) => `${name} ${it.status}`)).toEqual([]);
  });

  it("are no pages of acme's", async () => {
    const cookie = `cart=${demo.cartId}`;
    const own = { origin: "http://acme.localhost", "content-type": "application/x-www-form-urlencoded", cookie };
    const form = (fields: Record<string, string>) => {
      const raw = new URLSearchParams(fields).toString();
      return { shop: "acme", raw, headers: { ...own, "content-length": String(raw.length) } };
    };
    await expectNothingStored([demo], async () => {
      const gets = [
        `/products/${demo.handle}`,
        `/collections/${demo.collection}`,
        `/orders/${demo.orderId}?token=${demo.token}`,
        `/pay/sandbox/${demo.paymentId}?token=${demo.token}`,
        "/cart",
        "/checkout",
      ];
      const answers: [string, Answer][] = [];
      for (const path of gets) answers.push([path, await page("GET", path, { shop: "acme", headers: { cookie } })]);
      answers.push(["cancel", await page("POST", `/orders/${demo.orderId}/cancel`, form({ token: demo.token }))]);
      answers.push(["pay", await page("POST", `/orders/${demo.orderId}/pay`, form({ token: demo.token }))]);
      answers.push([
        "bank",
        await page("POST", `/pay/sandbox/${demo.paymentId}?token=${demo.token}`, form({ outcome: "paid" })),
      ]);
      answers.push(["line", await page("POST", `/cart/lines/${demo.lineId}`, form({ quantity: "9" }))]);
      answers.push(["remove", await page("POST", `/cart/lines/${demo.lineId}/remove`, form({}))]);
      for (const [name, answer] of answers) expect([name, leaks(answer)]).toEqual([name, []]);
      for (const [name, { status }] of answers.slice(0, 4)) expect([name, status]).toEqual([name, 404]);
    });
  });
});

describe("one shopper's things", () => {
  it("are not shown to who holds another's token, a token of another shop, or none", async () => {
    const tokens = [
      undefined,
      "",
      demo.paid.token,
      acme.token,
      demo.token.slice(0, -1),
      `${demo.token}x`,
      demo.token.toLowerCase(),
      "__proto__",
    ];
    const flaws: string[] = [];
    await expectNothingStored([demo], async () => {
      for (const line of operations.filter(
        (it) => it.who === "visitor" && sampleOf(it, demo).query?.token !== undefined,
      ))
        for (const token of tokens) {
          const query: Record<string, string> = token === undefined ? {} : { token };
          const answer = await attack(line, demo, { query, key: null });
          flaws.push(
            ...[...refusalFlaws(answer, ["unknown_order", "unknown_entry"]), ...leaks(answer)].map(
              (it) => `${line.id} with ${token} ${it}`,
            ),
          );
        }
      for (const token of tokens) {
        const shown = await page("GET", `/orders/${demo.orderId}?token=${token ?? ""}`);
        if (shown.text.includes(`Ann ${SECRET}`) || shown.text.includes(`${SECRET}@`))
          flaws.push(`the order's page opens with ${token}`);
      }
    });
    expect(flaws).toEqual([]);
  });
});

/** What of demo's could be changed from outside: its rows by table and its counter. */
async function counters(stall: Stall): Promise<unknown[]> {
  const { shop } = stall;
  const paths = [
    `/products?limit=100`,
    "/collections",
    `/orders/${stall.orderId}`,
    `/orders/${stall.paid.orderId}`,
    `/carts/${stall.cartId}`,
    `/stock/${stall.sku}`,
    "/shop",
  ];
  return Promise.all(paths.map(async (path) => (await api("GET", path, { shop })).body));
}
