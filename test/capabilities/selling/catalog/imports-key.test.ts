import { describe, expect, it } from "vitest";
import { api } from "../../../support/api.ts";
import { eventually } from "../../../support/settled.ts";

const file = (title: string) => `Handle,Title,Variant SKU,Variant Price\nkeyed,${title},KEYED-1,5.00\n`;
const send = (key: string | undefined, raw: string, shop = "demo") =>
  api("POST", "/catalog/imports", {
    shop,
    raw,
    headers: { "content-type": "text/csv", ...(key !== undefined && { "idempotency-key": key }) },
  });

describe("an import with an Idempotency-Key", () => {
  it("is one import however often it is sent; while its file arrives the others are told so", async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => send("import-1", file("One"))));
    const good = answers.filter((it) => it.status === 202);
    expect(good.length, answers[0]?.text).toBeGreaterThan(0);
    for (const it of answers) if (it.status !== 202) expect([it.status, it.body.code]).toEqual([409, "in_flight"]);
    const again = await send("import-1", file("One"));
    expect([...good, again].map((it) => it.body.id)).toEqual(Array(good.length + 1).fill(again.body.id));
    await eventually(async () =>
      expect((await api("GET", `/catalog/imports/${again.body.id}`)).body).toMatchObject({ status: "done", rows: 1 }),
    );
    expect((await send("import-1", file("One"))).body).toMatchObject({ id: again.body.id, status: "done" });
  });

  it("refuses another file, and is another import in another shop and without a key", async () => {
    const first = await send("import-2", file("One"));
    expect(first.status).toBe(202);
    const other = await send("import-2", file("Two"));
    expect([other.status, other.body.code]).toEqual([422, "key_reused"]);
    const ids = [first, await send("import-2", file("One"), "acme"), await send(undefined, file("One"))];
    expect(new Set(ids.map((it) => it.body.id)).size).toBe(3);
  });

  it("leaves its key to the next one when nothing arrived", async () => {
    expect((await send("import-3", "")).body.code).toBe("empty_file");
    expect((await send("import-3", file("One"))).status).toBe(202);
  });
});
