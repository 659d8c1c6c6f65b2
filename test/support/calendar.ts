import { monthOf } from "../../src/platform/time.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What counts by the hour is told in less. */
const NEAR_MS = 60_000;

/** Noon of today (UTC): a full hour of the month that runs while the tests do. */
export const NOON = Math.floor(Date.now() / DAY_MS) * DAY_MS + 12 * HOUR_MS;
export const MONTH = monthOf(NOON);

/** Waits until an hour (UTC) that ends within a minute is over, so that a test's use falls into one hour, one day and one month. */
export async function passTheHour(): Promise<void> {
  const left = HOUR_MS - (Date.now() % HOUR_MS);
  if (left < NEAR_MS) await new Promise((resume) => setTimeout(resume, left));
}
