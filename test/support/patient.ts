import { vi } from "vitest";

/**
 * Lets everybody wait for answers without end, until mocks are restored: Redis answers within milliseconds, but a busy machine may
 * leave its bridge alone for longer than a shop waits for it.
 */
export const waitWithoutEnd = (): void =>
  void vi.spyOn(AbortSignal, "timeout").mockImplementation(() => new AbortController().signal);
