import { expect, vi } from "vitest";
import { api } from "./api.ts";

/** Long, since only what never comes waits so long. */
const PATIENCE_MS = 30_000;

/** Waits until `expected` no longer throws: events travel through a real queue, objects wake by real alarms. */
export const eventually = async (expected: () => unknown): Promise<void> => {
  await vi.waitFor(expected, { timeout: PATIENCE_MS, interval: 50 });
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
