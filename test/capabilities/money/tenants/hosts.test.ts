import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { api, operate } from "../../../support/api.ts";

const claim = (host: string, shop = "demo") => api("POST", "/shop/hosts", { shop, body: { host } });
const verify = (host: string, shop = "demo") =>
  api("POST", `/tenants/${shop}/hosts/${host}/verification`, { key: env.OPERATOR_KEY });
const remove = (host: string, shop = "demo") => api("DELETE", `/shop/hosts/${host}`, { shop });
/** Which shop answers on a host; undefined when none does. */
async function shopAt(host: string): Promise<string | undefined> {
  const answer = await exports.default.fetch(new Request(`http://${host}/api/v1/shop`));
  return answer.ok ? ((await answer.json()) as { id: string }).id : undefined;
}

describe("a domain of a shop's own", () => {
  it("is pending until it is proven, leads to the shop then, and to nobody once it is given up", async () => {
    const claimed = await claim("Lamps.Example.com");
    expect(claimed.status, claimed.text).toBe(201);
    expect(claimed.body).toMatchObject({ host: "lamps.example.com", status: "pending", verified_by: null });
    expect(claimed.body.proof).toMatchObject({ type: "TXT", name: "_souk.lamps.example.com" });
    expect(await shopAt("lamps.example.com")).toBeUndefined();
    expect((await verify("lamps.example.com")).body).toMatchObject({ status: "verified", verified_by: "operator" });
    expect(await shopAt("lamps.example.com")).toBe("demo");
    expect((await remove("lamps.example.com")).status).toBe(204);
    expect(await shopAt("lamps.example.com")).toBeUndefined();
    expect((await remove("lamps.example.com")).body.code).toBe("unknown_claim");
  });

  it("keeps its proof when it is claimed again", async () => {
    const [first, again] = [await claim("twice.example.com"), await claim("twice.example.com")];
    expect(again.body).toEqual(first.body);
  });

  it("is claimed by whoever wants it and proven for one shop only", async () => {
    await api("GET", "/shop", { shop: "acme" });
    const [demo, acme] = [await claim("both.example.com"), await claim("both.example.com", "acme")];
    expect(acme.body.proof.value).not.toBe(demo.body.proof.value);
    const raced = await Promise.all([
      ...Array.from({ length: 5 }, () => verify("both.example.com")),
      ...Array.from({ length: 5 }, () => verify("both.example.com", "acme")),
    ]);
    const winner = await shopAt("both.example.com");
    const expected = raced.map((_, i) => (i < 5 === (winner === "demo") ? 200 : 409));
    expect(raced.map((it) => it.status)).toEqual(expected);
    const loser = winner === "demo" ? "acme" : "demo";
    expect((await verify("both.example.com", loser)).body.code).toBe("host_taken");
    await remove("both.example.com", loser);
    expect(await shopAt("both.example.com")).toBe(winner);
    expect((await claim("both.example.com", loser)).body.code).toBe("host_taken");
  });

  it("is never the platform's, another's name or no public domain", async () => {
    for (const host of ["localhost", "acme.localhost", "10.0.0.1", "[::1]", "a", "a..example.com", "-a.example.com"])
      expect([host, (await claim(host)).status]).toEqual([host, 422]);
    for (const host of ["x.demo.localhost", "printer.local", "db.internal", "router.lan", "1.168.192.in-addr.arpa"])
      expect([host, (await claim(host)).body.code]).toEqual([host, "host_reserved"]);
    for (const host of [
      "münchen.example.com",
      "a.example.com.",
      "a.example.com:80",
      "a_b.example.com",
      "a.example.com/x",
    ])
      expect([host, (await claim(host)).body.code]).toEqual([host, "invalid_request"]);
    expect((await claim("xn--mnchen-3ya.example.com")).status).toBe(201);
  });

  it("is not looked up where the platform asks no resolver: the operator verifies", async () => {
    await claim("asked.example.com");
    const checked = await api("POST", "/shop/hosts/asked.example.com/check");
    expect([checked.status, checked.body.code]).toEqual([409, "proof_unavailable"]);
  });

  it("is one of at most 20, listed page by page", async () => {
    const { body } = await api("GET", "/shop/hosts?limit=100");
    for (let i = body.data.length; i < 20; i++) expect((await claim(`n${i}.many.example.com`)).status).toBe(201);
    expect((await claim("more.example.com")).body.code).toBe("too_many_hosts");
    const first = (await api("GET", "/shop/hosts?limit=15")).body;
    const rest = (await api("GET", `/shop/hosts?limit=15&cursor=${first.next_cursor}`)).body;
    const hosts = [...first.data, ...rest.data].map((it: { host: string }) => it.host);
    expect([hosts.length, rest.next_cursor, hosts]).toEqual([20, null, hosts.toSorted()]);
    await operate("GET", "/tenants/demo");
  });
});
