import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";

/** Vitest's own link to the process that started it. */
declare const __vitest_worker__: { rpc: { getCountOfFailedTests(): Promise<number> } };

/**
 * A log written in another I/O context goes out with the runner's next message. At the end of a file Vitest sends none
 * before that log is answered, and waits for ever (workers-sdk#15498); a question now and then lets such logs go.
 */
const LOGS_GO_OUT_MS = 250;
const { rpc } = __vitest_worker__;
setInterval(() => {
  rpc.getCountOfFailedTests().catch(() => {});
}, LOGS_GO_OUT_MS);

await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
