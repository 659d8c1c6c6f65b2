import {
  abortAllDurableObjects,
  createExecutionContext,
  createMessageBatch,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { UsageMeter } from "../../../../durable-objects/usage-meter.ts";
import { capabilities } from "../../../../src/capabilities/index.ts";
import { unitPrices } from "../../../../src/capabilities/money/usage/rules/price-list.ts";
import type { Policy } from "../../../../src/capabilities/money/usage/rules.ts";
import worker from "../../../../src/worker.ts";
import { api, openShop } from "../../../support/api.ts";
import { MONTH_NAME, NOON } from "../../../support/calendar.ts";
import { BILLED, monthsAgo } from "../../../support/invoiced.ts";
import { eventually } from "../../../support/settled.ts";
import { csvOf, importFile, outcomeOf } from "../../selling/catalog/import-kit.ts";

const SHOP = "hooks";
const meter = () => env.USAGE.getByName(SHOP);
const stopClock = (at?: number) =>
  runInDurableObject(meter(), (it: UsageMeter) => Object.assign(it, { now: () => at ?? Date.now() }));

async function partner(terms: object): Promise<{ id: string; key: string }> {
  const scopes = ["media:write", "catalog:write", "orders:read"];
  const { body } = await api("POST", "/api-keys", { shop: SHOP, body: { name: "Partner", scopes, ...terms } });
  return { id: body.api_key.id, key: body.key };
}

type Hour = { meter: string; client: string; units: number; calls: number; bytes: number; cost_micros: number };
const hoursOf = async (client: string): Promise<Hour[]> =>
  (await api("GET", `/usage?client=${client}&limit=500`, { shop: SHOP })).body.data;

const announce = (key: string) => {
  const sha256 = crypto.randomUUID().replaceAll("-", "").padEnd(64, "0");
  const body = { filename: "a.png", content_type: "image/png", size: 100, sha256 };
  return api("POST", "/media/uploads", { shop: SHOP, key, body });
};
const uploads = async (): Promise<number> =>
  (await env.DB.prepare("SELECT COUNT(*) AS n FROM media_uploads WHERE tenant_id = ?").bind(SHOP).first<number>("n")) ??
  -1;

beforeAll(async () => {
  await openShop({ id: SHOP });
});

afterEach(async () => {
  vi.restoreAllMocks();
  await stopClock();
});

describe("the hook of an operation", () => {
  it("is in the OpenAPI document", async () => {
    const { paths } = (await api("GET", "/openapi.json")).body;
    expect(paths["/media/uploads"].post["x-billing-hook"]).toBe("pre-charge");
    expect(paths["/orders"].get["x-billing-hook"]).toBe("post-usage");
    expect(paths["/catalog/imports"].post["x-billing-hook"]).toBe("async-batch");
  });
});

describe("pre-charge", () => {
  it("refuses what a cap does not cover before it has any effect, however many ask at once", async () => {
    const { id, key } = await partner({ spend_cap_micros: 3_999 });
    const before = await uploads();
    const answers = await Promise.all(Array.from({ length: 12 }, () => announce(key)));
    const statuses = answers.map((it) => it.status);
    expect(statuses.filter((it) => it === 201)).toHaveLength(3);
    expect(new Set(answers.filter((it) => it.status !== 201).map((it) => it.body.code))).toEqual(
      new Set(["spend_cap_reached"]),
    );
    expect(await uploads()).toBe(before + 3);
    await eventually(async () => expect((await hoursOf(id))[0]).toMatchObject({ units: 3, calls: 3 }));
  });

  it("gives back what a refused call was charged", async () => {
    const { key } = await partner({ spend_cap_micros: 1_000 });
    const refused = await api("POST", "/media/uploads", { shop: SHOP, key, body: { size: "x" } });
    expect(refused.status).toBe(422);
    await eventually(async () => expect((await announce(key)).status).toBe(201));
  });

  it("holds the price through a crash, and gives it back a minute after a call that was cut off", async () => {
    const policy: Policy = {
      ...{ pool: "key_cut x", client: "key_cut", callsPerSecond: 100, callsPerMonth: 100 },
      ...{ microsPerCall: 1_000, spendCapMicros: 1_500 },
    };
    const charge = (id: string) => meter().charge(policy, { id, micros: 1_000 });
    await stopClock(NOON);
    expect((await charge("use_cut")).verdict).toBe("granted");
    await abortAllDurableObjects();
    await stopClock(NOON + 59_000);
    expect((await charge("use_next")).verdict).toBe("spend_cap_reached");
    expect((await meter().grant(policy, 1)).verdict).toBe("spend_cap_reached");
    await stopClock(NOON + 60_000);
    expect((await charge("use_next")).verdict).toBe("granted");
  });

  it("grants a charge that is asked for again as it did, and holds and counts it once", async () => {
    const policy: Policy = {
      ...{ pool: "key_again x", client: "key_again", callsPerSecond: 2, callsPerMonth: 2 },
      ...{ microsPerCall: 1_000, spendCapMicros: 2_000 },
    };
    const charge = (id: string) => meter().charge(policy, { id, micros: 1_000 });
    await stopClock(NOON);
    const first = await charge("use_1");
    expect(first).toMatchObject({ verdict: "granted", granted: 1, leftInSecond: 1, leftInMonth: 1 });
    expect([await charge("use_1"), await charge("use_1")]).toEqual([first, first]);
    expect(await charge("use_2")).toMatchObject({ verdict: "granted", leftInSecond: 0, leftInMonth: 0 });
    expect((await charge("use_1")).verdict).toBe("granted");
    expect((await charge("use_3")).verdict).toBe("quota_exhausted");
  });
});

describe("post-usage", () => {
  it("charges what the call turned out to be, with the bytes of its answer, and nothing for a failure", async () => {
    const { id, key } = await partner({});
    const answer = await api("GET", "/orders", { shop: SHOP, key });
    await api("GET", "/orders?limit=x", { shop: SHOP, key });
    const bytes = Buffer.byteLength(answer.text);
    await eventually(async () => {
      const hours = await hoursOf(id);
      expect(hours.map((it) => it.units).sort()).toEqual([0, 1]);
      const good = hours.find((it) => it.units === 1);
      expect(good).toMatchObject({ bytes, cost_micros: 1_000 + Math.floor((bytes * 500) / 1024) });
    });
  });
});

describe("the bytes of an answer", () => {
  it("are counted of a file too, and of a stream when it has ended", async () => {
    const { id, key } = await partner({ scopes: ["catalog:read", "invoices:read"] });
    await importFile(SHOP, csvOf([{ Handle: "lamp", Title: "Lamp", "Variant SKU": "LAMP", "Variant Price": "9" }]));
    const file = await api("GET", "/catalog/export.csv", { shop: SHOP, key });
    expect([file.status, file.text]).toEqual([200, expect.stringContaining("LAMP")]);
    const invoice = `/invoices/inv_${MONTH_NAME}_${id}_0`;
    await eventually(async () => expect((await api("GET", invoice, { shop: SHOP, key })).status).toBe(200));
    await stopClock(Date.now() + 1_000);
    const csv = await api("GET", `${invoice}/csv`, { shop: SHOP, key });
    const pdf = await api("GET", `${invoice}/pdf`, { shop: SHOP, key });
    expect([csv.status, pdf.status]).toEqual([200, 200]);
    const price = (bytes: number) => 1_000 + Math.floor((bytes * 500) / 1024);
    await eventually(async () => {
      const hours = await api("GET", `/usage?client=${id}&limit=500`, { shop: SHOP });
      const of = (operation: string) =>
        hours.body.data.find((it: { operation: string; units: number }) => it.operation === operation && it.units > 0);
      for (const [operation, bytes] of [
        ["exportCatalog", Buffer.byteLength(file.text)],
        ["readInvoiceCsv", Buffer.byteLength(csv.text)],
      ] as const)
        expect(of(operation)).toMatchObject({ bytes, cost_micros: price(bytes) });
      expect(of("readInvoicePdf").bytes).toBeGreaterThan(1_000);
    });
    expect(csv.headers.get("souk-usage")).toContain(`cost=0.00${price(Buffer.byteLength(csv.text))}`);
  });
});

describe("async-batch", () => {
  /** Rows of which one in fifty has a price that nobody can read. */
  const rows = (count: number) =>
    csvOf(
      Array.from({ length: count }, (_, i) => ({
        ...{ Handle: `row-${count}-${i}`, Title: `Row ${i}`, "Variant SKU": `R-${count}-${i}` },
        "Variant Price": i % 50 === 49 ? "cheap" : "5",
      })),
    );

  it("books the rows of an import when they are known, to the key that sent it, once, through crashes", async () => {
    const { id, key } = await partner({ plan: "silver" });
    const started = await api("POST", "/catalog/imports", {
      ...{ shop: SHOP, key, raw: rows(250), headers: { "content-type": "text/csv" } },
    });
    expect(started.status, started.text).toBe(202);
    await abortAllDurableObjects();
    expect((await outcomeOf(SHOP, started.body.id)).status).toBe("done");
    const booked = async () => (await hoursOf(id)).filter((it) => it.meter === "imported_rows");
    await eventually(async () => expect(await booked()).toMatchObject([{ units: 245, cost_micros: 2_450, calls: 1 }]));
    await runInDurableObject(env.IMPORTS.getByName(`${SHOP}:${started.body.id}`), async (_, state) => {
      const progress = state.storage.kv.get<object>("progress");
      state.storage.kv.put("progress", { ...progress, status: "running" });
      await state.storage.setAlarm(Date.now());
    });
    expect((await outcomeOf(SHOP, started.body.id)).status).toBe("done");
    expect(await booked()).toMatchObject([{ units: 245, calls: 1 }]);
  });

  it("leaves a quota of calls alone", async () => {
    const client = "key_rows";
    await meter().report([
      {
        ...{ id: "rows x", at: NOON, client, plan: "business", meter: "imported_rows", route: "importCatalog" },
        ...{ status: 200, bytes: 0, late: false, units: 10_000_000, micros: 1, arm: "control" },
      },
    ]);
    await stopClock(NOON);
    const policy = {
      pool: "rows",
      client,
      callsPerSecond: 9,
      callsPerMonth: 10,
      microsPerCall: 1,
      spendCapMicros: null,
    };
    expect(await meter().grant(policy, 1)).toMatchObject({ verdict: "granted", leftInMonth: 9 });
  });

  it("charges the shop where its own key sends the file", async () => {
    const before = (await hoursOf("shop")).find((it) => it.meter === "imported_rows")?.units ?? 0;
    await importFile(SHOP, rows(7));
    const now = async () => (await hoursOf("shop")).find((it) => it.meter === "imported_rows")?.units;
    await eventually(async () => expect(await now()).toBe(before + 7));
  });
});

describe("a business meter", () => {
  const at = monthsAgo(2, 20);
  const deliver = async (...events: { id: string; type: string; payload: Record<string, unknown> }[]) => {
    const bodies = events.map((it) => ({ ...it, tenantId: SHOP, at, arm: "ab:blue" }));
    const batch = createMessageBatch(
      "souk-events",
      bodies.map((body) => ({ id: crypto.randomUUID(), timestamp: new Date(), attempts: 1, body })),
    );
    await worker.queue(batch, env, createExecutionContext());
  };

  it("counts events once each, whatever the queue repeats, and is on the shop's invoice at its price", async () => {
    const searched = {
      id: "evt_s1",
      type: "search.performed",
      payload: { searches: 40, without_hits: 0, queries: {} },
    };
    await deliver(searched, searched, { ...searched, id: "evt_s2", payload: { ...searched.payload, searches: 2 } });
    await deliver(searched);
    const { body } = await api("GET", `/invoices/inv_${BILLED}_shop_0`, { shop: SHOP });
    expect(body).toMatchObject({ client: "shop", total_micros: 4_200 });
    expect(body.lines).toMatchObject([
      { plan: "business", meter: "searches", units: 42, calls: 2, cost_micros: 4_200 },
    ]);
    const replayed = await api("POST", `/invoices/inv_${BILLED}_shop_0/replay`, { shop: SHOP });
    expect(replayed.body).toMatchObject({ equal: true, events: 2 });
  });

  it("of every capability has a price, and every price a meter", async () => {
    const counted = capabilities.flatMap((it) => [...(it.counts ?? []).map(({ meter }) => meter), ...(it.books ?? [])]);
    expect([...new Set(counted)].sort()).toEqual(unitPrices.map((it) => it.meter).sort());
    const { body } = await api("GET", "/price-list", { key: null });
    expect(body.business_meters.map((it: { meter: string }) => it.meter).sort()).toEqual(
      unitPrices.map((it) => it.meter).sort(),
    );
  });

  it("of the shop is not shown to a partner", async () => {
    const scopes = ["usage:read", "invoices:read"];
    const { body } = await api("POST", "/api-keys", { shop: SHOP, body: { name: "P", scopes } });
    const asked = (path: string) => api("GET", path, { shop: SHOP, key: body.key });
    expect((await asked(`/invoices/inv_${BILLED}_shop_0`)).status).toBe(404);
    expect((await asked("/usage?client=shop")).status).toBe(403);
  });
});
