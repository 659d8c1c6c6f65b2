import { abortAllDurableObjects } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type InvoiceLine, makeInvoice } from "../../../../src/capabilities/money/invoices/rules.ts";
import { api, openShop } from "../../../support/api.ts";
import { BILLED, issue, monthName, monthsAgo, used } from "../../../support/invoiced.ts";

const KEY = "key_01kajx2xc8f1vrd1d1mc0fg9y6";
const meter = (shop: string) => env.USAGE.getByName(shop);
const read = async (shop: string, id: string) => (await api("GET", `/invoices/${id}`, { shop })).body;

beforeAll(async () => {
  await openShop({ id: "billed", name: "茶与器 Tea & Co" });
  await openShop({ id: "noted", name: "Noted", currency: "JPY" });
});

describe("an invoice", () => {
  const ID = `inv_${BILLED}_${KEY}_0`;

  it("adds up a month's use of one client by plan and meter, and is closed after it", async () => {
    await meter("billed").report([
      ...Array.from({ length: 40 }, (_, i) => used(KEY, `a${i}`)),
      used(KEY, "b", { status: 404, units: 0, micros: 0, bytes: 0 }),
      used(KEY, "c", { meter: "search", late: true, micros: 1_001 }),
      used(KEY, "d", { at: monthsAgo(1, 1, 0) }),
      used("key_other", "e"),
    ]);
    expect(await read("billed", ID)).toMatchObject({ status: "open", issued_at: null });
    await issue("billed");
    const invoice = await read("billed", ID);
    expect(invoice).toMatchObject({
      kind: "invoice",
      status: "closed",
      total_micros: 81_001,
      total: { amount: 8, currency: "USD" },
      lines: [
        {
          meter: "orders_read",
          plan: "bronze",
          calls: 41,
          units: 40,
          bytes: 81_920,
          late_calls: 0,
          cost_micros: 80_000,
        },
        { meter: "search", plan: "bronze", calls: 1, units: 1, late_calls: 1, cost_micros: 1_001 },
      ],
    });
    expect(
      (await api("GET", `/invoices?client=${KEY}`, { shop: "billed" })).body.data.map((it: { id: string }) => it.id),
    ).toEqual([`inv_${monthName(monthsAgo(1))}_${KEY}_0`, ID]);
  });

  it("stays as it was, however often it is issued, and comes out the same from its single events", async () => {
    const before = await read("billed", ID);
    await issue("billed");
    await abortAllDurableObjects();
    await issue("billed");
    expect(await read("billed", ID)).toEqual(before);
    const { body } = await api("POST", `/invoices/${ID}/replay`, { shop: "billed" });
    expect(body).toEqual({ id: ID, events: 42, hash: before.hash, replayed_hash: before.hash, equal: true });
  });

  it("is had as CSV and as PDF, the same bytes each time", async () => {
    const csv = await api("GET", `/invoices/${ID}/csv`, { shop: "billed" });
    const rows = parse(csv.text, { columns: true });
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ invoice: ID, meter: "orders_read", charged_calls: "40", cost_micros: "80000" });
    const pdf = async () => (await api("GET", `/invoices/${ID}/pdf`, { shop: "billed" })).text;
    const first = await pdf();
    expect(first.slice(0, 5)).toBe("%PDF-");
    expect(await pdf()).toBe(first);
  });

  it("is found by its own client and by the shop, by nobody else", async () => {
    const { body } = await api("POST", "/api-keys", {
      shop: "billed",
      body: { name: "Other", plan: "bronze", scopes: ["invoices:read"] },
    });
    const other = await api("GET", `/invoices/${ID}`, { shop: "billed", key: body.key });
    expect([other.status, other.body.code]).toEqual([404, "unknown_invoice"]);
    expect((await api("GET", "/invoices", { shop: "billed", key: body.key })).body.data).toEqual([]);
    expect((await api("GET", `/invoices?client=${KEY}`, { shop: "billed", key: body.key })).status).toBe(403);
  });
});

describe("what comes in late", () => {
  it("makes a supplement or a credit note and leaves the invoice alone", async () => {
    await meter("noted").report([used(KEY, "first")]);
    await issue("noted");
    const invoice = await read("noted", `inv_${BILLED}_${KEY}_0`);
    await meter("noted").report([used(KEY, "late")]);
    await issue("noted");
    expect(await read("noted", `inv_${BILLED}_${KEY}_1`)).toMatchObject({ kind: "supplement", total_micros: 2_000 });
    await meter("noted").report([used(KEY, "back", { units: -1, micros: -2_000_000 })]);
    await issue("noted");
    expect(await read("noted", `inv_${BILLED}_${KEY}_2`)).toMatchObject({
      kind: "credit_note",
      status: "closed",
      total_micros: -2_000_000,
      total: { amount: -2, currency: "JPY" },
    });
    expect(await read("noted", `inv_${BILLED}_${KEY}_0`)).toEqual(invoice);
    for (const part of [0, 1, 2])
      expect((await api("POST", `/invoices/inv_${BILLED}_${KEY}_${part}/replay`, { shop: "noted" })).body.equal).toBe(
        true,
      );
  });
});

describe("an invoice's hash", () => {
  const line = fc.record<InvoiceLine>({
    plan: fc.constantFrom("bronze", "silver", "gold"),
    meter: fc.stringMatching(/^[a-z_]{1,8}$/),
    calls: fc.nat(),
    units: fc.nat(),
    bytes: fc.nat(),
    lateCalls: fc.nat(),
    micros: fc.integer(),
  });
  const subject = { shop: "s", client: KEY, currency: "USD", digits: 2, month: "2026-09", part: 0 };

  it("does not hang on the order of its lines, and changes with any number", () => {
    const lines = fc.uniqueArray(line, { selector: (it) => `${it.meter} ${it.plan}`, minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(lines, fc.nat(), (all, seed) => {
        const { hash } = makeInvoice(subject, all);
        expect(makeInvoice(subject, all.toReversed()).hash).toBe(hash);
        const changed = all.with(seed % all.length, { ...(all[seed % all.length] as InvoiceLine), bytes: -1 });
        expect(makeInvoice(subject, changed).hash).not.toBe(hash);
      }),
    );
  });
});
