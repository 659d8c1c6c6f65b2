import { monthOf } from "../../src/platform/time.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What counts by the hour is told in less. */
const NEAR_MS = 60_000;

// An hour (UTC) that is about to end is waited for: what a test uses then falls into one hour, one day and one month.
const left = HOUR_MS - (Date.now() % HOUR_MS);
if (left < NEAR_MS) await new Promise((resume) => setTimeout(resume, left));

/** Noon of today (UTC): a full hour of the month that runs while the tests do. */
export const NOON = Math.floor(Date.now() / DAY_MS) * DAY_MS + 12 * HOUR_MS;
export const MONTH = monthOf(NOON);
/** `2026-11` */
export const MONTH_NAME = new Date(NOON).toISOString().slice(0, 7);
