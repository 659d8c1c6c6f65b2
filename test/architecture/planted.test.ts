import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";

const FOLDER = "test/planted";

/** Whoever moves the code that a planted bug is in takes the bug along. */
describe("a planted bug", () => {
  it.each(readdirSync(FOLDER).filter((it) => it.endsWith(".patch")))("still applies: %s", (name) => {
    const { stderr, status } = spawnSync("git", ["apply", "-C1", "--check", `${FOLDER}/${name}`], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});
