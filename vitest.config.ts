import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Shopify product files as merchants export them; absent in a bare clone, and the tests that need them then skip. */
const REAL_CATALOGS = "../shared/data/catalog/shopify";

/** A canary Worker that fails as it is told to, on the tests' behalf. */
const PLANTED_CANARY = readFileSync("test/support/planted-canary.mjs", "utf8");

const realData = (): Record<string, string> => {
  const names = existsSync(REAL_CATALOGS) ? readdirSync(REAL_CATALOGS).filter((name) => name.endsWith(".csv")) : [];
  return Object.fromEntries(names.map((name) => [name, readFileSync(`${REAL_CATALOGS}/${name}`, "utf8")]));
};

const worker = cloudflareTest(async () => ({
  wrangler: { configPath: "./wrangler.toml" },
  miniflare: {
    bindings: {
      TEST_MIGRATIONS: existsSync("migrations") ? await readD1Migrations("./migrations") : [],
      REAL_DATA: realData(),
      REPLAY_EVENTS: Number(process.env.REPLAY_EVENTS ?? 20_000),
      PROOF: {
        seed: process.env.PROOF_SEED ? Number(process.env.PROOF_SEED) : null,
        long: process.env.PROOF_LONG === "1",
      },
      SOUK_SECRET: "5e".repeat(32),
      OPERATOR_KEY: "op_test_0123456789abcdef0123456789",
      WEBHOOKS_TO_LOOPBACK: "on",
      MAIL_PROVIDER: "console",
      PLATFORM_ORIGIN: "http://localhost",
    },
    serviceBindings: { CANARY: "planted-canary" },
    workers: [
      {
        name: "planted-canary",
        compatibilityDate: "2026-10-23",
        modules: [{ type: "ESModule", path: "planted-canary.js", contents: PLANTED_CANARY }],
      },
    ],
    // Events arrive at once instead of a second later, and a poison event is dead within milliseconds.
    queueConsumers: {
      "souk-events": {
        maxBatchSize: 100,
        maxBatchTimeout: 0.02,
        maxRetries: 2,
        retryDelay: 0,
        deadLetterQueue: "souk-events-dead",
      },
      "souk-events-dead": { maxBatchTimeout: 0.02 },
    },
  },
}));

const OUTSIDE = "e2e,chaos,proofs,architecture,conformance,smoke".split(",");
/** Libraries of many modules: each is bundled once, since a test file takes its modules one by one. */
const BUNDLED = [
  "@hono/zod-openapi",
  "@marcbachmann/cel-js",
  "@upstash/redis",
  "drizzle-orm",
  "drizzle-orm/d1",
  "drizzle-orm/sqlite-core",
  "file-type",
  "image-size",
  "jose",
  "typeid-js",
  "uuid",
  "zod",
];

/** A loaded machine is slow and not wrong: these limits are there for what never comes. */
const PATIENCE = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 30_000 } } };

/** Tests of rules alone: they ask neither the runtime nor a shop, so they share one runtime and need no storage. */
const pure = globSync("test/**/*.test.ts").filter(
  (path) =>
    !OUTSIDE.some((it) => path.startsWith(`test/${it}/`)) &&
    !/ from "(cloudflare:|\.\/|[./]+\/support\/)/.test(readFileSync(path, "utf8")),
);

export default defineConfig({
  test: {
    passWithNoTests: true,
    // Of two cores vitest would use one; a file spends half of its time in starting a runtime of its own.
    maxWorkers: 3,
    // With it every file gets all modules of the runs before it in one message, which workerd refuses above 32 MiB.
    fsModuleCache: false,
    silent: "passed-only",
    projects: [
      {
        plugins: [worker],
        test: {
          name: "worker",
          include: ["test/**/*.test.ts"],
          exclude: [...OUTSIDE.map((it) => `test/${it}/**`), ...pure],
          deps: { optimizer: { ssr: { enabled: true, include: BUNDLED } } },
          setupFiles: ["test/setup.ts"],
          globalSetup: ["test/support/run-redis.mjs", "test/support/run-receiver.mjs"],
          ...PATIENCE,
        },
      },
      {
        plugins: [worker],
        test: { name: "rules", include: pure, isolate: false, ...PATIENCE },
      },
      {
        plugins: [worker],
        test: {
          name: "proofs",
          include: ["test/proofs/**/*.test.ts"],
          setupFiles: ["test/setup.ts"],
          fileParallelism: false,
          ...PATIENCE,
        },
      },
      {
        test: {
          name: "node",
          include: ["test/{architecture,conformance,smoke}/**/*.test.ts"],
          ...PATIENCE,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          ...PATIENCE,
          testTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
