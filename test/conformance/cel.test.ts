import { readFileSync } from "node:fs";
import { tests } from "@bufbuild/cel-spec/testdata/conformance.js";
import { describe, expect, it } from "vitest";
import { type CelCase, isRunnable, passes, speaksProtobuf } from "./cel-cases.ts";

interface Suite {
  name: string;
  suites?: Suite[];
  tests?: { original: CelCase }[];
}

const casesOf = ({ tests: own = [], suites = [] }: Suite): CelCase[] => [
  ...own.map((it) => it.original),
  ...suites.flatMap(casesOf),
];

/** Suites about additions that an implementation may leave out. */
const isExtension = (name: string) => /_ext$|^optionals$|^macros2$/.test(name);

const measured = ((tests as Suite).suites ?? [])
  .map((suite) => ({ name: suite.name, cases: casesOf(suite).filter((it) => isRunnable(it) && !speaksProtobuf(it)) }))
  .filter(({ cases }) => cases.length > 0)
  .map(({ name, cases }) => ({ name, passed: cases.filter(passes).length, of: cases.length }));

const sum = (rows: typeof measured) => ({
  passed: rows.reduce((total, row) => total + row.passed, 0),
  of: rows.reduce((total, row) => total + row.of, 0),
});
const line = (name: string, { passed, of }: { passed: number; of: number }) =>
  `| ${name} | ${passed} | ${of} | ${((100 * passed) / of).toFixed(1)} % |`;

describe("the rule language against the public cases of google/cel-spec", () => {
  it("passes as many as docs/cel-conformance.md says, suite by suite", () => {
    const written = readFileSync("docs/cel-conformance.md", "utf8").match(/^\| .* % \|$/gm) ?? [];
    const [core, extensions] = [
      measured.filter((it) => !isExtension(it.name)),
      measured.filter((it) => isExtension(it.name)),
    ];
    expect(written).toEqual([
      ...core.map((it) => line(it.name, it)),
      line("**core**", sum(core)),
      ...extensions.map((it) => line(it.name, it)),
      line("**extensions**", sum(extensions)),
    ]);
  });

  it("reads enough of them to mean something", () => {
    expect(sum(measured).of).toBeGreaterThan(1_400);
  });
});
