import { beforeAll, describe, expect, it } from "vitest";
import { capabilities } from "../../../../src/capabilities/index.ts";
import { isEssential } from "../../../../src/edge/decide-switch.ts";
import { api, page } from "../../../support/api.ts";
import { attack } from "../../../support/attack.ts";
import { eventually } from "../../../support/settled.ts";
import { openStall, type Stall } from "../../../support/stall.ts";

let stall: Stall;
beforeAll(async () => {
  stall = await openStall("demo");
});

const turn = (name: string, enabled: boolean, together = false) =>
  api("PUT", `/capabilities/${name}`, { body: { enabled, together } });
const essential = capabilities.filter((it) => isEssential(capabilities, it.name)).map((it) => it.name);
const others = capabilities.filter((it) => !isEssential(capabilities, it.name)).map((it) => it.name);
const listed = async () => (await api("GET", "/capabilities", { key: null })).body.data;

describe("the capabilities of a shop", () => {
  it("are listed with what they need, what they cost and whether they are on", async () => {
    const data = await listed();
    expect(data.map((it: { name: string }) => it.name)).toEqual(capabilities.map((it) => it.name));
    expect(data.every((it: { enabled: boolean }) => it.enabled)).toBe(true);
    const search = data.find((it: { name: string }) => it.name === "search");
    expect(search).toMatchObject({ essential: false, needs: ["catalog"], sells: { unit: "search" } });
    expect(search.sells.plans[0]).toMatchObject({ name: "basic", micros_per_unit: 100 });
  });

  it.each(essential)("include %s, which no shop can do without", async (name) => {
    const refused = await turn(name, false, true);
    expect([refused.status, refused.body.code]).toEqual([409, "capability_essential"]);
  });

  it.each(others)(
    "include %s: off, its calls are refused by name and all others are served; on again, so are they",
    async (name) => {
      const off = await turn(name, false, true);
      expect(off.status, off.text).toBe(200);
      expect(off.body.changed[0]).toBe(name);
      for (const { name: of, operations } of capabilities)
        for (const { line } of operations.filter((it) => it.line.method === "get")) {
          const answer = await attack(line, stall);
          const isOff = off.body.changed.includes(of) && !line.keepsPromise && line.who !== "operator";
          expect([line.id, answer.body?.code === "capability_off"]).toEqual([line.id, isOff]);
          if (isOff)
            expect(answer.body).toMatchObject({ status: 403, capability: of, plans: `/docs/capabilities#${of}` });
        }
      const on = (await listed()).filter((it: { enabled: boolean }) => !it.enabled);
      expect(on.map((it: { name: string }) => it.name).sort()).toEqual(off.body.changed.toSorted());
      for (const it of off.body.changed) await turn(it, true, true);
      expect((await listed()).every((it: { enabled: boolean }) => it.enabled)).toBe(true);
    },
  );

  it("are all refused to another shop's key and to one without the scope, and are off in their own shop only", async () => {
    const { body } = await turn("search", false, true);
    expect((await api("GET", "/search?q=lamp", { shop: "acme", key: null })).status).toBe(200);
    expect((await api("GET", "/search?q=lamp", { key: null })).body.code).toBe("capability_off");
    for (const it of body.changed) await turn(it, true, true);
    expect((await api("GET", "/search?q=lamp", { key: null })).status).toBe(200);
    expect((await turn("telepathy", false)).body.code).toBe("unknown_capability");
  });

  it("that others need go with them, or not at all", async () => {
    const refused = await turn("flash-sales", false);
    expect([refused.status, refused.body.code, refused.body.needed_by]).toEqual([
      409,
      "capability_needed",
      ["live-board", "waiting-room"],
    ]);
    expect((await turn("flash-sales", false, true)).body.changed).toEqual([
      "flash-sales",
      "live-board",
      "waiting-room",
    ]);
    const lacks = await turn("live-board", true);
    expect([lacks.status, lacks.body.code, lacks.body.needs]).toEqual([
      409,
      "needs_off",
      ["flash-sales", "waiting-room"],
    ]);
    expect((await turn("live-board", true, true)).body.changed).toEqual(["live-board", "flash-sales", "waiting-room"]);
    expect((await turn("live-board", true)).body.changed).toEqual([]);
  });

  it("go on with what they began: a search that is off still learns of products", async () => {
    const { body } = await turn("search", false, true);
    const made = await api("POST", "/products", {
      body: {
        handle: "quiet-lamp",
        title: "Whispering lamp",
        status: "active",
        variants: [{ sku: "QUIET", price: { amount: 100, currency: "USD" } }],
      },
    });
    expect(made.status).toBe(201);
    for (const it of body.changed) await turn(it, true, true);
    await eventually(async () => {
      const found = await api("GET", "/search?q=whispering", { key: null });
      expect(found.body.data.map((it: { handle: string }) => it.handle)).toEqual(["quiet-lamp"]);
    });
  });
});

describe("the pages of a shop", () => {
  const shows = async (path: string, text: string) => (await page("GET", path)).text.includes(text);

  it("leave out the search box, sales, the waiting room, the studio and the monitor where they are off", async () => {
    const { saleId } = stall.queue;
    expect(await shows("/cart", 'action="/search"')).toBe(true);
    expect(await shows("/", `/sales/${stall.saleId}`)).toBe(true);
    expect(await shows(`/sales/${saleId}`, `/sales/${saleId}/room`)).toBe(true);
    for (const name of ["search", "waiting-room", "media", "consistency"]) await turn(name, false, true);
    expect(await shows("/cart", 'action="/search"')).toBe(false);
    expect(await shows(`/sales/${saleId}`, `/sales/${saleId}/room`)).toBe(false);
    expect(await shows(`/sales/${saleId}`, "The waiting room is closed")).toBe(true);
    for (const path of ["/search?q=lamp", `/sales/${saleId}/room`, "/studio/pictures", "/monitor/stock"])
      expect([path, (await page("GET", path)).status]).toEqual([path, 404]);
    await turn("flash-sales", false, true);
    await eventually(async () => expect(await shows("/", `/sales/${stall.saleId}`)).toBe(false));
    expect((await page("GET", `/sales/${stall.saleId}`)).status).toBe(404);
    for (const name of ["search", "live-board", "media", "consistency"]) await turn(name, true, true);
    expect((await page("GET", `/sales/${saleId}/room`)).status).toBe(303);
  });
});
