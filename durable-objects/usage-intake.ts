import {
  BUSINESS,
  type CallGroup,
  classOf,
  hourOf,
  monthNamed,
  type UsageEvent,
} from "../src/capabilities/money/usage/rules.ts";

/** Events of one statement: at some 250 bytes each well below the 2 MB that a value may have. */
export const EVENTS_AT_ONCE = 2_000;

/** Statements cost more than rows: one for all events, which answers those that were not known. */
export const INSERT_EVENTS = `
  INSERT OR IGNORE INTO events
  SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7, value ->> 8,
    value ->> 9, value ->> 10, value ->> 11, value ->> 12 FROM json_each(?) WHERE true RETURNING id`;

export const eventRow = (it: UsageEvent, part: number) => [
  ...[it.id, it.at, it.client, it.plan, it.meter, it.route, it.status, it.bytes, Number(it.late), it.units, it.micros],
  ...[it.arm, part],
];

/** The calls of a group as events, from its id, its calls as JSON, and what is the same for all of them. */
export const INSERT_GROUP = `
  INSERT INTO events
  SELECT ? || '_' || key, value ->> 0, ?, ?, ?, ?, ?, value ->> 1, ?, ?, value ->> 2, ?, ? FROM json_each(?)`;

export const groupRow = (it: CallGroup, part: number) => [
  ...[it.id, it.client, it.plan, it.meter, it.route, it.status, Number(it.late), it.units, it.arm, part],
  JSON.stringify(it.calls),
];

/** Calls of one kind, added up. */
export interface Booked extends Omit<UsageEvent, "id" | "late" | "arm"> {
  calls: number;
  late: number;
}

export const bookedEvent = (it: UsageEvent): Booked => ({ ...it, calls: 1, late: Number(it.late) });

export function bookedGroup({ calls, units, late, ...same }: CallGroup): Booked {
  const booked = { ...same, calls: calls.length, units: units * calls.length, late: late ? calls.length : 0 };
  const sum = { at: calls[0]?.[0] ?? 0, bytes: 0, micros: 0 };
  for (const [, bytes, micros] of calls) {
    sum.bytes += bytes;
    sum.micros += micros;
  }
  return { ...booked, ...sum };
}

/** What one hour's row grows by. */
export interface HourGrowth {
  key: [hour: number, part: number, client: string, plan: string, meter: string, route: string, statusClass: string];
  calls: number;
  units: number;
  bytes: number;
  late: number;
  micros: number;
}

/** What one client's month grows by; units beyond calls are none of its calls. */
export interface MonthGrowth {
  client: string;
  month: string;
  units: number;
  micros: number;
}

/** Calls added up by the rows that they change: a thousand of one kind are one write. */
export function growthOf(
  booked: readonly Booked[],
  partOf: (month: string) => number,
): { hours: HourGrowth[]; months: MonthGrowth[] } {
  const hours = new Map<string, HourGrowth>();
  const months = new Map<string, MonthGrowth>();
  for (const { at, client, plan, meter, route, status, calls, units, bytes, late, micros } of booked) {
    const month = monthNamed(at);
    const key: HourGrowth["key"] = [hourOf(at), partOf(month), client, plan, meter, route, classOf(status)];
    const hour = grow(hours, key.join("\n"), () => ({ key, calls: 0, units: 0, bytes: 0, late: 0, micros: 0 }));
    hour.calls += calls;
    hour.units += units;
    hour.bytes += bytes;
    hour.late += late;
    hour.micros += micros;
    const sum = grow(months, `${month} ${client}`, () => ({ client, month, units: 0, micros: 0 }));
    sum.units += plan === BUSINESS ? 0 : units;
    sum.micros += micros;
  }
  return { hours: [...hours.values()], months: [...months.values()] };
}

function grow<Growth>(known: Map<string, Growth>, name: string, zero: () => Growth): Growth {
  const found = known.get(name);
  if (found) return found;
  const made = zero();
  known.set(name, made);
  return made;
}
