import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { PhraseScores } from "../../../../durable-objects/phrase-scores.ts";
import { alternatives, readClauses, wholePhrase } from "../../../../src/capabilities/selling/search/rules/clauses.ts";
import { bestOf, inAll, inAny, type Scores } from "../../../../src/capabilities/selling/search/rules/scores.ts";
import { api } from "../../../support/api.ts";
import { eventually } from "../../../support/settled.ts";
import { handlesFor, newShop, stockShop } from "./search-kit.ts";

const GOODS = [
  "Oak lantern",
  "Oak stool",
  "Lanterns of oak, oak and more oak",
  "Brass lantern 台灯",
  "红木台灯",
  "Iron hook",
];
const QUERIES = ["oak lantern", "lanterns oak", "oak lan", "台灯", "brass 台灯", "lantern"];
const RANK = "bm25(1.0, 1.0, 0.3, 0.3)";

/** What FTS5 answers when it is asked everything at once. */
function askAtOnce(sql: SqlStorage, query: string, wanted: "all" | "any"): [number, number][] {
  const clauses = readClauses(query);
  const each = clauses.map((it) => `(${alternatives(it, wanted === "all").join(" OR ")})`);
  const whole = wholePhrase(clauses);
  const all = each.join(wanted === "all" ? " AND " : " OR ");
  const rows = sql.exec(
    "SELECT rowid, -rank FROM txt WHERE txt MATCH ? AND rank MATCH ? ORDER BY rowid",
    ...[whole ? `(${all}) OR ${whole}` : all, RANK],
  );
  return [...rows.raw<[number, number]>()];
}

const pairs = ({ ids, scores }: Scores): [number, number][] => Array.from(ids, (id, i) => [id, scores[i] ?? 0]);
const scores = (...rows: [number, number][]): Scores => ({
  ids: Uint32Array.from(rows, ([id]) => id),
  scores: Float64Array.from(rows, ([, score]) => score),
});

describe("scores of phrases", () => {
  it("added up are what FTS5 answers to the whole query", async () => {
    const shop = await newShop();
    await stockShop(
      shop,
      GOODS.map((title, i) => ({ handle: `thing-${i}`, title })),
    );
    await runInDurableObject(env.SEARCH.getByName(shop), (_, { storage: { sql } }) => {
      const phrases = new PhraseScores(sql);
      for (const query of QUERIES)
        for (const wanted of ["all", "any"] as const) {
          const expected = askAtOnce(sql, query, wanted);
          expect(expected.length, query).toBeGreaterThan(0);
          const found = pairs(phrases.match(readClauses(query), wanted));
          expect(
            found.map(([id]) => id),
            query,
          ).toEqual(expected.map(([id]) => id));
          // With one product there is nothing to rank.
          if (found.length > 1)
            for (const [i, [, score]] of found.entries()) expect(score, query).toBeCloseTo(expected[i]?.[1] ?? 0, 5);
        }
    });
  });

  it("are asked for again when a product says something else", async () => {
    const shop = await newShop();
    await stockShop(shop, [
      { handle: "one", title: "Oak stool" },
      { handle: "two", title: "Oak chair" },
      { handle: "three", title: "Oak shelf" },
    ]);
    expect(await handlesFor(shop, "oak")).toHaveLength(3);
    expect(await handlesFor(shop, "el")).toEqual([]);
    await api("PATCH", "/products/two", { shop, body: { title: "Elm chair" } });
    // Another limit for each call: the same question is answered from memory for two seconds.
    let limit = 10;
    const found = async (q: string) => (await handlesFor(shop, q, { limit: String(limit++) })).sort();
    await eventually(async () => expect(await found("oak")).toEqual(["one", "three"]));
    expect(await found("el")).toEqual(["two"]);
    await api("DELETE", "/products/one", { shop });
    await eventually(async () => expect(await found("oak")).toEqual(["three"]));
  });

  it("are met, joined and picked by what is in them", () => {
    const [a, b] = [scores([1, 1], [3, 2], [9, 4]), scores([2, 10], [3, 20], [9, 40], [12, 50])];
    expect(pairs(inAll([b, a]))).toEqual([
      [3, 22],
      [9, 44],
    ]);
    expect(pairs(inAny([a, b]))).toEqual([
      [1, 1],
      [2, 10],
      [3, 22],
      [9, 44],
      [12, 50],
    ]);
    expect(pairs(inAll([a, scores()]))).toEqual([]);
    expect(bestOf(inAny([a, b]), 0.44, 2)).toEqual([
      [12, 50],
      [9, 44],
    ]);
    expect(bestOf(scores(), 0.5, 3)).toEqual([]);
  });
});
