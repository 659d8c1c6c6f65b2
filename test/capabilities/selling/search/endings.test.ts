import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { eventually } from "../../../support/settled.ts";
import { find, handlesFor, newShop, stockShop } from "./search-kit.ts";

/** Another limit for each call: the same question is answered from memory for two seconds. */
let limit = 1;

describe("a search", () => {
  it("finds other endings of a word after the word itself, and marks them", async () => {
    const own = await newShop();
    await stockShop(own, [
      { handle: "seat", title: "Garden seat", vendor: "Cove" },
      { handle: "seating", title: "Garden seating set", vendor: "Cove" },
      { handle: "bench", title: "Bench", vendor: "Cove" },
    ]);
    expect(await handlesFor(own, "seating garden")).toEqual(["seating", "seat"]);
    const { way, data } = await find(own, { q: "seated" });
    expect([way, data.map((it: { handle: string }) => it.handle).sort()]).toEqual(["all", ["seat", "seating"]]);
    for (const { highlights } of data)
      expect(highlights.title.filter((it: { is_match: boolean }) => it.is_match)).toMatchObject([
        { text: expect.stringMatching(/^seat/) },
      ]);
    // What is stored of an ending is no word: nothing is corrected to it.
    expect((await find(own, { q: "seatin gardan" })).did_you_mean).not.toBe("seat garden");
  });

  it("takes a Chinese word that no product has for the kind of thing it names", async () => {
    const own = await newShop();
    await stockShop(own, [
      { handle: "pot", title: "侧把壶", tags: ["红色"] },
      { handle: "cup", title: "白瓷杯" },
      { handle: "cake", title: "白茶饼" },
    ]);
    const said = async (q: string) => {
      const { way, did_you_mean, data } = await find(own, { q });
      return [way, did_you_mean, ...data.map((it: { handle: string }) => it.handle)];
    };
    expect(await said("茶壶")).toEqual(["corrected", "壶", "pot"]);
    expect(await said("红色茶壶")).toEqual(["corrected", "红色 壶", "pot"]);
    expect(await said("白瓷杯")).toEqual(["all", null, "cup"]);
    expect(await said("睡袋")).toEqual(["some", null]);
    // What is no word finds nothing and is not taken for a wish to see everything.
    expect(await said("“”")).toEqual(["some", null]);
  });

  it("reads the catalogue anew where an older version of the code left its tables", async () => {
    const own = await newShop();
    await stockShop(own, [{ handle: "kite", title: "Flying kite" }]);
    const stub = env.SEARCH.getByName(own);
    await runInDurableObject(stub, (_, { storage }) => {
      storage.sql.exec("DROP TABLE txt");
      storage.sql.exec("CREATE VIRTUAL TABLE txt USING fts5(title, labels, body, content='', contentless_delete=1)");
    });
    await abortAllDurableObjects();
    await eventually(async () => expect(await handlesFor(own, "flies", { limit: String(limit++) })).toEqual(["kite"]));
  });
});
