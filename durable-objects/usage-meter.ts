import { DurableObject } from "cloudflare:workers";
import type { Rate, Taken } from "../src/capabilities/money/usage/limits/rate-limits.ts";
import {
  BUSINESS,
  type CallGroup,
  type Charge,
  type Grant,
  judgeWish,
  levelsReached,
  monthNamed,
  type Policy,
  type UsageEvent,
  type UsageHour,
  type UsageReport,
} from "../src/capabilities/money/usage/rules.ts";
import { ChargeHolds } from "./charge-holds.ts";
import { GroupCommit } from "./kit/group-commit.ts";
import { RateWindows } from "./rate-windows.ts";
import { type HoursWish, type PartSum, UsageBook } from "./usage-book.ts";
import type { MonthGrowth } from "./usage-intake.ts";

const SECOND_MS = 1_000;
/** A call that was allowed and of which nothing was heard for so long is taken to have cost nothing. */
const UNDER_WAY_MS = 30_000;

/** A level of a spend cap that was reached and not yet told. */
export interface CapNotice {
  client: string;
  month: string;
  level: number;
  capMicros: number;
  spentMicros: number;
}

/**
 * The single writer of one shop's usage: it allows calls in small bundles, so that a limit holds wherever the calls arrive, and
 * books what became of them, each event once. What is allowed is kept in memory: a restart forgets at most what is under way.
 */
export class UsageMeter extends DurableObject<Env> {
  private readonly book = new UsageBook(this.ctx.storage);
  private readonly holds = new ChargeHolds(this.ctx.storage);
  private readonly turn = new GroupCommit<UsageReport, CapNotice[]>(this.ctx, (reports) => {
    this.add({ events: reports.flatMap((it) => it.events), groups: reports.flatMap((it) => it.groups) });
    const notices = this.book.notices();
    return reports.map(() => notices);
  });
  private readonly windows = new RateWindows(this.ctx.storage.sql);
  /** Calls under way of each client, by the second in which they were allowed. */
  private readonly underWay = new Map<string, Map<number, number>>();
  private readonly caps = new Map<string, { capMicros: number; callMicros: number }>();
  private now = () => Date.now();

  grant(policy: Policy, want: number): Grant {
    const now = this.now();
    const grant = this.judge(policy, now, want);
    if (grant.granted > 0) this.noteUnderWay(policy.client, Math.floor(now / SECOND_MS), grant.granted);
    return grant;
  }

  /** Allows one call and holds its price, which the event of the charge's name settles; durable before it is answered. Idempotent by the charge's id. */
  charge(policy: Policy, { id, micros }: Charge): Grant {
    const at = this.now();
    if (this.holds.has(policy.client, id, at)) return { ...this.judge(policy, at, 0), verdict: "granted", granted: 1 };
    const grant = this.judge({ ...policy, microsPerCall: micros }, at, 1);
    if (grant.granted > 0) this.holds.hold({ id, client: policy.client, micros, at });
    return grant;
  }

  private judge(policy: Policy, now: number, want: number): Grant {
    const window = this.windows.of(policy.pool, SECOND_MS, now);
    if (policy.spendCapMicros === null) this.caps.delete(policy.client);
    else this.caps.set(policy.client, { capMicros: policy.spendCapMicros, callMicros: policy.microsPerCall });
    const { units, micros } = this.book.monthOf(policy.client, monthNamed(now));
    const held = this.holds.of(policy.client, now);
    const standing = {
      thisSecond: window.used,
      given: this.countUnderWay(policy.client, Math.floor(now / SECOND_MS)),
      charged: units + held.calls,
      spentMicros: micros + held.micros,
    };
    const { verdict, granted } = judgeWish(policy, standing, want);
    window.used += granted;
    return {
      verdict,
      granted,
      forMs: SECOND_MS - (now % SECOND_MS),
      leftInSecond: Math.max(0, policy.callsPerSecond - window.used),
      leftInMonth: Math.max(0, policy.callsPerMonth - standing.charged - standing.given - granted),
    };
  }

  /** Counts calls against a rate alone: no quota, no price. */
  take({ pool, limit, seconds }: Rate, want: number): Taken {
    const now = this.now();
    const lengthMs = seconds * SECOND_MS;
    const { used } = this.windows.of(pool, lengthMs, now);
    const granted = Math.max(0, Math.min(want, limit - used));
    this.windows.use(pool, lengthMs, now, granted);
    return { granted, left: Math.max(0, limit - used - granted), forMs: lengthMs - (now % lengthMs) };
  }

  /** Books use; the same event or group told twice counts once. Answers which spend caps have to be told about, until `told` says so. */
  report(events: readonly UsageEvent[], groups: readonly CallGroup[] = []): Promise<CapNotice[]> {
    return this.turn.submit({ events, groups });
  }

  told(notice: CapNotice): void {
    this.book.forgetNotice(notice);
  }

  hours(wish: HoursWish): UsageHour[] {
    return this.book.hours(wish);
  }

  /** Closes the months that begin before `until` and answers all closed parts from `from` on; later events open a part of their own. */
  close(until: number, from: string): PartSum[] {
    this.turn.alone(() => this.book.closeMonths(until));
    return this.book.closedSums(from);
  }

  sum(month: string, part: number, client: string): PartSum | undefined {
    return this.book.sums(month, part, client)[0];
  }

  replay(month: string, part: number, client: string): { events: number; sum: PartSum | undefined } {
    return this.book.replay(month, part, client);
  }

  private add(report: UsageReport): void {
    const { events, groups, months } = this.book.add(report);
    for (const { id, client, plan } of events)
      if (!this.holds.settle(client, id) && plan !== BUSINESS) this.settle(client, 1);
    for (const { client, calls } of groups) this.settle(client, calls.length);
    for (const growth of months) this.noteCap(growth);
  }

  /** Each level is noted once a month, whatever was forgotten by a restart in between. */
  private noteCap({ client, month }: MonthGrowth): void {
    const cap = this.caps.get(client);
    if (cap === undefined) return;
    const { capMicros, callMicros } = cap;
    const spentMicros = this.book.monthOf(client, month).micros;
    for (const level of levelsReached(spentMicros, capMicros, callMicros))
      this.book.addNotice({ client, month, level, capMicros, spentMicros });
  }

  private noteUnderWay(client: string, second: number, calls: number): void {
    const bySecond = this.underWay.get(client) ?? new Map<number, number>();
    bySecond.set(second, (bySecond.get(second) ?? 0) + calls);
    this.underWay.set(client, bySecond);
  }

  private countUnderWay(client: string, second: number): number {
    let calls = 0;
    const bySecond = this.underWay.get(client);
    for (const [at, count] of bySecond ?? [])
      if (at < second - UNDER_WAY_MS / SECOND_MS) bySecond?.delete(at);
      else calls += count;
    return calls;
  }

  /** Calls under way have ended: those that were allowed first. */
  private settle(client: string, ended: number): void {
    const bySecond = this.underWay.get(client);
    let left = ended;
    for (const [second, calls] of bySecond ?? []) {
      if (calls > left) bySecond?.set(second, calls - left);
      else bySecond?.delete(second);
      left -= calls;
      if (left <= 0) return;
    }
  }
}
