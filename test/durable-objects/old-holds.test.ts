import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { api } from "../support/api.ts";
import { divide, parentOf, recount } from "../support/divided-stock.ts";

/** The table as it was before holds had slots. */
const OLD = `
  CREATE TABLE old (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, buyer TEXT NOT NULL, quantity INTEGER NOT NULL,
    status TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL);
  INSERT INTO old SELECT seq, key, buyer, quantity, status, created_at, expires_at FROM holds;
  DROP TABLE holds;
  ALTER TABLE old RENAME TO holds;`;

const hold = (buyer: string) =>
  api("POST", "/stock/OLD/reservations", { body: { buyer, quantity: 1 }, headers: { "idempotency-key": buyer } });
/** Ids of that time named no slot. */
const oldId = (id: string) => id.replace(/\.\w+\./, ".");

describe("holds that were stored before there were slots", () => {
  it("keep their numbers and ids, in one counter and in several", async () => {
    await api("PUT", "/stock/OLD", { body: { on_hand: 20 } });
    const ids = await Promise.all(["a", "b", "c", "d"].map(async (buyer) => String((await hold(buyer)).body.id)));
    await runInDurableObject(parentOf("OLD"), (_, state) => state.storage.sql.exec(OLD));
    await evictDurableObject(parentOf("OLD"));
    expect((await hold("a")).body).toMatchObject({ id: ids[0], outcome: "already_reserved" });
    const settle = (i: number, how: string) => api("POST", `/reservations/${oldId(ids[i] ?? "")}/${how}`);
    expect((await settle(0, "confirm")).body).toMatchObject({ status: "confirmed", buyer: "a" });
    await divide("OLD", 5);
    expect((await settle(1, "confirm")).body).toMatchObject({ status: "confirmed", buyer: "b" });
    expect((await settle(2, "release")).body).toMatchObject({ status: "released", buyer: "c" });
    expect((await api("GET", `/reservations/${oldId(ids[3] ?? "")}`)).body).toMatchObject({
      status: "held",
      buyer: "d",
    });
    expect((await hold("d")).body).toMatchObject({ id: ids[3], outcome: "already_reserved" });
    const unknown = await api("POST", `/reservations/${oldId(ids[0] ?? "").replace(/\w+$/, "zz")}/confirm`);
    expect([unknown.status, unknown.body.code]).toEqual([404, "unknown_reservation"]);
    expect(await recount("OLD")).toMatchObject({ onHand: 18, reserved: 1, sold: 2 });
  });
});
