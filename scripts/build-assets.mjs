import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Makes what the Worker serves or imports but nobody writes by hand: browser islands, the docs page's script and the messages.
 * `wrangler` runs it before each build, so it only touches files whose content changed; otherwise its watch would never rest.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const ISLANDS = join(root, "src/storefront/islands");
const STYLES = join(root, "src/storefront/styles");
/** Each becomes one style sheet; the files they import do not. */
const SHEETS = [
  "shop.css",
  "bank.css",
  "studio.css",
  "staff.css",
  "search.css",
  "docs.css",
  "reference.css",
  "account.css",
];
const PUBLIC = join(root, "public/build");
const SCALAR = join(root, "node_modules/@scalar/api-reference/dist/browser/standalone.js");
const INLANG = join(root, "project.inlang");
const MESSAGES = join(root, "src/storefront/messages/source");
const COMPILED = join(root, "src/storefront/messages/compiled");

try {
  await bundleStyles();
  await bundleIslands();
  if (existsSync(SCALAR)) writeChanged(join(PUBLIC, "scalar.js"), readFileSync(SCALAR));
  await compileMessages();
} catch (error) {
  // `wrangler dev` would end with this process, and a shop that runs should outlive a file that is half typed.
  if (!process.env.SOUK_KEEPS_LAST_BUILD) throw error;
  console.error(`Not built, so the last build stays: ${error.message}`);
}

async function bundleStyles() {
  const sheets = SHEETS.map((name) => join(STYLES, name)).filter((path) => existsSync(path));
  if (sheets.length === 0) return;
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: sheets,
    outdir: PUBLIC,
    bundle: true,
    minify: true,
    write: false,
    target: ["chrome111", "firefox113", "safari16.4"],
    legalComments: "none",
    logLevel: "warning",
  });
  for (const { path, contents } of outputFiles) writeChanged(path, contents);
}

async function bundleIslands() {
  if (!existsSync(ISLANDS)) return;
  const entries = readdirSync(ISLANDS).filter((name) => /(?<!\.d)\.tsx?$/.test(name));
  if (entries.length === 0) return;
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: entries.map((name) => join(ISLANDS, name)),
    outdir: PUBLIC,
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
    tsconfigRaw: { compilerOptions: { jsx: "react-jsx", jsxImportSource: "hono/jsx/dom", target: "es2022" } },
  });
  for (const { path, contents } of outputFiles) writeChanged(path, contents);
  const kept = new Set([
    "scalar.js",
    ...SHEETS,
    ...entries.map((name) => `${name.slice(0, -extname(name).length)}.js`),
  ]);
  for (const name of readdirSync(PUBLIC)) if (!kept.has(name)) rmSync(join(PUBLIC, name), { recursive: true });
}

/** Paraglide is slow to load, so a hash of its input decides whether it runs at all. */
async function compileMessages() {
  if (!existsSync(INLANG)) return;
  const stamp = join(COMPILED, ".input-sha256");
  const input = [join(INLANG, "settings.json"), fileURLToPath(import.meta.url), ...filesBelow(MESSAGES)];
  const hash = createHash("sha256");
  for (const path of input) hash.update(readFileSync(path));
  const wanted = hash.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const { compile } = await import("@inlang/paraglide-js");
  await compile({
    project: INLANG,
    outdir: COMPILED,
    strategy: ["globalVariable", "baseLocale"],
    // A module for each language and not for each message: tests load them one by one.
    outputStructure: "locale-modules",
    emitTsDeclarations: true,
    emitGitIgnore: false,
    emitPrettierIgnore: false,
    emitReadme: false,
  });
  writeFileSync(stamp, wanted);
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name)).sort();
}

function writeChanged(path, contents) {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
}
