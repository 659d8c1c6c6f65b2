import { describe, expect, it } from "vitest";
import { codeAddress, codeAt, newCodeSecret, stepOfCode } from "../../../src/platform/identity/one-time-codes.ts";

/** The secret of RFC 6238, appendix B, in base32, and its SHA-1 codes cut to six digits. */
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const VECTORS: [number, string][] = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
];

describe("a time-based code", () => {
  it.each(VECTORS)("at %i seconds is that of RFC 6238", (seconds, code) => {
    expect(codeAt(SECRET, seconds * 1_000)).toBe(code);
    expect(stepOfCode(SECRET, code, seconds * 1_000)).toBe(Math.floor(seconds / 30));
  });

  it("counts a step to either side, with the step that it is of, and no further", () => {
    const now = 1_111_111_111_000;
    const step = Math.floor(now / 30_000);
    const shown = [-2, -1, 0, 1, 2].map((it) => stepOfCode(SECRET, codeAt(SECRET, now + it * 30_000), now));
    expect(shown).toEqual([undefined, step - 1, step, step + 1, undefined]);
  });

  it("is six digits and nothing else", () => {
    for (const code of ["", "28708", "2870822", "28708a", "２８７０８２", " 287082"])
      expect(stepOfCode(SECRET, code, 59_000)).toBeUndefined();
  });

  it("has a new secret of 160 bits each time, in an address for apps", () => {
    const [secret, other] = [newCodeSecret(), newCodeSecret()];
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(other).not.toBe(secret);
    const address = new URL(codeAddress(secret, "Ten Lamps", "ann@example.com"));
    expect([address.protocol, address.host]).toEqual(["otpauth:", "totp"]);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      issuer: "Ten Lamps",
      secret,
      digits: "6",
      period: "30",
    });
  });
});
