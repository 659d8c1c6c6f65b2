import { describe, expect, it } from "vitest";
import { orderParticipation, participate } from "../../../../src/capabilities/marketing/flash-sales/contract.ts";
import { normaliseBuyer } from "../../../../src/capabilities/marketing/flash-sales/rules/buyer.ts";
import { type Pass, readPass, signPass } from "../../../../src/capabilities/marketing/flash-sales/rules/pass.ts";
import { judgeEdit, type Sale } from "../../../../src/capabilities/marketing/flash-sales/rules/sale.ts";

const SECRET = "5e".repeat(32);
const pass: Pass = {
  tenantId: "demo",
  saleId: "fls_1",
  buyer: "ann@example.com",
  notBefore: 1_000,
  expiresAt: 2_000,
  jti: "one",
};
const expected = { tenantId: "demo", saleId: "fls_1", buyer: "ann@example.com" };

describe("a pass", () => {
  const text = signPass(SECRET, pass);

  it("lets its buyer into its sale between its two moments", () => {
    expect(readPass(SECRET, text, expected, 1_000)).toEqual({ ok: true, jti: "one", expiresAt: 2_000 });
    expect(readPass(SECRET, text, expected, 1_999)).toMatchObject({ ok: true });
  });

  it.each([
    ["none", undefined, expected, 1_500, "pass_required"],
    ["an empty one", "", expected, 1_500, "pass_required"],
    ["one too early", text, expected, 999, "pass_invalid"],
    ["one too late", text, expected, 2_000, "pass_expired"],
    ["another shop's", text, { ...expected, tenantId: "acme" }, 1_500, "pass_foreign"],
    ["another sale's", text, { ...expected, saleId: "fls_2" }, 1_500, "pass_foreign"],
    ["another buyer's", text, { ...expected, buyer: "bob@example.com" }, 1_500, "pass_foreign"],
    ["one signed with another secret", signPass("x", pass), expected, 1_500, "pass_invalid"],
    ["one without signature", text.split(".")[0], expected, 1_500, "pass_invalid"],
    ["one with more behind it", `${text}.x`, expected, 1_500, "pass_invalid"],
    ["nonsense", "%%%.%%%", expected, 1_500, "pass_invalid"],
  ])("that is %s is refused with the reason", (_, given, by, now, flaw) => {
    expect(readPass(SECRET, given, by, now)).toEqual({ ok: false, flaw });
  });

  it("changed in any one character is refused", () => {
    for (let i = 0; i < text.length; i++) {
      const changed = text.slice(0, i) + (text[i] === "A" ? "B" : "A") + text.slice(i + 1);
      expect(readPass(SECRET, changed, expected, 1_500), `character ${i}`).toEqual({ ok: false, flaw: "pass_invalid" });
    }
  });

  it("does not show its buyer's address", () => {
    expect(Buffer.from(text.split(".")[0] ?? "", "base64url").toString()).not.toContain("ann");
  });
});

describe("a buyer", () => {
  it("is the same however the address is written", () => {
    for (const email of ["ann@example.com", " Ann@Example.COM ", "ann+sale@example.com", "ANN+1+2@example.com"])
      expect(normaliseBuyer(email)).toBe("ann@example.com");
    expect(normaliseBuyer("+1@example.com")).toBe("+1@example.com");
    expect(normaliseBuyer("ann.lee@example.com")).toBe("ann.lee@example.com");
  });
});

const room = { burst: null, pass_seconds: 300, live_passes_max: null };
const sale: Sale = {
  id: "fls_1",
  sku: "A",
  title: null,
  price: { amount: 100, currency: "USD" },
  quantity: 10,
  startsAt: 1_000,
  endsAt: 2_000,
  perBuyerLimit: 2,
  shards: 1,
  eligibility: { countries: ["US"], email_domains: [] },
  waitingRoom: { ...room, admit_per_second: 10 },
  cancelledAt: null,
  journal: "40",
  numbers: "65-1-",
  asked: "",
  version: 1,
};

describe("an edit", () => {
  it.each([
    ["a later end", { endsAt: 3_000 }],
    ["more units", { quantity: 11 }],
    ["a higher limit", { perBuyerLimit: 3 }],
    ["more countries", { eligibility: { countries: ["US", "CN"], email_domains: [] } }],
    ["every country", { eligibility: { countries: [], email_domains: [] } }],
    ["no waiting room", { waitingRoom: null }],
    ["a faster one", { waitingRoom: { ...room, admit_per_second: 11 } }],
    ["another title", { title: "Now" }],
  ])("of a live sale may be %s", (_, edit) => {
    expect(judgeEdit(sale, edit, 1_500)).toEqual({ kind: "edited", sale: { ...sale, ...edit, version: 2 } });
  });

  it.each([
    ["sale_price", { price: { amount: 99, currency: "USD" } }],
    ["starts_at", { startsAt: 1_001 }],
    ["ends_at", { endsAt: 1_999 }],
    ["quantity", { quantity: 9 }],
    ["per_buyer_limit", { perBuyerLimit: 1 }],
    ["eligibility", { eligibility: { countries: ["CN"], email_domains: [] } }],
    ["eligibility", { eligibility: { countries: ["US"], email_domains: ["example.com"] } }],
    ["waiting_room", { waitingRoom: { ...room, admit_per_second: 9 } }],
  ])("of %s that would break a promise is refused while live, and free before", (field, edit) => {
    expect(judgeEdit(sale, edit, 1_500)).toEqual({ kind: "breaks_promise", fields: [field] });
    expect(judgeEdit(sale, edit, 999)).toMatchObject({ kind: "edited" });
  });

  it("of a sale that is over is refused", () => {
    expect(judgeEdit(sale, { title: "x" }, 2_000)).toEqual({ kind: "over" });
    expect(judgeEdit({ ...sale, cancelledAt: 1 }, { title: "x" }, 1_500)).toEqual({ kind: "over" });
  });
});

describe("the contract", () => {
  it.each([0, -1, 1.5, 1e9, "1", null])("takes no quantity %s", (quantity) => {
    expect(participate.body?.safeParse({ email: "a@example.com", quantity }).success).toBe(false);
  });

  it.each(["", "par_1", "par_1_1_x", `rsv_1_1_${"a".repeat(32)}`])("takes no participation id %s", (id) => {
    expect(orderParticipation.params?.safeParse({ id: `fls_${"0".repeat(26)}`, participation_id: id }).success).toBe(
      false,
    );
  });
});
