import { describe, expect, it } from "vitest";
import { holdsScope } from "../../src/platform/scopes.ts";

const manager = ["*:read", "*:write", "!keys:write"];

describe("scopes", () => {
  it.each([
    [["*"], "keys:write", true],
    [["*"], "*", true],
    [["stock:write"], "stock:write", true],
    [["stock:write"], "stock:read", false],
    [["*:read"], "stock:read", true],
    [["*:read"], "stock:write", false],
    [["*:read"], "*", false],
    [manager, "stock:write", true],
    [manager, "keys:write", false],
    [manager, "keys:read", true],
    [manager, "*:write", false],
    [manager, "*:read", true],
    [manager, "*", false],
    [[], undefined, true],
    [[], "stock:read", false],
  ])("%j and %s: %s", (held, wanted, expected) => {
    expect(holdsScope(held, wanted)).toBe(expected);
  });
});
