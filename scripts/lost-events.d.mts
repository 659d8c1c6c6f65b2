export const EVENT_LOST_AFTER_MS: number;
