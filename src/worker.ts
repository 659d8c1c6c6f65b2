import { deliverEvents } from "./edge/deliver-events.ts";
import { pipeline } from "./edge/pipeline.ts";
import { runSchedules } from "./edge/run-schedules.ts";
import type { SoukEvent } from "./platform/events.ts";

export { CanaryGuard } from "../durable-objects/canary-guard.ts";
export { CartRack } from "../durable-objects/cart-rack.ts";
export { CatalogImport } from "../durable-objects/catalog-import.ts";
export { LicenceMeter } from "../durable-objects/licence-meter.ts";
export { LiveBoard } from "../durable-objects/live-board.ts";
export { OrderJournal } from "../durable-objects/order-journal.ts";
export { SandboxBank } from "../durable-objects/sandbox-bank.ts";
export { SearchIndex } from "../durable-objects/search-index.ts";
export { SignInGuard } from "../durable-objects/sign-in-guard.ts";
export { StockCounter } from "../durable-objects/stock-counter.ts";
export { StockMonitor } from "../durable-objects/stock-monitor.ts";
export { UsageMeter } from "../durable-objects/usage-meter.ts";
export { WaitingRoom } from "../durable-objects/waiting-room.ts";
export { WebhookSender } from "../durable-objects/webhook-sender.ts";

export default {
  fetch: pipeline.fetch,
  queue: (batch, env, exec) => deliverEvents(batch, env, exec),
  scheduled: (event, env, exec) => runSchedules(event, env, exec),
} satisfies ExportedHandler<Env, SoukEvent>;

/** The same Worker without the static-assets router in front: `npm run serve` listens here (docs/decisions/001). */
export const web = {
  fetch: (request, env, exec) =>
    isStatic(request.url) ? env.ASSETS.fetch(request) : pipeline.fetch(request, env, exec),
} satisfies ExportedHandler<Env>;

/** The paths that wrangler.toml keeps from the Worker. */
const isStatic = (url: string): boolean => /^https?:\/\/[^/]*\/(?:demo|build)\//.test(url);
