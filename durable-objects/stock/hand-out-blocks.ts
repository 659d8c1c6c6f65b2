import { blockUnits, unitsWithSlots } from "../../src/capabilities/selling/stock/rules/shards.ts";
import { available } from "../../src/capabilities/selling/stock/rules.ts";
import type { CounterParts } from "./counter-parts.ts";
import type { Ask, Grant, ShardReport } from "./shard-words.ts";
import { exchangeOf, hear, type Link, onTheWay, type SplitBook, unusedUnits } from "./split-book.ts";

/**
 * The parent's rest: blocks of it for shards that ask, and units called in from other shards when it is too small. Callers take
 * turns (`OneAtATime`), so units are on the way in one direction at a time.
 */
export class BlockDesk {
  constructor(
    private readonly parts: CounterParts,
    private readonly split: SplitBook,
  ) {}

  async answer({ shard, report, least, wanted }: Ask): Promise<Grant> {
    const link = this.split.link(shard);
    link.asks++;
    this.listen(link, report);
    const isServing = this.split.serving.includes(shard);
    if (isServing && onTheWay(link) === 0) {
      await this.gather(least, wanted, link);
      this.handOut(link, wanted);
    }
    return { ...exchangeOf(link), left: isServing ? available(this.parts.book.levels) + this.elsewhere(link) : 0 };
  }

  /** Hears a report and takes the units that the shard sent with it. */
  listen(link: Link, report: ShardReport): void {
    this.parts.commit(() => {
      hear(link, report);
      if (report.sent.seq === link.taken + 1) {
        link.taken = report.sent.seq;
        link.unitsIn += report.sent.units;
        this.shift(report.sent.units, `returned by shard ${link.shard}: ${report.sent.seq}`);
      }
      this.split.saveLink(link);
    });
  }

  /** Calls units in until the rest holds `wanted`, or all there are; nothing moves when they would not be `least`. */
  async gather(least: number, wanted: number, asking?: Link): Promise<void> {
    if (available(this.parts.book.levels) + this.elsewhere(asking) < least) return;
    const silent = new Set<Link | undefined>([asking]);
    while (available(this.parts.book.levels) < wanted) {
      const richest = [...this.split.links.values()]
        .filter((link) => !silent.has(link) && unusedUnits(link) > 0)
        .reduce<Link | undefined>((a, b) => (a && unusedUnits(a) >= unusedUnits(b) ? a : b), undefined);
      if (!richest) return;
      await this.callIn(richest, false).catch(() => silent.add(richest));
    }
  }

  async callIn(link: Link, everything: boolean): Promise<void> {
    const message = { ...exchangeOf(link), everything };
    link.callIns++;
    const report = await this.parts.askShard(link.shard, async (stub) => await stub.callIn(message));
    this.listen(link, report);
  }

  /** Slots that leave the parent for a shard take units with them. */
  seed(link: Link, slots: number): void {
    const rest = available(this.parts.book.levels);
    this.send(link, unitsWithSlots(rest, rest + this.elsewhere(), slots));
  }

  private handOut(link: Link, wanted: number): void {
    this.send(link, blockUnits(available(this.parts.book.levels), this.split.serving.length, wanted));
  }

  private send(link: Link, units: number): void {
    if (units === 0 || link.sent.seq !== link.report.taken) return;
    this.parts.commit(() => {
      link.sent = { seq: link.sent.seq + 1, units };
      link.unitsOut += units;
      this.shift(-units, `block for shard ${link.shard}: ${link.sent.seq}`);
      this.split.saveLink(link);
    });
  }

  /** Units beside the rest that shards other than this one could give back. */
  elsewhere(except?: Link): number {
    let units = 0;
    for (const link of this.split.links.values()) if (link !== except) units += unusedUnits(link);
    return units;
  }

  private shift(units: number, reason: string): void {
    const { book } = this.parts;
    book.levels = { ...book.levels, onHand: book.levels.onHand + units };
    book.move("block", units, reason, this.parts.now());
    book.write();
  }
}
