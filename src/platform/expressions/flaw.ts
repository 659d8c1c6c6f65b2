/** What is wrong with an expression and where: lines and columns count from 1, `start` and `end` are characters from 0. */
export interface Flaw {
  detail: string;
  line: number;
  column: number;
  start: number;
  end: number;
}

export type Judged<Value> = { ok: true; value: Value } | { ok: false; flaw: Flaw };

/** The value, or the flaw that was thrown; whatever is no flaw of the expression is thrown on. */
export function judged<Value>(source: string, work: () => Value): Judged<Value> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, flaw: flawOf(source, error) };
  }
}

/** The library's errors carry a `summary` and mostly a `range` of the source; anything else is a bug and goes on. */
export function flawOf(source: string, error: unknown): Flaw {
  if (typeof error !== "object" || error === null || !("summary" in error)) throw error;
  const range = "range" in error ? error.range : undefined;
  const [start, end] = isRange(range) ? [range.start, range.end] : [0, source.length];
  const before = source.slice(0, start).split("\n");
  return { detail: String(error.summary), line: before.length, column: (before.at(-1)?.length ?? 0) + 1, start, end };
}

export const flawText = ({ detail, line, column }: Flaw): string => `Line ${line}, column ${column}: ${detail}`;

const isRange = (range: unknown): range is { start: number; end: number } =>
  typeof range === "object" && range !== null && "start" in range && "end" in range;
