import { DurableObject } from "cloudflare:workers";
import { type Outcome, sendMessage } from "../src/capabilities/insight/webhooks/actions/send-message.ts";
import type { disabledReasons } from "../src/capabilities/insight/webhooks/contract.ts";
import {
  afterFailure,
  type Breaker,
  type BreakerState,
  CLOSED,
  isHopeless,
  stateOf,
} from "../src/capabilities/insight/webhooks/rules/breaker.ts";
import { type Message, messageOf, TEST_TYPE } from "../src/capabilities/insight/webhooks/rules/message.ts";
import { pauseAfter } from "../src/capabilities/insight/webhooks/rules/retry.ts";
import { type Endpoint, readEndpoint, updateEndpoint } from "../src/capabilities/insight/webhooks/store.ts";
import { bookUnits } from "../src/capabilities/money/usage/actions/count-units.ts";
import { database, transact } from "../src/platform/db.ts";
import { newEvent, outboxRows, sendEvents } from "../src/platform/events.ts";
import { newId } from "../src/platform/ids.ts";
import { describe, log } from "../src/platform/log.ts";
import { forgetAsked, onlyWanted } from "../src/platform/wanted-events.ts";
import { DeliveryBook, type DeliveryState, type KeptDelivery, type LoggedDelivery } from "./delivery-book.ts";

/** Deliveries under way at once; a Worker holds six connections open. */
const CONNECTIONS_MAX = 5;
/** Rounds of one alarm; then the next alarm goes on. */
const ROUNDS_MAX = 50;
/** If the object dies in the middle of its work, or cannot do it, it goes on within this time. */
const GO_ON_MS = 30_000;
const HTTP_GONE = 410;

type Reason = (typeof disabledReasons)[number];

/**
 * Sends one endpoint's events, one object per tenant and endpoint. What it took is durable and is sent by alarm until the receiver
 * answers 2xx, so a crash only repeats tries. Its breaker leaves a failing receiver alone, and other endpoints do not notice.
 */
export class WebhookSender extends DurableObject<Env> {
  private readonly book = new DeliveryBook(this.ctx.storage.sql);
  private now = () => Date.now();
  private dice = () => Math.random();
  /** Delivered and not yet counted by the meter. */
  private delivered = 0;

  /** Takes a message once, by its id. */
  async take(message: Message): Promise<void> {
    this.book.take(message, this.now());
    await this.arm();
  }

  health(): { breaker: Breaker; state: BreakerState; waiting: number; dead: number } {
    const { breaker } = this.book;
    const state = stateOf(breaker, this.now());
    return { breaker, state, waiting: this.book.count("waiting"), dead: this.book.count("dead") };
  }

  deliveries(wish: { state?: DeliveryState; before?: number; limit: number }): LoggedDelivery[] {
    return this.book.list(wish);
  }

  delivery(id: string): LoggedDelivery | undefined {
    return this.book.read(id);
  }

  /** Undefined: there is no such delivery. */
  async replay(id: string): Promise<LoggedDelivery | undefined> {
    this.book.replay(id, this.now());
    await this.arm();
    return this.book.read(id);
  }

  async replayRange(range: { from: number; to: number; states: DeliveryState[] }): Promise<number> {
    const replayed = this.book.replayRange(range, this.now());
    await this.arm();
    return replayed;
  }

  /** Sends a test now, once, whatever the breaker says, and tells it nothing. Undefined: the endpoint is gone. */
  async sendTest(): Promise<LoggedDelivery | undefined> {
    const endpoint = await readEndpoint(this.env, this.name);
    if (!endpoint) return undefined;
    const payload = { endpoint_id: endpoint.id };
    const message = messageOf({ id: newId("evt"), type: TEST_TYPE, at: this.now(), payload });
    const outcome = await sendMessage(this.env, endpoint, message, this.now);
    this.ctx.storage.transactionSync(() => {
      this.book.take(message, this.now());
      const kept = this.book.read(message.id);
      if (kept) this.book.tried(kept, outcome, this.now(), undefined);
    });
    return this.book.read(message.id);
  }

  /** The endpoint is switched on: what failed before is forgiven. */
  resume(): void {
    this.book.breaker = CLOSED;
  }

  /** The endpoint is switched off. */
  stop(): void {
    this.book.bury();
  }

  /** The endpoint is deleted. */
  async forget(): Promise<void> {
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    this.book.open();
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.setAlarm(this.now() + GO_ON_MS);
    try {
      for (let round = 0; round < ROUNDS_MAX && (await this.sendSome()); round++);
      await this.bookDelivered();
      this.book.forgetOld(this.now());
      await this.arm();
    } catch (error) {
      log("warn", "webhooks_delayed", { ...this.name, error: describe(error) });
    }
  }

  private get name(): { tenantId: string; id: string } {
    const [tenantId = "", id = ""] = (this.ctx.id.name ?? "").split(":");
    return { tenantId, id };
  }

  /** The alarm stands at the next delivery that is due, but not while the breaker rests. */
  private async arm(): Promise<void> {
    const next = this.book.nextAt();
    if (next === null) await this.ctx.storage.deleteAlarm();
    else await this.ctx.storage.setAlarm(Math.max(next, this.book.breaker.restsUntil ?? 0));
  }

  /** Sends some of what is due; answers whether there may be more. */
  private async sendSome(): Promise<boolean> {
    const state = stateOf(this.book.breaker, this.now());
    const room = { closed: CONNECTIONS_MAX, half_open: 1, open: 0 }[state];
    const due = this.book.due(this.now(), room);
    if (due.length === 0) return false;
    const endpoint = await readEndpoint(this.env, this.name);
    if (!endpoint || endpoint.disabledAt !== null) {
      await (endpoint ? this.stop() : this.forget());
      return false;
    }
    const outcomes = await Promise.all(due.map((it) => sendMessage(this.env, endpoint, it, this.now)));
    const reason = this.ctx.storage.transactionSync(() => this.record(due, outcomes));
    if (reason) await this.giveUp(endpoint, reason);
    return reason === undefined;
  }

  /** Writes a round down; answers why the endpoint is to be switched off, if it is. */
  private record(due: readonly KeptDelivery[], outcomes: readonly Outcome[]): Reason | undefined {
    let { breaker } = this.book;
    for (const [i, it] of due.entries()) {
      const outcome = outcomes[i];
      if (!outcome) continue;
      const { failure, retryAfterSeconds } = outcome;
      const isOurs = failure === "payload_too_large";
      const pause = isOurs ? undefined : pauseAfter(it.tried + 1, this.dice(), retryAfterSeconds);
      this.book.tried(it, outcome, this.now(), pause === undefined ? undefined : this.now() + pause);
      if (failure === null) {
        breaker = CLOSED;
        this.delivered++;
      } else if (!isOurs) breaker = afterFailure(breaker, this.now());
    }
    this.book.breaker = breaker;
    if (outcomes.some((it) => it.status === HTTP_GONE)) return "gone";
    return isHopeless(breaker, this.now()) ? "failing" : undefined;
  }

  /** Deliveries of this alarm in one sum; one whose object dies before that is free. A meter that is away hears it with the next alarm. */
  private async bookDelivered(): Promise<void> {
    const units = this.delivered;
    if (units === 0) return;
    const of = { meter: "webhook_deliveries", source: "sendWebhook", units };
    await bookUnits(this.env, this.name.tenantId, { id: newId("use"), at: this.now(), ...of });
    this.delivered -= units;
  }

  /** Switches the endpoint off in one transaction with the event that says so. */
  private async giveUp(endpoint: Endpoint, reason: Reason): Promise<void> {
    const { tenantId, id } = endpoint;
    const told = newEvent(tenantId, "webhook_endpoint.disabled", this.now(), "control", { endpoint_id: id, reason });
    const events = await onlyWanted(this.env, tenantId, [told]);
    const outbox = events.length > 0 ? [outboxRows(database(this.env), events)] : [];
    const change = { disabledAt: this.now(), disabledReason: reason };
    await transact(this.env, [updateEndpoint(this.env, endpoint, change), ...outbox]);
    forgetAsked(tenantId);
    this.book.bury();
    await sendEvents(this.env, events).catch((error) => log("warn", "events_delayed", { error: describe(error) }));
  }
}
