import type { InvoiceLine } from "../src/capabilities/money/invoices/rules.ts";
import {
  type CallGroup,
  monthNamed,
  type UsageEvent,
  type UsageHour,
  type UsageReport,
} from "../src/capabilities/money/usage/rules.ts";
import { monthOf } from "../src/platform/time.ts";
import {
  bookedEvent,
  bookedGroup,
  EVENTS_AT_ONCE,
  eventRow,
  groupRow,
  growthOf,
  INSERT_EVENTS,
  INSERT_GROUP,
  type MonthGrowth,
} from "./usage-intake.ts";
import type { CapNotice } from "./usage-meter.ts";

const TABLES = `
  CREATE TABLE IF NOT EXISTS events (
    id TEXT PRIMARY KEY, at INTEGER NOT NULL, client TEXT NOT NULL, plan TEXT NOT NULL, meter TEXT NOT NULL, route TEXT NOT NULL,
    status INTEGER NOT NULL, bytes INTEGER NOT NULL CHECK (bytes >= 0), late INTEGER NOT NULL, units INTEGER NOT NULL,
    micros INTEGER NOT NULL, arm TEXT NOT NULL, part INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS events_by_time ON events (at);
  CREATE TABLE IF NOT EXISTS hours (
    hour INTEGER NOT NULL, part INTEGER NOT NULL, client TEXT NOT NULL, plan TEXT NOT NULL, meter TEXT NOT NULL,
    route TEXT NOT NULL, class TEXT NOT NULL,
    calls INTEGER NOT NULL, units INTEGER NOT NULL, bytes INTEGER NOT NULL, late INTEGER NOT NULL, micros INTEGER NOT NULL,
    PRIMARY KEY (hour, part, client, plan, meter, route, class)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS months (
    client TEXT NOT NULL, month TEXT NOT NULL, units INTEGER NOT NULL, micros INTEGER NOT NULL,
    PRIMARY KEY (client, month)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS parts (month TEXT PRIMARY KEY, closed INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS notices (
    client TEXT NOT NULL, month TEXT NOT NULL, level INTEGER NOT NULL, cap INTEGER NOT NULL, spent INTEGER NOT NULL,
    is_told INTEGER NOT NULL, PRIMARY KEY (client, month, level)) WITHOUT ROWID;`;

export interface HoursWish {
  /** Milliseconds since 1970; `until` itself is not in. */
  from: number;
  until: number;
  client?: string;
  limit: number;
  /** Where the page before ended. */
  after?: [hour: number, client: string, plan: string, meter: string, route: string, statusClass: string];
}

/** A shop's usage as it is stored: every event, and the hours that they add up to, changed in one transaction. */
export class UsageBook {
  private readonly sql: SqlStorage;
  private readonly parts = new Map<string, number>();
  private readonly months = new Map<string, { units: number; micros: number }>();

  constructor(storage: DurableObjectStorage) {
    this.sql = storage.sql;
    this.sql.exec(TABLES);
  }

  /** Books events and groups of calls, each once by its id; answers those that were new, and by how much whose month grew. */
  add({ events, groups }: UsageReport): UsageReport & { months: MonthGrowth[] } {
    const fresh: UsageEvent[] = [];
    for (let i = 0; i < events.length; i += EVENTS_AT_ONCE)
      fresh.push(...this.insertNew(events.slice(i, i + EVENTS_AT_ONCE)));
    const freshGroups = groups.filter((it) => this.insertGroup(it));
    const booked = [...fresh.map(bookedEvent), ...freshGroups.map(bookedGroup)];
    const { hours, months } = growthOf(booked, (month) => this.closedParts(month));
    for (const { key, calls, units, bytes, late, micros } of hours)
      this.sql.exec(
        `INSERT INTO hours VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET calls = calls + excluded.calls,
           units = units + excluded.units, bytes = bytes + excluded.bytes, late = late + excluded.late, micros = micros + excluded.micros`,
        ...[...key, calls, units, bytes, late, micros],
      );
    for (const { client, month, units, micros } of months) {
      const sum = this.monthOf(client, month);
      this.sql.exec(
        "INSERT INTO months VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET units = excluded.units, micros = excluded.micros",
        ...[client, month, sum.units + units, sum.micros + micros],
      );
      sum.units += units;
      sum.micros += micros;
    }
    return { events: fresh, groups: freshGroups, months };
  }

  /** False when it was booked before: a group is booked whole or not at all. */
  private insertGroup(group: CallGroup): boolean {
    const [first] = group.calls;
    if (!first || [...this.sql.exec("SELECT 1 FROM events WHERE id = ?", `${group.id}_0`)].length > 0) return false;
    this.sql.exec(INSERT_GROUP, ...groupRow(group, this.closedParts(monthNamed(first[0]))));
    return true;
  }

  private insertNew(events: readonly UsageEvent[]): UsageEvent[] {
    const byId = new Map(events.map((it) => [it.id, it]));
    const rows = [...byId.values()].map((it) => eventRow(it, this.closedParts(monthNamed(it.at))));
    const added = this.sql.exec<{ id: string }>(INSERT_EVENTS, JSON.stringify(rows));
    return [...added].flatMap(({ id }) => byId.get(id) ?? []);
  }

  /** What a client was charged in a month. */
  monthOf(client: string, month: string): { units: number; micros: number } {
    const name = `${month} ${client}`;
    const known = this.months.get(name);
    if (known) return known;
    const [row] = this.sql.exec<{ units: number; micros: number }>(
      "SELECT units, micros FROM months WHERE client = ? AND month = ?",
      client,
      month,
    );
    const sum = { units: row?.units ?? 0, micros: row?.micros ?? 0 };
    if (this.months.size > 10_000) this.months.clear();
    this.months.set(name, sum);
    return sum;
  }

  hours({ from, until, client, limit, after }: HoursWish): UsageHour[] {
    const rows = this.sql.exec<Row>(
      `SELECT hour, client, plan, meter, route, class, SUM(calls) AS calls, SUM(units) AS units, SUM(bytes) AS bytes,
         SUM(late) AS late, SUM(micros) AS micros FROM hours
       WHERE hour >= ? AND hour < ? AND (? IS NULL OR client = ?)
         AND (? IS NULL OR (hour, client, plan, meter, route, class) > (?, ?, ?, ?, ?, ?))
       GROUP BY hour, client, plan, meter, route, class ORDER BY hour, client, plan, meter, route, class LIMIT ?`,
      ...[from, until, client ?? null, client ?? null],
      ...[after?.[0] ?? null, ...(after ?? [null, null, null, null, null, null]), limit],
    );
    return [...rows].map(({ class: statusClass, late: lateCalls, ...row }) => ({ ...row, statusClass, lateCalls }));
  }

  /** How many parts of a month are closed: later events belong to the next one. */
  closedParts(month: string): number {
    const known = this.parts.get(month);
    if (known !== undefined) return known;
    const [row] = this.sql.exec<{ closed: number }>("SELECT closed FROM parts WHERE month = ?", month);
    this.parts.set(month, row?.closed ?? 0);
    return row?.closed ?? 0;
  }

  /** Closes what is open of each month that begins before `until`; a month without use stays open. */
  closeMonths(until: number): void {
    const open = this.sql.exec<{ month: string; part: number }>(
      `SELECT DISTINCT strftime('%Y-%m', hour / 1000, 'unixepoch') AS month, part FROM hours WHERE hour < ?`,
      until,
    );
    for (const { month, part } of [...open])
      if (part === this.closedParts(month)) {
        this.sql.exec("INSERT OR REPLACE INTO parts VALUES (?, ?)", month, part + 1);
        this.parts.set(month, part + 1);
      }
  }

  /** The closed parts of the months from `from` on (`2026-10`), each client's lines together. */
  closedSums(from: string): PartSum[] {
    const closed = [...this.sql.exec<{ month: string; closed: number }>("SELECT * FROM parts WHERE month >= ?", from)];
    return closed.flatMap(({ month, closed: count }) =>
      Array.from({ length: count }, (_, part) => this.sums(month, part)).flat(),
    );
  }

  /** What each client, or one, used in a part of a month: from the hours. */
  sums(month: string, part: number, client?: string): PartSum[] {
    const { from, until } = boundsOf(month);
    const rows = this.sql.exec<SumRow>(
      `SELECT client, plan, meter, SUM(calls) AS calls, SUM(units) AS units, SUM(bytes) AS bytes, SUM(late) AS lateCalls,
         SUM(micros) AS micros FROM hours
       WHERE hour >= ? AND hour < ? AND part = ? AND (? IS NULL OR client = ?) GROUP BY client, plan, meter`,
      ...[from, until, part, client ?? null, client ?? null],
    );
    return gather(rows, month, part);
  }

  /** The same, added up once more from the single events. */
  replay(month: string, part: number, client: string): { events: number; sum: PartSum | undefined } {
    const { from, until } = boundsOf(month);
    const rows = this.sql.exec<SumRow>(
      `SELECT client, plan, meter, COUNT(*) AS calls, SUM(units) AS units, SUM(bytes) AS bytes, SUM(late) AS lateCalls,
         SUM(micros) AS micros FROM events
       WHERE at >= ? AND at < ? AND part = ? AND client = ? GROUP BY client, plan, meter`,
      ...[from, until, part, client],
    );
    const [sum] = gather(rows, month, part);
    return { events: sum?.lines.reduce((count, line) => count + line.calls, 0) ?? 0, sum };
  }

  addNotice({ client, month, level, capMicros, spentMicros }: CapNotice): void {
    this.sql.exec(
      "INSERT OR IGNORE INTO notices VALUES (?, ?, ?, ?, ?, 0)",
      ...[client, month, level, capMicros, spentMicros],
    );
  }

  notices(): CapNotice[] {
    const rows = this.sql.exec<{ client: string; month: string; level: number; cap: number; spent: number }>(
      "SELECT client, month, level, cap, spent FROM notices WHERE is_told = 0",
    );
    return [...rows].map(({ cap: capMicros, spent: spentMicros, ...row }) => ({ ...row, capMicros, spentMicros }));
  }

  forgetNotice({ client, month, level }: CapNotice): void {
    this.sql.exec("UPDATE notices SET is_told = 1 WHERE client = ? AND month = ? AND level = ?", client, month, level);
  }
}

/** One client's use in a part of a month. */
export interface PartSum {
  month: string;
  part: number;
  client: string;
  lines: InvoiceLine[];
}

type SumRow = {
  client: string;
  plan: string;
  meter: string;
  calls: number;
  units: number;
  bytes: number;
  lateCalls: number;
  micros: number;
};

function gather(rows: Iterable<SumRow>, month: string, part: number): PartSum[] {
  const byClient = Map.groupBy(rows, (row) => row.client);
  return [...byClient].map(([client, own]) => ({
    month,
    part,
    client,
    lines: own.map(({ client: _, ...line }) => line),
  }));
}

const boundsOf = (month: string) => monthOf(Date.parse(`${month}-01T00:00:00Z`));

type Row = {
  hour: number;
  client: string;
  plan: string;
  meter: string;
  route: string;
  class: string;
  calls: number;
  units: number;
  bytes: number;
  late: number;
  micros: number;
};
