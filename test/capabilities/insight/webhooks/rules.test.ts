import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  afterFailure,
  type Breaker,
  CLOSED,
  FAILURES_MAX,
  GIVE_UP_AFTER_MS,
  isHopeless,
  stateOf,
} from "../../../../src/capabilities/insight/webhooks/rules/breaker.ts";
import { isPublicAddress } from "../../../../src/capabilities/insight/webhooks/rules/judge-address.ts";
import { judgeUrl } from "../../../../src/capabilities/insight/webhooks/rules/judge-url.ts";
import { pauseAfter, TRIES_MAX } from "../../../../src/capabilities/insight/webhooks/rules/retry.ts";
import { rotated, SECRETS_MAX, validSalts } from "../../../../src/capabilities/insight/webhooks/rules/secrets.ts";

const DAY = 86_400_000;
const place = { platformDomain: "souk.dev", mayLoopBack: false };
const dice = fc.double({ min: 0, max: 1, noNaN: true });

describe("where events are sent", () => {
  it.each([
    ["https://hooks.shop.dev/a?b=c", "fits"],
    ["https://1.1.1.1/", "fits"],
    ["https://[2606:4700::1111]/", "fits"],
    ["https://hooks.shop.dev.:443/", "fits"],
    ["http://hooks.shop.dev/", "https_required"],
    ["https://hooks.shop.dev:8443/", "forbidden_port"],
    ["https://hooks.shop.dev:22/", "forbidden_port"],
    ["https://user@hooks.shop.dev/", "credentials_in_url"],
    ["https://user:pass@hooks.shop.dev/", "credentials_in_url"],
    ["https://127.0.0.1/", "forbidden_address"],
    ["https://localhost/", "forbidden_host"],
    ["https://[::1]/", "forbidden_address"],
    ["https://souk.dev/", "forbidden_host"],
    ["https://demo.souk.dev/", "forbidden_host"],
    ["ftp://hooks.shop.dev/", "malformed_url"],
    ["javascript:alert(1)", "malformed_url"],
    ["hooks.shop.dev", "malformed_url"],
    ["https://", "malformed_url"],
  ])("%s: %s", (url, expected) => {
    const judged = judgeUrl(url, place);
    expect(judged.fits ? "fits" : judged.code).toBe(expected);
  });

  it("is no address of a network that is not public, and a port of this machine only for development", () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const inner = fc.oneof(
      fc.tuple(fc.constantFrom("0", "10", "127"), octet, octet, octet),
      fc.tuple(fc.constant("172"), fc.integer({ min: 16, max: 31 }), octet, octet),
      fc.tuple(fc.constantFrom("192.168", "169.254"), octet, octet),
      fc.tuple(fc.constant("100"), fc.integer({ min: 64, max: 127 }), octet, octet),
      fc.tuple(fc.integer({ min: 224, max: 255 }), octet, octet, octet),
    );
    fc.assert(
      fc.property(inner, (parts) => {
        const address = parts.join(".");
        const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
        const hex = (n: number) => n.toString(16).padStart(2, "0");
        const forms = [
          ...[address, String(((a * 256 + b) * 256 + c) * 256 + d), `0x${hex(a)}${hex(b)}${hex(c)}${hex(d)}`],
          ...[`0${a.toString(8)}.0${b.toString(8)}.0${c.toString(8)}.0${d.toString(8)}`, `${a}.${b}.${c * 256 + d}`],
          ...[
            `[::ffff:${address}]`,
            `[::${address}]`,
            `[64:ff9b::${address}]`,
            `[2002:${hex(a)}${hex(b)}:${hex(c)}${hex(d)}::]`,
          ],
        ];
        for (const host of forms) expect([host, judgeUrl(`https://${host}/`, place).fits]).toEqual([host, false]);
      }),
    );
    expect(judgeUrl("http://127.0.0.1:3000/", { ...place, mayLoopBack: true }).fits).toBe(true);
    expect(judgeUrl("http://10.0.0.1:3000/", { ...place, mayLoopBack: true }).fits).toBe(false);
  });

  it.each([
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "::",
    "ff02::1",
    "2001:db8::1",
    "2001::1",
    "100::1",
    "198.18.0.1",
    "192.0.0.8",
  ])("is not %s", (address) => expect(isPublicAddress(address)).toBe(false));
});

describe("the pause after a failed try", () => {
  it("grows from seconds to a day, with jitter, and ends after a little over three days", () => {
    fc.assert(
      fc.property(fc.array(dice, { minLength: TRIES_MAX, maxLength: TRIES_MAX }), (throws) => {
        const pauses = throws.flatMap((it, i) => pauseAfter(i + 1, it) ?? []);
        expect(pauses).toHaveLength(TRIES_MAX - 1);
        expect(pauses[0]).toBeGreaterThanOrEqual(4_000);
        expect(pauses[0]).toBeLessThanOrEqual(6_000);
        const total = pauses.reduce((sum, it) => sum + it, 0);
        expect(total).toBeGreaterThan(2.5 * DAY);
        expect(total).toBeLessThan(4 * DAY);
      }),
    );
    expect(pauseAfter(1, 0)).toBeLessThan(pauseAfter(1, 1) ?? 0);
    expect(pauseAfter(1, 0.5, 600)).toBe(600_000);
    expect(pauseAfter(1, 0.5, 999_999)).toBe(DAY);
    expect(pauseAfter(TRIES_MAX, 0.5, 600)).toBeUndefined();
  });
});

describe("the breaker", () => {
  const failed = (times: number, at: number, from: Breaker = CLOSED) =>
    Array.from({ length: times }).reduce<Breaker>((it) => afterFailure(it, at), from);

  it("rests longer after each failed probe, up to an hour", () => {
    expect(stateOf(failed(FAILURES_MAX - 1, 0), 0)).toBe("closed");
    let breaker = failed(FAILURES_MAX, 0);
    const rests: number[] = [];
    for (let now = 0; rests.length < 10; ) {
      expect(stateOf(breaker, now)).toBe("open");
      rests.push((breaker.restsUntil ?? 0) - now);
      now = breaker.restsUntil ?? 0;
      expect(stateOf(breaker, now)).toBe("half_open");
      breaker = afterFailure(breaker, now);
    }
    expect(rests.slice(0, 4)).toEqual([30_000, 60_000, 120_000, 240_000]);
    expect(Math.max(...rests)).toBe(3_600_000);
  });

  it("gives up after five days of nothing but failures, and not for a single one", () => {
    expect(isHopeless(failed(FAILURES_MAX, GIVE_UP_AFTER_MS, failed(1, 0)), GIVE_UP_AFTER_MS)).toBe(true);
    expect(isHopeless(failed(FAILURES_MAX, GIVE_UP_AFTER_MS - 1, failed(1, 0)), GIVE_UP_AFTER_MS - 1)).toBe(false);
    expect(isHopeless(failed(1, 0), GIVE_UP_AFTER_MS)).toBe(false);
  });
});

describe("a rotated secret", () => {
  it("never makes an old one live longer, and there are never more than five", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ at: fc.nat(1_000), overlap: fc.nat(1_000) }), { maxLength: 20 }), (turns) => {
        let [now, salts] = [0, [{ salt: "0", until: null as number | null }]];
        for (const [i, { at, overlap }] of turns.entries()) {
          now += at;
          const next = rotated(salts, `${i + 1}`, now, overlap);
          if (!next) {
            expect(validSalts(salts, now).length).toBeGreaterThanOrEqual(SECRETS_MAX);
            continue;
          }
          for (const { salt, until } of next.slice(1)) {
            const before = salts.find((it) => it.salt === salt)?.until ?? Number.POSITIVE_INFINITY;
            expect(until).toBeLessThanOrEqual(Math.min(before, now + overlap));
          }
          expect(next.filter((it) => it.until === null)).toHaveLength(1);
          expect(next.length).toBeLessThanOrEqual(SECRETS_MAX);
          salts = next;
        }
      }),
    );
  });
});
