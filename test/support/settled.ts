import { expect, vi } from "vitest";
import { api } from "./api.ts";

/** Waits until what `ask` answers satisfies `expected`: events travel through a real queue. */
export const eventually = async (expected: () => Promise<void>): Promise<void> => {
  await vi.waitFor(expected, { timeout: 10_000, interval: 50 });
};

/** Asks the shop to check all of its invariants over the stored state, and fails with the sentences of what is broken. */
export async function expectInvariantsHold(shop = "demo"): Promise<void> {
  await eventually(async () => {
    const { status, body, text } = await api("GET", "/invariants", { shop });
    expect(status, text).toBe(200);
    expect(body.data.flatMap((it: { violations: string[] }) => it.violations)).toEqual([]);
    expect(body.data.length).toBeGreaterThan(2);
  });
}
