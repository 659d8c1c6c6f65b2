import { UNITS_MAX } from "../../src/capabilities/selling/stock/contract.ts";
import { available } from "../../src/capabilities/selling/stock/rules.ts";
import type { Level } from "../../src/capabilities/selling/stock/store.ts";
import type { CounterParts } from "./counter-parts.ts";
import type { Change, ChangeAnswer } from "./counter-words.ts";
import type { BlockDesk } from "./hand-out-blocks.ts";
import { exchangeOf, onTheWay, type SplitBook } from "./split-book.ts";

/** A level of a split SKU is put together anew when what is known is older than this. */
const LEVEL_AGE_MS = 100;

/** Questions about and changes of a split SKU's whole stock, asked of its parent. */
export class WholeStock {
  private heardAt = 0;

  constructor(
    private readonly parts: CounterParts,
    private readonly split: SplitBook,
    private readonly desk: BlockDesk,
    /** Takes its turn between two moves, when every buyer's units are with some counter. */
    private readonly between: <Answer>(work: () => Promise<Answer>) => Promise<Answer>,
    /** Decides a change by which the rest grows or shrinks; run inside a transaction. */
    private readonly decide: (change: Change, delta: number) => ChangeAnswer,
  ) {}

  /** At most `LEVEL_AGE_MS` old. */
  level(): Promise<Level> {
    return this.between(async () => {
      if (this.parts.now() - this.heardAt > LEVEL_AGE_MS) await this.hearAll();
      return this.known();
    });
  }

  /** What goes to the mirror: shards report their changes within half a second. */
  reportedLevel(): Promise<Level> {
    return this.between(async () => this.known());
  }

  /** The whole as far as the parent has heard. */
  known(): Level {
    const sum = { ...this.parts.level() };
    for (const link of this.split.links.values()) {
      const { level } = link.report;
      sum.onHand += level.onHand + onTheWay(link);
      sum.reserved += level.reserved;
      sum.sold += level.sold;
      sum.version += level.version;
    }
    return sum;
  }

  change(change: Change): Promise<ChangeAnswer> {
    return this.between(async () => {
      const replayed = this.replay(change);
      if (replayed) {
        await this.tellShards();
        return replayed;
      }
      await this.hearAll();
      const { onHand } = this.known();
      const delta = change.kind === "set" ? change.onHand - onHand : change.delta;
      const { book } = this.parts;
      await this.desk.gather(-delta, -delta);
      if (available(book.levels) + delta < 0 || onHand + delta > UNITS_MAX) return { outcome: "below_reserved" };
      const answer = this.parts.commit(() => {
        const decided = this.decide(change, delta);
        book.write();
        this.split.settings++;
        this.split.save();
        return decided;
      });
      await this.tellShards();
      return answer;
    });
  }

  /** A change that every shard must know of, decided inside a transaction, with the units here that it sends away. */
  changeShared<Answer>(decide: () => Answer, leaving: number): Promise<Answer> {
    return this.between(async () => {
      if (leaving > 0) {
        await this.hearAll();
        await this.desk.gather(leaving, leaving);
      }
      const answer = this.parts.commit(() => {
        const decided = decide();
        this.split.settings++;
        this.split.save();
        return decided;
      });
      await this.tellShards();
      return answer;
    });
  }

  /**
   * Brings the settings that all shards share to every one of them; a change of them is acknowledged after this. A shard that
   * takes over slots later is told with them.
   */
  async tellShards(): Promise<void> {
    const { split, parts } = this;
    if (split.told === split.settings) return;
    const settings = { ...parts.settings(), version: split.settings };
    await Promise.all(
      split.serving.map((shard) => parts.askShard(shard, async (stub) => await stub.followSettings(settings))),
    );
    parts.commit(() => {
      split.told = settings.version;
      split.save();
    });
  }

  private replay(change: Change): ChangeAnswer | undefined {
    const { book } = this.parts;
    if (change.key === undefined) return undefined;
    book.recall([change.key]);
    const known = book.changeByKey(change.key);
    if (known === undefined) return undefined;
    return known.asked === JSON.stringify(change)
      ? { outcome: "changed", level: known.level ?? this.known() }
      : { outcome: "key_reused" };
  }

  /** Every shard that has anything, heard now. */
  async hearAll(): Promise<void> {
    await Promise.all(
      this.split.active.map(async (link) => {
        const message = exchangeOf(link);
        link.reports++;
        this.desk.listen(link, await this.parts.askShard(link.shard, async (stub) => await stub.exchange(message)));
      }),
    );
    this.heardAt = this.parts.now();
  }
}
