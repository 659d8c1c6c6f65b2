/**
 * The direction of every import, one rule per sentence of the architecture. A folder of the same name stands for a file that
 * outgrew 300 lines: `store/` for `store.ts`, `contract/` for `contract.ts` and so on.
 */
const CAPABILITY = "^src/capabilities/([^/]+)/([^/]+)/";
/** `$1` and `$2` are the area and name of the importing capability. */
const OWN = "^src/capabilities/$1/$2/";
const DOORS = "^src/capabilities/[^/]+/[^/]+/(actions|contract)[./]";

const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    rule(
      "no-cycles",
      "No import leads back to where it started; a type may.",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    rule(
      "platform-knows-no-business",
      "The platform imports no capability, edge, page or object.",
      { path: "^src/platform/" },
      { path: "^(src/(capabilities|edge|storefront|worker)|durable-objects/)" },
    ),
    rule(
      "capabilities-do-not-know-the-edge",
      "A capability imports neither the edge nor the storefront.",
      { path: "^(src/capabilities/|durable-objects/)" },
      { path: "^src/(edge|storefront|worker)" },
    ),
    rule(
      "capabilities-meet-at-their-doors",
      "Another capability is reached only through its actions and its contract.",
      { path: CAPABILITY },
      { path: CAPABILITY, pathNot: [OWN, DOORS] },
    ),
    rule(
      "edge-enters-through-doors",
      "The edge reaches a capability through its manifest, actions and contract.",
      { path: "^src/edge/" },
      { path: CAPABILITY, pathNot: [DOORS] },
    ),
    rule(
      "only-the-list-names-manifests",
      "A manifest is imported by the list of capabilities and nobody else.",
      { path: "^(src|durable-objects)/", pathNot: ["^src/capabilities/index\\.ts$"] },
      { path: "^src/capabilities/[^/]+/[^/]+/capability\\.ts$" },
    ),
    rule(
      "rules-are-pure",
      "Rules import contract types, platform values and other rules: no store, no action, no object, no database.",
      { path: "^src/capabilities/[^/]+/[^/]+/rules[./]" },
      {
        path: [
          "^src/capabilities/",
          "^src/platform/(commit|db|events|schema|objects|log|context)\\.ts$",
          "^durable-objects/",
          "drizzle-orm",
          "^node:",
        ],
        pathNot: ["^src/capabilities/[^/]+/[^/]+/(rules|contract)[./]"],
        dependencyTypesNot: ["type-only"],
      },
    ),
    rule(
      "sql-lives-in-stores",
      "drizzle-orm is imported by stores, schemas and the platform's database files.",
      {
        path: "^(src|durable-objects)/",
        pathNot: ["^src/capabilities/[^/]+/[^/]+/(store|schema)[./]", "^src/platform/(db|commit|events|schema)\\.ts$"],
      },
      { path: "drizzle-orm" },
    ),
    rule(
      "schemas-belong-to-their-store",
      "Tables are named only by the stores and schemas of their own capability.",
      {
        path: "^(src|durable-objects)/",
        pathNot: ["^src/capabilities/[^/]+/[^/]+/(store|schema)[./]", "^src/platform/(db|commit|events)\\.ts$"],
      },
      { path: "(/schema\\.ts$|/schema/)", pathNot: ["node_modules"], dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "only-the-worker-loads-objects",
      "Objects are loaded by the Worker; others know their types.",
      { path: "^src/", pathNot: ["^src/worker\\.ts$"] },
      { path: "^durable-objects/", dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "pages-use-doors",
      "The storefront imports actions, contracts and the platform.",
      { path: "^src/storefront/" },
      { path: "^(src/(capabilities|edge|worker)|durable-objects/)", pathNot: [DOORS] },
    ),
    rule(
      "product-imports-no-tools",
      "What runs in production imports no test, script or development package.",
      { path: "^(src|durable-objects)/", pathNot: ["^src/storefront/messages/compiled/"] },
      { path: "^(test|scripts|bench|demo)/" },
    ),
    rule(
      "client-stands-alone",
      "The typed client runs where nothing else of the platform is.",
      { path: "^src/client/" },
      { pathNot: ["^src/client/"] },
    ),
    rule(
      "nothing-unresolved",
      "Every import leads somewhere.",
      { pathNot: ["^src/storefront/islands/"] },
      { couldNotResolve: true, pathNot: ["^cloudflare:", "messages/compiled"] },
    ),
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^src/storefront/messages/compiled/" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".mjs"],
      conditionNames: ["workerd", "worker", "import", "default"],
      exportsFields: ["exports"],
    },
    builtInModules: { add: ["cloudflare:workers", "cloudflare:email"] },
  },
};
