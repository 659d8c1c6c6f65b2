import { describe, expect, it } from "vitest";
import { cookieTerms, hostCookie } from "../../../src/platform/cookies.ts";
import { DEVICE_SECONDS } from "../../../src/platform/identity/known-device.ts";
import {
  isSeenStale,
  isSessionLive,
  isSessionToken,
  newSessionToken,
  sessionEndsAt,
  sessionHash,
} from "../../../src/platform/identity/sessions.ts";

const life = { idleMs: 100, absoluteMs: 1_000, seenEveryMs: 10 };

describe("a session", () => {
  it("is kept by the hash of a token that nobody guesses", () => {
    const { token, hash } = newSessionToken("shs_");
    expect(token).toMatch(/^shs_[\w-]{43}$/);
    expect(hash).toBe(sessionHash(token));
    expect(newSessionToken("shs_").token).not.toBe(token);
    expect([isSessionToken("shs_", token), isSessionToken("sts_", token), isSessionToken("shs_", `${token}x`)]).toEqual(
      [true, false, false],
    );
  });

  it("ends when nobody uses it, and at last however much it is used", () => {
    expect(sessionEndsAt({ beganAt: 0, seenAt: 50 }, life)).toBe(150);
    expect(isSessionLive({ beganAt: 0, seenAt: 50 }, life, 149)).toBe(true);
    expect(isSessionLive({ beganAt: 0, seenAt: 50 }, life, 150)).toBe(false);
    expect(isSessionLive({ beganAt: 0, seenAt: 990 }, life, 1_000)).toBe(false);
    expect([9, 10].map((now) => isSeenStale({ beganAt: 0, seenAt: 0 }, life, now))).toEqual([false, true]);
  });

  it("is in a cookie of this very host, which no script reads", () => {
    expect(hostCookie("session", "https://shop.example")).toBe("__Host-session");
    expect(hostCookie("session", "http://localhost:8787")).toBe("session");
    expect(cookieTerms("https://shop.example", DEVICE_SECONDS)).toEqual({
      path: "/",
      httpOnly: true,
      sameSite: "Lax",
      secure: true,
      maxAge: 31_536_000,
    });
  });
});
