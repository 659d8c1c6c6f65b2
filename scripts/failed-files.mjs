import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";

/** Of vitest's JSON report, the files that failed, a line each; none when it is missing, and none above three: that is no accident. */
const AT_MOST = 3;
const [report] = process.argv.slice(2);
const results = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")).testResults : [];
const failed = results.filter((file) => file.status === "failed").map((file) => relative(".", file.name));
if (failed.length <= AT_MOST) for (const file of failed) console.log(file);
