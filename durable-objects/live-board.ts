import { DurableObject } from "cloudflare:workers";
import { type LiveSale, readLive } from "../src/capabilities/insight/live-board/actions.ts";
import { tenantById } from "../src/capabilities/money/tenants/actions.ts";
import type { Ctx } from "../src/platform/context.ts";
import { newId } from "../src/platform/ids.ts";
import { describe, log } from "../src/platform/log.ts";
import { Timing } from "../src/platform/timing.ts";
import { Alarms } from "./kit/alarms.ts";

/** Sockets of one shop; the platform itself allows 32,768 an object. */
export const WATCHERS_MAX = 5_000;
/** Between two looks at a sale that is on: the most that its watchers hear is two messages a second. */
const LIVE_MS = 500;
/** Between two looks at a sale that is sold out, where units may come back, or that has a waiting room filling up. */
const SLOW_MS = 2_000;
/** Between two looks at a sale that is still to come. */
const QUIET_MS = 15_000;
const RETRY_MS = 2_000;
const SALE_OVER = 1_000;
const MESSAGE_UNEXPECTED = 1_008;

/**
 * Tells those who watch a shop's sales what changes. It asks the sales itself, and only while somebody watches, so that a counter
 * does the same work for one watcher as for thousands. Between two looks it may hibernate: sockets and the alarm stay.
 */
export class LiveBoard extends DurableObject<Env> {
  private readonly alarms = new Alarms(this.ctx);
  /** What was said last of each sale, without its time; lost when the object hibernates, then it is said once more. */
  private readonly said = new Map<string, string>();
  private now = () => Date.now();
  private watchers = () => this.ctx.getWebSockets();

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /** `/<sale id>` with an upgrade: 101 and a socket that hears of this sale, or 503 when all places are taken. */
  override async fetch(request: Request): Promise<Response> {
    const saleId = new URL(request.url).pathname.slice(1);
    if (this.watchers().length >= WATCHERS_MAX) return new Response(null, { status: 503 });
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server, [saleId]);
    const live = await this.look(saleId);
    if (live) server.send(JSON.stringify(live));
    this.alarms.armBy(this.now() + LIVE_MS);
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Nobody has anything to say here. */
  override webSocketMessage(socket: WebSocket): void {
    socket.close(MESSAGE_UNEXPECTED, "this socket only tells");
  }

  override async alarm(): Promise<void> {
    this.alarms.spent();
    const sales = new Set(this.watchers().flatMap((socket) => this.ctx.getTags(socket)));
    for (const saleId of this.said.keys()) if (!sales.has(saleId)) this.said.delete(saleId);
    const pauses = await Promise.all([...sales].map((saleId) => this.tell(saleId)));
    if (pauses.length > 0) this.alarms.armBy(this.now() + Math.min(...pauses));
  }

  /** Says what changed, and answers in how many milliseconds to look again. */
  private async tell(saleId: string): Promise<number> {
    const live = await this.look(saleId);
    if (!live) return RETRY_MS;
    const { server_time: _, ...news } = live;
    const said = JSON.stringify(news);
    const isOver = live.state === "ended" || live.state === "cancelled";
    if (said !== this.said.get(saleId)) {
      const message = JSON.stringify(live);
      for (const socket of this.ctx.getWebSockets(saleId)) socket.send(message);
      this.said.set(saleId, said);
    }
    if (isOver) for (const socket of this.ctx.getWebSockets(saleId)) socket.close(SALE_OVER, live.state);
    return this.pauseAfter(live);
  }

  private pauseAfter({ state, starts_at, serving }: LiveSale): number {
    if (state === "live") return LIVE_MS;
    if (state === "sold_out") return SLOW_MS;
    const toStart = Math.max(0, Date.parse(starts_at) - this.now());
    return Math.min(toStart, serving === null ? QUIET_MS : SLOW_MS);
  }

  private async look(saleId: string): Promise<LiveSale | undefined> {
    try {
      const ctx = await this.context();
      const found = ctx && (await readLive(ctx, { id: saleId }));
      return found?.ok ? found.value : undefined;
    } catch (error) {
      log("warn", "live_look_failed", { saleId, error: describe(error) });
      return undefined;
    }
  }

  private async context(): Promise<Ctx | undefined> {
    const tenant = await tenantById(this.env, this.ctx.id.name ?? "");
    if (!tenant) return undefined;
    return {
      env: this.env,
      tenant,
      actor: { kind: "system" },
      requestId: newId("req"),
      origin: `https://${tenant.id}.${this.env.PLATFORM_DOMAIN}`,
      now: () => this.now(),
      arm: "control",
      timing: new Timing(),
      waitUntil: (work) => this.ctx.waitUntil(work),
    };
  }
}
