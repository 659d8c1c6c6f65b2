import type { z } from "@hono/zod-openapi";

type Issue = z.core.$ZodRawIssue;

/** What a value must be, as the sentence goes on after "Expected". */
const kinds: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

const formats: Record<string, string> = {
  email: "an e-mail address such as ann@example.com",
  url: "an address such as https://example.com/path",
  datetime: "a time such as 2026-01-31T18:00:00Z",
  date: "a date such as 2026-01-31",
};

const units: Record<string, readonly [one: string, many: string]> = {
  string: [" character", " characters"],
  array: [" entry", " entries"],
};

/**
 * The sentence that tells a caller what is wrong with one field, where its shape has no sentence of its own; undefined leaves it to
 * zod. It never repeats what was sent.
 */
export function wordIssue(issue: Issue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "Missing." : expected(kinds[issue.expected]);
    case "too_small":
      return issue.minimum === 1 && issue.origin in units
        ? "Must not be empty."
        : bound("At least", issue.minimum, issue.origin, issue.inclusive);
    case "too_big":
      return bound("At most", issue.maximum, issue.origin, issue.inclusive);
    case "invalid_format":
      return expected(formats[issue.format]);
    case "invalid_value":
      return issue.input === undefined ? "Missing." : `Expected ${oneOf(issue.values)}.`;
    case "invalid_union":
      return Array.isArray(issue.options) ? `Expected ${oneOf(issue.options)}.` : undefined;
    default:
      return undefined;
  }
}

const expected = (kind: string | undefined): string | undefined => kind && `Expected ${kind}.`;

function bound(words: string, limit: number | bigint, origin: string, inclusive: boolean | undefined): string {
  const [one, many] = units[origin] ?? ["", ""];
  const than = words === "At least" ? "More than" : "Less than";
  return `${inclusive === false ? than : words} ${limit}${limit === 1 ? one : many}.`;
}

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(", ")}`;
