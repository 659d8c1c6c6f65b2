import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "souk-boundaries-"));
  for (const name of ["src", "durable-objects", "scripts", ".dependency-cruiser.cjs", "package.json", "tsconfig.json"])
    cpSync(name, join(copy, name), { recursive: true });
  symlinkSync(join(process.cwd(), "node_modules"), join(copy, "node_modules"));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe("boundaries", () => {
  it("hold in the tree", () => {
    expect(check()).toEqual({ status: 0, output: "" });
  });

  it.each([
    ["no-cycles", "src/platform/loop-a.ts", 'import { b } from "./loop-b.ts";\nexport const a = () => b;'],
    [
      "platform-knows-no-business",
      "src/platform/planted.ts",
      'import { readStock } from "../capabilities/selling/stock/actions.ts";\nreadStock;',
    ],
    [
      "capabilities-do-not-know-the-edge",
      "src/capabilities/selling/stock/planted.ts",
      'import { problem } from "../../../edge/render-problem.ts";\nproblem;',
    ],
    [
      "capabilities-meet-at-their-doors",
      "src/capabilities/selling/carts/planted.ts",
      'import { readLevels } from "../stock/store.ts";\nreadLevels;',
    ],
    [
      "edge-enters-through-doors",
      "src/edge/planted.ts",
      'import { readLevels } from "../capabilities/selling/stock/store.ts";\nreadLevels;',
    ],
    [
      "only-the-list-names-manifests",
      "src/edge/planted.ts",
      'import stock from "../capabilities/selling/stock/capability.ts";\nstock;',
    ],
    [
      "rules-are-pure",
      "src/capabilities/selling/stock/rules/planted.ts",
      'import { commit } from "../../../../platform/commit.ts";\ncommit;',
    ],
    ["sql-lives-in-stores", "src/capabilities/selling/stock/planted.ts", 'import { eq } from "drizzle-orm";\neq;'],
    [
      "schemas-belong-to-their-store",
      "src/capabilities/selling/stock/planted.ts",
      'import { stockLevels } from "./schema.ts";\nstockLevels;',
    ],
    [
      "only-the-worker-loads-objects",
      "src/edge/planted.ts",
      'import { StockCounter } from "../../durable-objects/stock-counter.ts";\nStockCounter;',
    ],
    [
      "pages-use-doors",
      "src/storefront/planted.ts",
      'import { readLevels } from "../capabilities/selling/stock/store.ts";\nreadLevels;',
    ],
    [
      "product-imports-no-tools",
      "src/platform/planted.ts",
      'import { startServer } from "../../scripts/serve.mjs";\nstartServer;',
    ],
    [
      "client-stands-alone",
      "src/client/planted.ts",
      'import type { Ctx } from "../platform/context.ts";\nexport type It = Ctx;',
    ],
    ["nothing-unresolved", "src/platform/planted.ts", 'import { x } from "./nowhere.ts";\nx;'],
  ])("%s is refused", (rule, path, text) => {
    const planted = [{ path, text }];
    if (rule === "no-cycles")
      planted.push({
        path: "src/platform/loop-b.ts",
        text: 'import { a } from "./loop-a.ts";\nexport const b = () => a;',
      });
    for (const it of planted) {
      mkdirSync(dirname(join(copy, it.path)), { recursive: true });
      writeFileSync(join(copy, it.path), it.text);
    }
    const { status, output } = check();
    for (const it of planted) rmSync(join(copy, it.path));
    expect(output).toContain(`${rule}: ${path}`);
    expect(status).toBe(1);
  });

  it("fail when hardly any module was read", () => {
    const empty = mkdtempSync(join(tmpdir(), "souk-empty-"));
    mkdirSync(join(empty, "src"));
    writeFileSync(join(empty, "src/one.ts"), "export const one = 1;\n");
    const { status, output } = check(empty);
    rmSync(empty, { recursive: true });
    expect(output).toContain("Only 1 modules were read");
    expect(status).toBe(1);
  });
});

function check(root = copy): { status: number | null; output: string } {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/check-boundaries.mjs", root], { encoding: "utf8" });
  return { status, output: stderr };
}
