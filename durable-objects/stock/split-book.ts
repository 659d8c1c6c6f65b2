import { type Layout, PARENT, SLOTS, type SlotMove } from "../../src/capabilities/selling/stock/rules/shards.ts";
import type { Level } from "../../src/capabilities/selling/stock/store.ts";
import type { Exchange, ShardReport, Transfer } from "./shard-words.ts";

const TABLES = `
  CREATE TABLE IF NOT EXISTS split (
    id INTEGER PRIMARY KEY CHECK (id = 1), shards INTEGER NOT NULL, epoch INTEGER NOT NULL, owners TEXT NOT NULL,
    moves INTEGER NOT NULL, moving TEXT, settings INTEGER NOT NULL, told INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS links (shard INTEGER PRIMARY KEY, link TEXT NOT NULL);
  INSERT OR IGNORE INTO split VALUES (1, 1, 0, '[]', 0, NULL, 0, 0);`;

/** Slots on their way: `arrived` when the other counter has them and only the parcel is left to be dropped. */
export interface Moving extends SlotMove {
  move: number;
  arrived: boolean;
}

/** Messages between a shard and the parent, and units handed out and called in: what sharding costs. */
export interface Traffic {
  asks: number;
  callIns: number;
  reports: number;
  unitsOut: number;
  unitsIn: number;
}

/** What the parent knows of one shard. */
export interface Link extends Traffic {
  shard: number;
  /** The last block handed to it. */
  sent: Transfer;
  /** The last block taken back from it. */
  taken: number;
  report: { level: Level; taken: number };
}

const NOTHING: Transfer = { seq: 0, units: 0 };
const UNKNOWN: Level = { onHand: 0, reserved: 0, sold: 0, version: 0 };

/** The parent's memory of its split over its SQLite tables: the layout, what is on its way, what each shard last said. */
export class SplitBook {
  /** How many counters there shall be; 1 is the parent alone. */
  shards = 1;
  layout: Layout = { epoch: 0, owners: Array.from({ length: SLOTS }, () => PARENT) };
  moving: Moving | undefined;
  /** The version of the shared settings, and the version that every shard has. */
  settings = 0;
  told = 0;
  readonly links = new Map<number, Link>();
  private moves = 0;
  private isOpen = false;

  constructor(private readonly sql: SqlStorage) {
    if (sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'split'").toArray().length > 0) this.open();
  }

  /** Once: others keep the links that it reads. */
  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.sql.exec(TABLES);
    const row = this.sql.exec<Record<string, number | string | null>>("SELECT * FROM split").one();
    this.shards = Number(row.shards);
    const owners = JSON.parse(String(row.owners)) as number[];
    if (owners.length === SLOTS) this.layout = { epoch: Number(row.epoch), owners };
    this.moves = Number(row.moves);
    this.moving = row.moving === null ? undefined : JSON.parse(String(row.moving));
    this.settings = Number(row.settings);
    this.told = Number(row.told);
    for (const { link } of this.sql.exec<{ link: string }>("SELECT link FROM links")) {
      const read = JSON.parse(link) as Link;
      this.links.set(read.shard, read);
    }
  }

  begin(move: SlotMove): void {
    this.moving = { ...move, move: ++this.moves, arrived: false };
    this.save();
  }

  /** The slots on their way have arrived: from now on their buyers are sent there. */
  arrived(moving: Moving): void {
    const owners = this.layout.owners.map((owner, slot) => (moving.slots.includes(slot) ? moving.to : owner));
    this.layout = { epoch: this.layout.epoch + 1, owners };
    this.moving = { ...moving, arrived: true };
    this.save();
  }

  save(): void {
    this.sql.exec(
      "UPDATE split SET shards = ?, epoch = ?, owners = ?, moves = ?, moving = ?, settings = ?, told = ?",
      this.shards,
      this.layout.epoch,
      JSON.stringify(this.layout.owners),
      this.moves,
      this.moving ? JSON.stringify(this.moving) : null,
      this.settings,
      this.told,
    );
  }

  link(shard: number): Link {
    let link = this.links.get(shard);
    if (!link) {
      const traffic = { asks: 0, callIns: 0, reports: 0, unitsOut: 0, unitsIn: 0 };
      link = { shard, sent: NOTHING, taken: 0, report: { level: UNKNOWN, taken: 0 }, ...traffic };
      this.links.set(shard, link);
    }
    return link;
  }

  saveLink(link: Link): void {
    this.sql.exec("INSERT OR REPLACE INTO links VALUES (?, ?)", link.shard, JSON.stringify(link));
  }

  /** Shards that have slots now, or a slot on its way to them. */
  get serving(): number[] {
    const owners = this.moving ? [...this.layout.owners, this.moving.to] : this.layout.owners;
    return [...new Set(owners)].filter((owner) => owner !== PARENT);
  }

  /** Links of shards that serve or still have units. */
  get active(): Link[] {
    for (const shard of this.serving) this.link(shard);
    return [...this.links.values()].filter((link) => this.serving.includes(link.shard) || isLeftOver(link));
  }

  traffic(): Traffic {
    const sum = { asks: 0, callIns: 0, reports: 0, unitsOut: 0, unitsIn: 0 };
    for (const link of this.links.values())
      for (const name of ["asks", "callIns", "reports", "unitsOut", "unitsIn"] as const) sum[name] += link[name];
    return sum;
  }
}

/** A later report replaces an earlier one; reports may overtake each other. */
export function hear(link: Link, { level, taken }: ShardReport): void {
  if (level.version >= link.report.level.version) link.report = { level, taken };
}

/** Units of the last block that the shard has not taken as far as its parent knows. */
export const onTheWay = (link: Link): number => (link.sent.seq > link.report.taken ? link.sent.units : 0);

/** Units that the shard could give back, as far as its parent knows. */
export const unusedUnits = (link: Link): number =>
  link.report.level.onHand - link.report.level.reserved + onTheWay(link);

export const isLeftOver = (link: Link): boolean => link.report.level.onHand > 0 || onTheWay(link) > 0;

export const exchangeOf = ({ sent, taken }: Link): Exchange => ({ sent, taken });
