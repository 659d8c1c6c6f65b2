import { describe, expect, it } from "vitest";
import { passwordFlaw } from "../../../src/platform/identity/password-flaw.ts";
import { hashPassword, isPassword } from "../../../src/platform/identity/passwords.ts";

describe("a stored password", () => {
  it("opens to the same password alone, however its letters were typed, and is never the same text twice", async () => {
    const [one, two] = [await hashPassword("café under the lamps"), await hashPassword("café under the lamps")];
    expect(one).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(two).not.toBe(one);
    expect(await isPassword("café under the lamps", one)).toBe(true);
    expect(await isPassword("cafe\u0301 under the lamps", one)).toBe(true);
    expect(await isPassword("cafe under the lamps", one)).toBe(false);
    expect(await isPassword("", one)).toBe(false);
  });

  it("of other strength is checked by its own terms", async () => {
    // RFC 7914, section 12: scrypt("pleaseletmein", "SodiumChloride", 2^14, 8, 1), its first 32 bytes.
    const hash = Buffer.from("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2", "hex");
    const stored = `$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$${hash.toString("base64").replace("=", "")}`;
    expect(await isPassword("pleaseletmein", stored)).toBe(true);
    expect(await isPassword("pleaseletmeout", stored)).toBe(false);
  });

  it("is nobody's where there is none", async () => {
    expect(await isPassword("anything at all", undefined)).toBe(false);
    await expect(isPassword("anything at all", "plain text")).rejects.toThrow("PHC");
  });
});

describe("a new password", () => {
  const names = ["ann.lee@example.com", "Tenlamp Row"];

  it.each([
    "lamps and old brass",
    "correct horse battery staple",
    "灯笼照亮整条老街的夜晚",
    "x7#kQ2mPv0",
    "password lamps of 1887",
  ])("may be %s", (password) => {
    expect(passwordFlaw(password, names)).toBeUndefined();
  });

  it.each([
    ["nine char", "too_short"],
    ["老街的灯笼照亮", "too_short"],
    ["x".repeat(129), "too_long"],
    ["Password2026!", "too_common"],
    ["1234567890", "too_common"],
    ["0987654321", "too_common"],
    ["abcdefghijkl", "too_common"],
    ["aaaaaaaaaaaa", "too_common"],
    ["12121212121212", "too_common"],
    ["QWERTYUIOP", "too_common"],
    ["1q2w3e4r5t6y", "too_common"],
    ["Ann.Lee@Example.com", "too_personal"],
    ["ann.lee likes it", "too_personal"],
    ["my tenlamp row 1", "too_personal"],
  ])("is not %s: %s", (password, flaw) => {
    expect(passwordFlaw(password, names)).toBe(flaw);
  });

  it("counts characters and not bytes", () => {
    expect(passwordFlaw("🏮🪔🔦💡🧨🎆🎇🌃🌙✨", [])).toBeUndefined();
    expect(passwordFlaw("灯".repeat(129), [])).toBe("too_long");
  });
});
