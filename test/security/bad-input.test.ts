import { describe, expect, it } from "vitest";
import { attack, operations, sampleOf, unrefused } from "../support/attack.ts";
import type { Sample } from "../support/samples.ts";
import { openWatchedStall } from "../support/stored-state.ts";

const MB = 1_048_576;
const json = { "content-type": "application/json" };
const withBody = operations.filter((line) => line.body);

const stall = openWatchedStall("demo");

/** The bytes of `text` with one byte that no UTF-8 holds. */
const broken = (text: string): BodyInit => Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0x7d])]);
const gzipped = async (text: string): Promise<BodyInit> =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
const inside = (good: string, more: string): string => `${good.slice(0, -1)},${more}}`;

/** Bodies made of a good one, and what each is refused with. */
const bodies: readonly [name: string, code: string, spoil: (good: string) => BodyInit | Promise<BodyInit>][] = [
  ["empty", "malformed_body", () => ""],
  ["only blanks", "malformed_body", () => " \n"],
  ["truncated", "malformed_body", (good) => good.slice(0, -1)],
  ["two values", "malformed_body", (good) => good + good],
  ["a comma too many", "malformed_body", (good) => `${good.slice(0, -1)},}`],
  ["single quotes", "malformed_body", (good) => good.replaceAll('"', "'")],
  ["with a comment", "malformed_body", (good) => `/* hello */${good}`],
  ["with a byte order mark", "malformed_body", (good) => `\ufeff${good}`],
  ["as UTF-16", "malformed_body", (good) => Buffer.from(good, "utf16le")],
  ["no UTF-8", "malformed_body", broken],
  ["an overlong slash", "malformed_body", (good) => Buffer.concat([Buffer.from(good), Buffer.from([0xc0, 0xaf])])],
  ["half a surrogate pair", "malformed_body", (good) => inside(good, '"note":"\\ud800"')],
  ["half a surrogate pair as key", "malformed_body", (good) => inside(good, '"\\udc00x":1')],
  ["NUL escaped", "malformed_body", (good) => inside(good, '"note":"\\u0000"')],
  ["NUL as it is", "malformed_body", (good) => inside(good, '"note":"\0"')],
  ["a key given twice", "malformed_body", (good) => `${good.slice(0, -1)},${good.slice(1)}`],
  ["a key given twice, once escaped", "malformed_body", (good) => inside(good, `"\\u${keyCode(good)}${rest(good)}`)],
  ["NaN", "malformed_body", (good) => inside(good, '"note":NaN')],
  ["10,000 levels", "malformed_body", (good) => inside(good, `"note":${"[".repeat(10_000)}${"]".repeat(10_000)}`)],
  ["200,000 open brackets", "malformed_body", () => "[".repeat(200_000)],
  [
    "100,000 keys",
    "invalid_request",
    () => `{${Array.from({ length: 100_000 }, (_, i) => `"k${i.toString(36)}":0`).join(",")}}`,
  ],
  ["a key of nearly 1 MB", "invalid_request", (good) => inside(good, `"${"k".repeat(MB - 2 * good.length)}":1`)],
  ["1 MB and a byte", "body_too_large", (good) => good + " ".repeat(MB + 1 - good.length)],
  ["5 MB in pieces", "body_too_large", () => new Blob([" ".repeat(5 * MB)]).stream()],
  ["null", "invalid_request", () => "null"],
  ["a list", "invalid_request", (good) => `[${good}]`],
  ["a text", "invalid_request", (good) => JSON.stringify(good)],
  ["a number beyond all numbers", "invalid_request", () => "1e309"],
];
const keyCode = (good: string): string => good.charCodeAt(2).toString(16).padStart(4, "0");
const rest = (good: string): string => `${good.slice(3, good.indexOf('"', 2))}":1`;

/** Headers that make a good body unreadable. */
const headers: readonly [name: string, codes: string[], headers: Record<string, string>][] = [
  ["no type", ["unsupported_media_type"], { "content-type": "" }],
  ["text/plain", ["unsupported_media_type"], { "content-type": "text/plain" }],
  ["a form", ["unsupported_media_type"], { "content-type": "application/x-www-form-urlencoded" }],
  ["multipart", ["unsupported_media_type"], { "content-type": "multipart/form-data; boundary=x" }],
  ["nearly JSON", ["unsupported_media_type"], { "content-type": "application/jsonp" }],
  ["JSON among others", ["unsupported_media_type"], { "content-type": "text/plain, application/json" }],
  ["an unknown encoding", ["unsupported_media_type"], { ...json, "content-encoding": "zstd" }],
];

describe("a body", () => {
  it.each(withBody.map((line) => [line.id, line] as const))(
    "of %s is refused when it is malformed",
    async (_, line) => {
      const good = JSON.stringify(sampleOf(line, stall()).body);
      const spoilt = await Promise.all(
        bodies.map(async ([name, code, spoil]) => ({ name, code, raw: await spoil(good) })),
      );
      const send = (call: Sample) => () => attack(line, stall(), call);
      const flaws = await unrefused([
        ...spoilt.map(({ name, code, raw }) => ({ name, expected: [code], send: send({ raw, headers: json }) })),
        ...headers.map(([name, expected, it]) => ({ name, expected, send: send({ raw: good, headers: it }) })),
      ]);
      expect(flaws).toEqual([]);
    },
  );

  it("is never unpacked", async () => {
    const raw = await gzipped(" ".repeat(20 * MB));
    const flaws = await unrefused(
      withBody.map((line) => ({
        name: line.id,
        expected: [400, 413, 415],
        send: () => attack(line, stall(), { raw, headers: { ...json, "content-encoding": "gzip" } }),
      })),
    );
    expect(flaws).toEqual([]);
  });

  it("of an upload is refused for another type", async () => {
    const types = ["application/json", "text/html", "", "text/csv2", "multipart/form-data; boundary=x"];
    const uploads = operations.filter((line) => line.upload);
    const flaws = await unrefused(
      uploads.flatMap((line) =>
        types.map((type) => ({
          name: `${line.id} as ${type}`,
          expected: ["unsupported_media_type"],
          send: () => attack(line, stall(), { raw: "Handle,Title\na,b\n", headers: { "content-type": type } }),
        })),
      ),
    );
    expect(flaws).toEqual([]);
  });

  it("or a header cannot make a reading call write", async () => {
    const reading = operations.filter((line) => line.method === "get" && line.who !== "operator");
    const headers = { "x-http-method-override": "DELETE", "x-method-override": "DELETE", "x-http-method": "DELETE" };
    for (const line of reading)
      expect([line.id, (await attack(line, stall(), { headers })).status]).toEqual([line.id, line.answer.status]);
  });
});
