import { defineConfig } from "vitest/config";

/** Tests of pure rules need no runtime: here they start in a second. */
export default defineConfig({ test: { include: ["test/**/rules.test.ts", "test/platform/money.test.ts"] } });
