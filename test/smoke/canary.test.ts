import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { callShop, callShopOrThrow, type ShopCall } from "../../scripts/call-shop.mjs";
import { freePort } from "../../scripts/free-port.mjs";
import { buildBundle, type Server, startServer } from "../../scripts/serve.mjs";

let bundle: string;
let server: Server;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "souk-canary-"));
  bundle = buildBundle(join(folder, "dist"));
  return () => rmSync(folder, { recursive: true, force: true });
});
afterEach(() => server?.close());

/** The platform with this canary beside it, and a shop whose requests with `X-Canary: true` go there. */
async function openShopBeside(canary: string) {
  server = await startServer({ port: await freePort(), state: mkdtempSync(join(folder, "state-")), bundle, canary });
  const body = { id: "demo", name: "Canary", currency: "USD", locale: "en" };
  const made = await callShopOrThrow(server.origin, "POST", "/api/v1/tenants", { key: server.operatorKey, body });
  const key: string = made.api_key;
  const origin = server.origin.replace("localhost", "demo.localhost");
  const when = 'headers.get("X-Canary") == "true"';
  const rule = await callShopOrThrow(origin, "POST", "/api/v1/canary/rules", {
    key,
    body: { name: "Next release", when, target: "canary", arm: "next" },
  });
  const call = (path: string, options: ShopCall & { method?: string; isCanary?: boolean } = {}) => {
    const { method = "GET", isCanary = false, ...more } = options;
    return callShop(origin, method, path, { ...more, headers: { ...(isCanary && { "x-canary": "true" }) } });
  };
  return { key, call, rule: () => callShopOrThrow(origin, "GET", `/api/v1/canary/rules/${rule.id}`, { key }) };
}

describe("a second deployment of this code", () => {
  it("serves its arm on the stable one's objects and data", async () => {
    const { call } = await openShopBeside(bundle);
    const cart = await call("/api/v1/carts", { method: "POST", isCanary: true });
    const read = await call(`/api/v1/carts/${cart.body.id}`);
    expect(read.status, read.text).toBe(200);
    const [here, there] = [await call("/"), await call("/", { isCanary: true })];
    expect([here.status, there.status]).toEqual([200, 200]);
    expect(here.text).toContain('"/build/shop.css"');
    expect(there.text).toContain('"/canary-build/shop.css"');
    const style = await call("/canary-build/shop.css");
    expect(style.status, style.text.slice(0, 200)).toBe(200);
    expect((await call("/")).text).toContain('"/build/shop.css"');
  });

  it("is rolled back by itself when it throws at everything, and no reader notices", async () => {
    const broken = join(folder, "broken");
    mkdirSync(broken);
    writeFileSync(join(broken, "worker.js"), 'export default { fetch() { throw new Error("planted"); } };');
    const { call, rule } = await openShopBeside(broken);
    for (let asked = 0; asked < 50 && (await rule()).off === null; asked++) {
      const page = await call("/", { isCanary: true });
      expect(page.status, page.text.slice(0, 200)).toBe(200);
    }
    expect((await rule()).off.why).toBe("5 errors in a row.");
  });
});
