import { expect, it } from "vitest";
import { seal, unseal } from "../../../src/platform/identity/sealed-text.ts";

it("a sealed text opens under its secret, purpose and place, and nowhere else", () => {
  const sealed = seal("secret", "factor", "demo:mem_1", "灯 GEZDGNBV");
  expect(unseal("secret", "factor", "demo:mem_1", sealed)).toBe("灯 GEZDGNBV");
  expect(sealed).not.toBe(seal("secret", "factor", "demo:mem_1", "灯 GEZDGNBV"));
  const last = sealed.slice(0, -1) + (sealed.endsWith("A") ? "B" : "A");
  expect(() => unseal("other", "factor", "demo:mem_1", sealed)).toThrow();
  expect(() => unseal("secret", "other", "demo:mem_1", sealed)).toThrow();
  expect(() => unseal("secret", "factor", "acme:mem_1", sealed)).toThrow();
  expect(() => unseal("secret", "factor", "demo:mem_1", `A${sealed.slice(1)}`)).toThrow();
  expect([last, sealed.slice(0, 20), ""].map((it) => opens(it))).toEqual([false, false, false]);
});

function opens(sealed: string): boolean {
  try {
    unseal("secret", "factor", "demo:mem_1", sealed);
    return true;
  } catch {
    return false;
  }
}
