import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Installs what package-lock.json names, once per lock file. Runs on Node 20, before node_modules with Node 24 is there. */
const STAMP = "node_modules/.lock-sha256";

const wanted = createHash("sha256").update(readFileSync("package-lock.json")).digest("hex");
const installed = existsSync(STAMP) ? readFileSync(STAMP, "utf8") : "";
if (installed !== wanted) {
  console.log("Installing the packages of package-lock.json; this happens once.");
  const { status } = installLocked();
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(STAMP, wanted);
}

function installLocked() {
  const options = { stdio: "inherit" };
  const npm = process.env.npm_execpath;
  if (!npm) return spawnSync("npm", ["ci", "--loglevel=error"], options);
  // The Node that runs npm; process.execPath may be the copy in node_modules that `npm ci` is about to delete.
  return spawnSync(process.env.npm_node_execpath ?? process.execPath, [npm, "ci", "--loglevel=error"], options);
}
