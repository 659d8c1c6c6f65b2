import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const EXAMPLE = new URL("../.dev.vars.example", import.meta.url);
const OWN = new URL("../.dev.vars", import.meta.url);

const fresh = {
  SOUK_SECRET: () => randomBytes(32).toString("hex"),
  OPERATOR_KEY: () => `op_${randomBytes(16).toString("hex")}`,
};

/** Writes .dev.vars with secrets of this machine's own, unless it is there. Answers whether it wrote. Of several at once, one does. */
export function generateSecrets() {
  if (existsSync(OWN)) return false;
  let text = readFileSync(EXAMPLE, "utf8").replace(
    /^# Copied to .*\n/,
    "# Made by scripts/generate-secrets.mjs for this machine.\n",
  );
  for (const [name, make] of Object.entries(fresh))
    text = text.replace(new RegExp(`^${name}=.*$`, "m"), `${name}="${make()}"`);
  const made = new URL(`../.dev.vars.${process.pid}`, import.meta.url);
  writeFileSync(made, text, { mode: 0o600 });
  try {
    linkSync(made, OWN);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(made);
  }
}

/** The secrets as an object, as wrangler reads them. */
export function readSecrets() {
  const lines = readFileSync(OWN, "utf8").matchAll(/^([A-Z_]+)\s*=\s*"?([^"\n]*)"?$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name, value]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generateSecrets();
