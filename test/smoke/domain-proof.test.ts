import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findRecords } from "../../src/capabilities/money/tenants/actions/find-records.ts";

/** What a DNS-over-HTTPS resolver answers, by the name it is asked for. */
const answers: Record<string, { status?: number; type?: string; body: string }> = {
  "_souk.good.example.com": {
    body: JSON.stringify({
      Status: 0,
      Answer: [
        { name: "_souk.good.example.com", type: 5, TTL: 60, data: "elsewhere.example.com." },
        { name: "elsewhere.example.com", type: 16, TTL: 60, data: '"souk-1234" "5678"' },
        { name: "elsewhere.example.com", type: 16, TTL: 60, data: '"v=spf1 -all"' },
      ],
    }),
  },
  "_souk.none.example.com": { body: JSON.stringify({ Status: 3 }) },
  "_souk.broken.example.com": { body: JSON.stringify({ Status: 2 }) },
  "_souk.html.example.com": { body: "<html>" },
  "_souk.down.example.com": { status: 502, body: "{}" },
};

let server: Server;
let resolver: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://x");
    const answer = searchParams.get("type") === "TXT" ? answers[searchParams.get("name") ?? ""] : undefined;
    if (request.headers.accept !== "application/dns-json" || !answer) {
      response.writeHead(400).end();
      return;
    }
    response.writeHead(answer.status ?? 200, { "content-type": "application/dns-json" }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  resolver = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dns-query`;
});
afterAll(() => server.close());

describe("the proof of a domain", () => {
  it("is read from its TXT records, also through an alias and in several strings", async () => {
    expect(await findRecords(resolver, "good.example.com")).toEqual(["souk-12345678", "v=spf1 -all"]);
  });

  it("is missing where there is no record, and unclear where the resolver does not know", async () => {
    expect(await findRecords(resolver, "none.example.com")).toEqual([]);
    for (const host of ["broken", "html", "down", "unknown"])
      expect([host, await findRecords(resolver, `${host}.example.com`)]).toEqual([host, undefined]);
    expect(await findRecords("http://127.0.0.1:1/dns-query", "good.example.com")).toBeUndefined();
  });
});
