import { describe, expect, it } from "vitest";
import { capabilities } from "../../src/capabilities/index.ts";
import { ownOperations } from "../../src/edge/own-operations.ts";
import { gatewayRefusals } from "../../src/edge/render-problem.ts";
import type { AnyLine } from "../../src/platform/contract.ts";
import { folderFlaws, lineFlaws, needFlaws, repeated, undeclaredRefusals } from "./checks/manifests.ts";
import { sourcesBelow } from "./checks/source.ts";

const sources = sourcesBelow(["src/capabilities"]);
const lines = [...ownOperations, ...capabilities.flatMap((it) => it.operations)].map((it) => it.line);
const good = lines.find((line) => line.who === "staff" && line.scope === "stock:write") as AnyLine;

describe("capabilities", () => {
  it("are all listed, each with a manifest of its folder's name", () => {
    expect(folderFlaws(sources, capabilities)).toEqual([]);
    const planted = { path: "src/capabilities/selling/gift-cards/helpers.ts", text: "" };
    expect(folderFlaws([...sources, planted], capabilities)).toEqual([
      "selling/gift-cards is not in the list of capabilities",
      "selling/gift-cards has no manifest of its name",
      "selling/gift-cards/helpers.ts is named after no behaviour",
    ]);
  });

  it("need exactly the capabilities they import, without circles", () => {
    expect(needFlaws(sources, capabilities)).toEqual([]);
    const planted = {
      path: "src/capabilities/selling/stock/extra.ts",
      text: 'import { x } from "../../money/tenants/actions.ts";',
    };
    expect(needFlaws([...sources, planted], capabilities)).toEqual([
      "stock imports tenants and does not say so in needs",
    ]);
    const idle = capabilities.map((it) => (it.name === "tenants" ? { ...it, needs: [...it.needs, "stock"] } : it));
    expect(needFlaws(sources, idle)).toEqual(["tenants needs stock and imports nothing of it"]);
    const circle = [
      { name: "a", needs: ["b"] },
      { name: "b", needs: ["a"] },
    ];
    expect(needFlaws([], circle)[0]).toBe("a circle of needs: a -> b -> a");
  });

  it("refuse only with codes that a contract line declares", () => {
    const promises = [...lines, ...capabilities.flatMap((it) => it.files ?? [])];
    const declared = new Set([gatewayRefusals, ...promises.map((it) => it.refusals)].flatMap((it) => Object.keys(it)));
    expect(undeclaredRefusals(sources, declared)).toEqual([]);
    const planted = {
      path: "src/capabilities/selling/stock/actions.ts",
      text: 'return refused("because", "Just so.");',
    };
    expect(undeclaredRefusals([planted], declared)).toEqual(["src/capabilities/selling/stock/actions.ts: because"]);
  });
});

describe("contract lines", () => {
  it("say their price, their callers, their scope and a kebab-case path", () => {
    const flaws = capabilities.flatMap(({ name, operations }) =>
      operations.flatMap(({ line }) => lineFlaws(name, line)),
    );
    expect(flaws).toEqual([]);
    const planted = {
      ...good,
      id: "bad",
      path: "/stockLevels/{sku}",
      scope: "carts:write",
      billing: { ...good.billing, rateLimit: 0 },
    };
    expect(lineFlaws("stock", planted)).toEqual([
      "bad: billing is incomplete",
      "bad: scope is carts:write, not stock:read or :write",
      "bad: the path /stockLevels/{sku} is not kebab-case",
    ]);
  });

  it("have ids and addresses of their own", () => {
    expect(repeated(lines)).toEqual([]);
    expect(repeated([...lines, { ...good }])).toEqual([good.id, expect.stringContaining("/stock/{}")]);
  });
});
