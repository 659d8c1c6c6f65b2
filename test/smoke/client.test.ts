import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callShopOrThrow } from "../../scripts/call-shop.mjs";
import { buildMould, World } from "../chaos/kit/world.ts";

const root = process.cwd();
const run = promisify(execFile);

/** What a partner's own project holds: the package, and a program that uses it. */
const PROGRAM = `
import { connect, each, orThrow } from "@souk/client";
import type { Order } from "@souk/client/types";

const [url = "", apiKey = ""] = process.argv.slice(2);
const souk = connect({ url, apiKey });
orThrow(await souk.createProduct({
  handle: "cup", title: "Cup", status: "active", variants: [{ sku: "CUP", price: { amount: 900, currency: "USD" }, on_hand: 2 }],
}));
const first = await souk.reserveStock({ sku: "CUP", buyer: "a", quantity: 2 });
const second = await souk.reserveStock({ sku: "CUP", buyer: "b", quantity: 1 });
const orders: Order[] = [];
for await (const order of each(souk.listOrders, { limit: 1 })) orders.push(order);
console.log(JSON.stringify([first.ok, second.ok ? "held" : second.problem.code, orders.length]));
`;
const SETTINGS = {
  compilerOptions: {
    strict: true,
    module: "nodenext",
    target: "es2023",
    lib: ["es2024", "dom", "dom.iterable"],
    types: [],
    skipLibCheck: false,
    outDir: "out",
  },
};

let project: string;
let world: World;
beforeAll(async () => {
  await run(process.execPath, ["scripts/build-client.mjs"], { cwd: root });
  project = mkdtempSync(join(tmpdir(), "souk-partner-"));
  mkdirSync(join(project, "node_modules/@souk"), { recursive: true });
  cpSync(join(root, "dist/client"), join(project, "node_modules/@souk/client"), { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  writeFileSync(join(project, "node.d.ts"), "declare const process: { argv: string[] };");
  world = await World.open("client", buildMould());
});
afterAll(async () => {
  await world?.close();
  rmSync(project, { recursive: true, force: true });
});

async function compile(file: string): Promise<void> {
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ ...SETTINGS, files: [file, "node.d.ts"] }));
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  await run(process.execPath, [compiler, "-p", project]).catch(({ stdout }) => expect(stdout).toBe(""));
}

describe("the client's package", () => {
  it("compiles and runs in a project that has nothing else of ours", async () => {
    writeFileSync(join(project, "program.ts"), PROGRAM);
    await compile("program.ts");
    const shop = { id: "demo", name: "Smoke", currency: "USD", locale: "en" };
    const { api_key: key } = await callShopOrThrow(world.origin, "POST", "/api/v1/tenants", {
      key: world.operatorKey,
      body: shop,
    });
    const url = world.origin.replace("127.0.0.1", "localhost");
    const { stdout } = await run(process.execPath, [join(project, "out/program.js"), url, key]);
    expect(JSON.parse(stdout)).toEqual([true, "sold_out", 0]);
  });

  it("takes what the documentation shows of each operation", async () => {
    const answer = await fetch(`${world.origin.replace("127.0.0.1", "localhost")}/api/v1/openapi.json`);
    const { paths } = JSON.parse(await answer.text());
    const operations = Object.values<Record<string, { [name: string]: { source: string }[] }>>(paths).flatMap((it) =>
      Object.values(it),
    );
    const samples = operations.map((it) => it["x-codeSamples"]?.[0]?.source ?? "");
    expect(samples.length).toBeGreaterThan(100);
    const [imported = ""] = samples[0]?.split("\n") ?? [];
    const bodies = samples.map((it) => `{${it.replace(imported, "")}\n}`);
    writeFileSync(join(project, "samples.ts"), [imported, ...bodies].join("\n"));
    await compile("samples.ts");
  });

  it("is found by its path in this package", async () => {
    const path = import.meta.resolve("souk/client");
    expect(path).toBe(pathToFileURL(join(root, "dist/client/connect.js")).href);
  });
});
