/** A local queue forgets everything with its process. Seen from so many milliseconds later, every event in the outbox was lost. */
export const EVENT_LOST_AFTER_MS = 31_000;
