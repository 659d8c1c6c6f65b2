import { DurableObject } from "cloudflare:workers";
import { type Behind, checkSkus } from "../src/capabilities/insight/consistency/actions/check-skus.ts";
import { tenantById } from "../src/capabilities/money/tenants/actions.ts";
import { stockedSkus } from "../src/capabilities/selling/stock/actions/mirror.ts";
import { stockChanges } from "../src/capabilities/selling/stock/actions.ts";
import type { Ctx } from "../src/platform/context.ts";
import { newId } from "../src/platform/ids.ts";
import { describe, log } from "../src/platform/log.ts";
import { Timing } from "../src/platform/timing.ts";
import { DriftBook } from "./drift-book.ts";

const TICK_MS = 1_000;
/** SKUs of one check: those that changed lately, those that were not in order, and some of all others in turn. */
const CHANGED_MAX = 40;
const UNSETTLED_MAX = 40;
const OTHERS_MAX = 20;
/** SKUs that one check finds out about. */
const DISCOVERED_MAX = 200;
/** Changes so long ago are looked at first when the watch starts; older ones come in turn. */
const LOOK_BACK_MS = 60_000;
const DRIFTS_SHOWN = 50;

/**
 * One shop's watch over its stock: every second it compares the copies of some SKUs with their counters and repairs what drifted.
 * Its work per second is bounded whatever the shop's size, and it rests while nothing is stocked.
 */
export class StockMonitor extends DurableObject<Env> {
  private readonly book = new DriftBook(this.ctx.storage.sql);
  private readonly behind: Behind = new Map();
  private changedUntil: { at: number; sku: string } | undefined;
  private checkedUntil = "";
  private discoveredUntil = "";
  private checking: Promise<void> | undefined;
  private now = () => Date.now();

  /** Starts the watch if it rests. */
  async wake(): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(this.now());
  }

  override async alarm(): Promise<void> {
    // Armed before the work: a crash in the middle of it costs one check and not the watch.
    await this.ctx.storage.setAlarm(this.now() + TICK_MS);
    await this.check().catch((error) =>
      log("error", "consistency_unchecked", { tenantId: this.ctx.id.name, error: describe(error) }),
    );
    if (this.book.next("", 1).length === 0 && this.checking === undefined) await this.ctx.storage.deleteAlarm();
  }

  /** Checks now. Of several that ask at once, the later ones wait for the check that runs. */
  async check(): Promise<void> {
    this.checking ??= this.checkOnce().finally(() => {
      this.checking = undefined;
    });
    return this.checking;
  }

  async report() {
    const alarm = await this.ctx.storage.getAlarm();
    const drifts = this.book.drifts(DRIFTS_SHOWN);
    return {
      running: alarm !== null,
      shards: this.book.shards(),
      totals: this.book.totals(),
      drifts,
      ...this.book.checks(),
    };
  }

  private async checkOnce(): Promise<void> {
    const ctx = await this.context();
    if (!ctx) return;
    const skus = await this.chooseSkus(ctx);
    if (skus.length === 0) return;
    const check = await checkSkus(ctx, skus, this.behind);
    this.ctx.storage.transactionSync(() => this.book.keep(check, this.now()));
  }

  private async chooseSkus(ctx: Ctx): Promise<string[]> {
    const known = await stockedSkus(ctx, this.discoveredUntil, DISCOVERED_MAX);
    this.discoveredUntil = known.length < DISCOVERED_MAX ? "" : (known.at(-1) ?? "");
    this.changedUntil ??= { at: this.now() - LOOK_BACK_MS, sku: "" };
    const changed = await stockChanges(ctx, this.changedUntil, CHANGED_MAX);
    this.changedUntil = changed.at(-1) ?? this.changedUntil;
    const recent = changed.map((it) => it.sku);
    this.book.watch([...known, ...recent]);
    const others = this.book.next(this.checkedUntil, OTHERS_MAX);
    this.checkedUntil = others.length < OTHERS_MAX ? "" : (others.at(-1) ?? "");
    return [...new Set([...this.book.unsettled(UNSETTLED_MAX), ...recent, ...others])];
  }

  private async context(): Promise<Ctx | undefined> {
    const tenantId = this.ctx.id.name ?? "";
    const tenant = await tenantById(this.env, tenantId);
    if (!tenant) return undefined;
    return {
      env: this.env,
      tenant,
      actor: { kind: "system" },
      requestId: newId("req"),
      origin: `https://${tenantId}.${this.env.PLATFORM_DOMAIN}`,
      now: () => this.now(),
      arm: "control",
      timing: new Timing(),
      waitUntil: (work) => this.ctx.waitUntil(work),
    };
  }
}
