import { expect, it } from "vitest";
import { seal, unseal } from "../../../src/platform/identity/sealed-text.ts";

it("a sealed text opens under its secret, purpose and place, and nowhere else", () => {
  const sealed = seal("secret", "factor", "demo:mem_1", "灯 GEZDGNBV");
  expect(unseal("secret", "factor", "demo:mem_1", sealed)).toBe("灯 GEZDGNBV");
  expect(sealed).not.toBe(seal("secret", "factor", "demo:mem_1", "灯 GEZDGNBV"));
  expect(() => unseal("other", "factor", "demo:mem_1", sealed)).toThrow();
  expect(() => unseal("secret", "other", "demo:mem_1", sealed)).toThrow();
  expect(() => unseal("secret", "factor", "acme:mem_1", sealed)).toThrow();
  const bytes = Buffer.from(sealed, "base64url");
  const changed = [...bytes.keys()].map((at) => bytes.with(at, (bytes[at] ?? 0) ^ 1));
  const others = [...changed, bytes.subarray(0, 20), bytes.subarray(0, 0)];
  expect(others.filter((it) => opens(Buffer.from(it).toString("base64url")))).toEqual([]);
});

function opens(sealed: string): boolean {
  try {
    unseal("secret", "factor", "demo:mem_1", sealed);
    return true;
  } catch {
    return false;
  }
}
