import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callShop, callShopOrThrow } from "../../scripts/call-shop.mjs";
import { buildMould, World } from "../chaos/kit/world.ts";

/** Longer than the platform waits for a body that does not come. */
const ANSWER_MS = 90_000;
const HOST = "Host: demo.localhost";
const HEALTH = "/api/v1/health";
const BODY = '{"handle":"raw","title":"Raw"}';
const HEADER_BYTES = 65_536;

let world: World;
let origin: string;
let key: string;
beforeAll(async () => {
  world = await World.open("raw", buildMould());
  const call = { key: world.operatorKey, body: { id: "demo", name: "Smoke", currency: "USD", locale: "en" } };
  key = (await callShopOrThrow(world.origin, "POST", "/api/v1/tenants", call)).api_key;
  await callShopOrThrow(world.origin, "POST", "/api/v1/tenants", { ...call, body: { ...call.body, id: "acme" } });
  origin = world.origin.replace("127.0.0.1", "demo.localhost");
});
afterAll(() => world?.close());

interface Heard {
  /** The status of each answer that came over the connection. */
  statuses: number[];
  text: string;
  /** Who ended it: the server, or this test because nothing came. */
  isClosed: boolean;
}

/** Sends bytes as they are, pausing where a number of milliseconds stands, and listens until the server hangs up. */
function say(...parts: (string | number)[]): Promise<Heard> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(world.origin).port), "127.0.0.1");
    let text = "";
    const end = (isClosed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      const statuses = [...text.matchAll(/^HTTP\/1\.[01] (\d{3}) /gm)].map(([, status]) => Number(status));
      resolve({ statuses, text, isClosed });
    };
    const timer = setTimeout(() => end(false), ANSWER_MS);
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1");
    });
    socket.on("error", () => end(true));
    socket.on("close", () => end(true));
    socket.on("connect", async () => {
      for (const part of parts)
        if (typeof part === "number") await new Promise((next) => setTimeout(next, part));
        else socket.write(part, "latin1");
    });
  });
}

const head = (...lines: string[]) => `${lines.join("\r\n")}\r\n\r\n`;
const get = (...more: string[]) => head(`GET ${HEALTH} HTTP/1.1`, ...more, "Connection: close");
const post = (...more: string[]) =>
  head(
    "POST /api/v1/collections HTTP/1.1",
    HOST,
    `Authorization: Bearer ${key}`,
    "Content-Type: application/json",
    ...more,
  );

/** Each is refused or hung up on. What follows a body on the same connection must not be taken for a request of its own. */
const refusedRequests: readonly [name: string, parts: () => (string | number)[]][] = [
  ["two Host headers", () => [get(HOST, "Host: acme.localhost")]],
  ["no Host header", () => [get()]],
  ["an empty Host header", () => [get("Host:")]],
  ["a user's name in the Host header", () => [get("Host: acme@demo.localhost")]],
  ["a path in the Host header", () => [get("Host: demo.localhost/../acme")]],
  ["a blank before a header's colon", () => [get("Host : demo.localhost")]],
  ["a header over two lines", () => [get(HOST, "X-A: a", " b")]],
  ["NUL in a header", () => [get(HOST, "X-A: a\0b")]],
  ["NUL in the path", () => [head("GET /api/v1/he\0alth HTTP/1.1", HOST)]],
  ["a line of no protocol", () => [head(`GET ${HEALTH}`)]],
  ["what is no HTTP", () => ["\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03garbage\r\n\r\n"]],
  ["HTTP/1.0 without a host", () => [head(`GET ${HEALTH} HTTP/1.0`)]],
  ["a message head of 1 MB", () => [get(HOST, `X-Big: ${"x".repeat(1_000_000)}`)]],
  ["an address of 70 kB", () => [head(`GET ${HEALTH}?${"x".repeat(70_000)} HTTP/1.1`, HOST)]],
  ["a Content-Length below the body", () => [post("Content-Length: 10") + BODY]],
  ["a Content-Length above the body", () => [post("Content-Length: 1000") + BODY]],
  ["a negative Content-Length", () => [post("Content-Length: -1") + BODY]],
  ["a Content-Length with a sign", () => [post(`Content-Length: +${BODY.length}`) + BODY]],
  ["two Content-Lengths", () => [post("Content-Length: 5", `Content-Length: ${BODY.length}`) + BODY]],
  [
    "Content-Length and Transfer-Encoding",
    () => [`${post("Content-Length: 5", "Transfer-Encoding: chunked")}0\r\n\r\n${get(HOST)}`],
  ],
  ["an unknown Transfer-Encoding", () => [`${post("Transfer-Encoding: xchunked")}0\r\n\r\n`]],
  ["a chunk of no size", () => [`${post("Transfer-Encoding: chunked")}ZZ\r\nabc\r\n0\r\n\r\n`]],
  ["a body that never ends", () => [post("Content-Length: 100"), "{", 500, '"']],
];

/** Unusual, and right: each is the demo shop's health, whatever else it names. */
const servedRequests: readonly [name: string, status: number, parts: () => (string | number)[]][] = [
  ["a header of 64 kB", 200, () => [get(HOST, `X-Big: ${"x".repeat(HEADER_BYTES)}`)]],
  ["5,000 headers", 200, () => [get(HOST, ...Array.from({ length: 5_000 }, () => "X-A: 1"))]],
  ["HTTP/1.0 with a host", 200, () => [head(`GET ${HEALTH} HTTP/1.0`, HOST)]],
  ["lines that end in LF alone", 200, () => [get(HOST).replaceAll("\r", "")]],
  [
    "an address with another shop's host",
    200,
    () => [head(`GET http://acme.localhost${HEALTH} HTTP/1.1`, HOST, "Connection: close")],
  ],
  [
    "a body that comes letter by letter",
    201,
    () => [post(`Content-Length: ${BODY.length}`, "Connection: close"), ...[...BODY].flatMap((letter) => [letter, 20])],
  ],
];

async function expectServed(): Promise<void> {
  const { status, body } = await callShop(origin, "GET", HEALTH);
  expect([status, body?.shop]).toEqual([200, "demo"]);
}

describe("the deployed bundle on plain workerd", () => {
  it.concurrent.each(refusedRequests)("refuses %s, or hangs up, and goes on", async (_, parts) => {
    const { statuses, text, isClosed } = await say(...parts());
    expect(isClosed, "it was answered, or hung up on").toBe(true);
    expect(
      statuses.filter((status) => status < 400 || status > 499),
      text,
    ).toEqual([]);
    await expectServed();
  });

  it.concurrent.each(servedRequests)("serves %s", async (_, status, parts) => {
    const { statuses, text } = await say(...parts());
    expect(statuses, text).toEqual([status]);
    if (status === 200) expect(text).toContain('"shop":"demo"');
    await expectServed();
  });

  it("made nothing of what it refused", async () => {
    const { data } = await callShopOrThrow(origin, "GET", "/api/v1/collections");
    expect(data.map((it: { handle: string }) => it.handle)).toEqual(["raw"]);
  });
});
