import { beforeAll, describe, expect, it } from "vitest";
import { api } from "../support/api.ts";
import { attack, operations, refusalFlaws } from "../support/attack.ts";
import { openWatchedStall } from "../support/stored-state.ts";

const kinds = ["test key", "token of a test key"] as const;
const credentials = new Map<string, string>();

/** A test key that could do everything if it were a live one, and a token of it; made before anybody looks at what is stored. */
beforeAll(async () => {
  const body = { name: "Sweep", mode: "test", plan: "house", scopes: ["*"] };
  const { key, api_key } = (await api("POST", "/api-keys", { body })).body;
  const authorization = `Basic ${btoa(`${api_key.id}:${key}`)}`;
  const headers = { authorization, "content-type": "application/x-www-form-urlencoded" };
  const token = await api("POST", "/oauth/token", { key: null, headers, raw: "grant_type=client_credentials" });
  credentials.set("test key", key).set("token of a test key", token.body.access_token);
});

/** The suite fails if anything at all is stored differently after it. */
const stall = openWatchedStall("demo");

const changing = operations.filter((line) => line.method !== "get" && !line.readsOnly);
const reading = operations.filter((line) => line.method === "get" || line.readsOnly);

describe.each(kinds)("a %s", (kind) => {
  it.each(changing.map((line) => [line.id, line] as const))("is refused by %s", async (_, line) => {
    const refusal = line.who === "operator" ? "unauthenticated" : "test_key_reads_only";
    const answer = await attack(line, stall(), { key: credentials.get(kind) ?? null });
    expect(refusalFlaws(answer, [refusal])).toEqual([]);
  });

  it.each(reading.map((line) => [line.id, line] as const))("may read by %s", async (_, line) => {
    const answer = await attack(line, stall(), { key: credentials.get(kind) ?? null });
    const isOthers = line.who === "operator" || line.who === "shopper";
    expect(answer.status, answer.text.slice(0, 300)).toBe(isOthers ? 401 : line.answer.status);
  });
});

it("is swept over more than a handful of operations", () => {
  expect(changing.length).toBeGreaterThan(50);
  expect(reading.length).toBeGreaterThan(40);
});
