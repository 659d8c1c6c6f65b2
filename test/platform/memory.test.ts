import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Memory } from "../../src/platform/memory.ts";

const LIFE_MS = 1_000;
/** A source that answers when it is told to: what it holds at that moment is what was read at the beginning. */
class Source {
  value = "old";
  reads = 0;
  private readonly answers: (() => void)[] = [];

  load = (): Promise<string> => {
    const read = this.value;
    this.reads++;
    return new Promise((resolve) => this.answers.push(() => resolve(read)));
  };

  answer(): void {
    for (const answer of this.answers.splice(0)) answer();
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

async function known(): Promise<{ memory: Memory<string>; source: Source; read: () => Promise<string> }> {
  const memory = new Memory<string>(LIFE_MS, 10);
  const source = new Source();
  const read = () => memory.read("a", source.load);
  const first = read();
  source.answer();
  expect(await first).toBe("old");
  return { memory, source, read };
}

describe("memory", () => {
  it("loads a busy key once towards its end; the others do not wait for it", async () => {
    const { source, read } = await known();
    vi.advanceTimersByTime(LIFE_MS - 1);
    source.value = "new";
    const renewing = read();
    expect(await Promise.all([read(), read(), read()])).toEqual(["old", "old", "old"]);
    source.answer();
    expect([await renewing, await read(), source.reads]).toEqual(["new", "new", 2]);
  });

  it("gives nothing that was read longer ago than its life, however long the reading took", async () => {
    const { source, read } = await known();
    vi.advanceTimersByTime(LIFE_MS - 1);
    const renewing = read();
    vi.advanceTimersByTime(LIFE_MS / 2);
    source.answer();
    await renewing;
    vi.advanceTimersByTime(LIFE_MS / 2);
    source.value = "new";
    const next = read();
    source.answer();
    expect(await next).toBe("new");
  });

  it("is loaded by the next one where the one who renewed it failed", async () => {
    const { memory, source, read } = await known();
    vi.advanceTimersByTime(LIFE_MS - 1);
    await expect(memory.read("a", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
    vi.advanceTimersByTime(1);
    source.value = "new";
    const next = read();
    source.answer();
    expect(await next).toBe("new");
  });

  it("does not keep what was read before it was told to forget", async () => {
    const { memory, source, read } = await known();
    vi.advanceTimersByTime(LIFE_MS);
    const late = read();
    source.value = "new";
    memory.forget("a");
    source.answer();
    expect(await late).toBe("old");
    const next = read();
    source.answer();
    expect(await next).toBe("new");
  });
});
