import { nextMove, PARENT } from "../../src/capabilities/selling/stock/rules/shards.ts";
import { describe, log } from "../../src/platform/log.ts";
import type { OneAtATime } from "../kit/one-at-a-time.ts";
import type { CounterParts } from "./counter-parts.ts";
import type { BlockDesk } from "./hand-out-blocks.ts";
import type { Parcel } from "./shard-words.ts";
import { exchangeOf, isLeftOver, type Link, type Moving, type SplitBook } from "./split-book.ts";

/** If moving stops for any reason (a crash, a shard that does not answer), the alarm goes on with it after this time. */
const RESUME_MS = 1_000;

/**
 * Brings the slots to where the wanted number of shards puts them, a few at a time and while everybody sells. Every step is
 * stored before the next and repeatable, so it goes on where it stopped.
 */
export class SlotMover {
  private running: Promise<void> | undefined;

  constructor(
    private readonly parts: CounterParts,
    private readonly split: SplitBook,
    private readonly desk: BlockDesk,
    private readonly turns: OneAtATime,
  ) {}

  get isSettled(): boolean {
    const { moving, layout, shards } = this.split;
    return (
      !moving && !nextMove(layout.owners, shards) && !this.leftover() && (shards > 1 || !this.parts.slots.isDivided)
    );
  }

  /** From now on there shall be this many shards; 1 is one counter again. */
  aim(shards: number): void {
    const { slots, book } = this.parts;
    this.parts.commit(() => {
      this.split.open();
      this.split.shards = shards;
      if (shards > 1 && !slots.isDivided) {
        book.write();
        slots.divide();
        // Settings may have changed since there were shards.
        this.split.told = ++this.split.settings;
      }
      this.split.save();
    });
    this.resume();
  }

  /** Goes on in the background, with the alarm behind it. */
  resume(): void {
    if (this.isSettled) return;
    this.parts.armBy(this.parts.now() + RESUME_MS);
    if (this.running) return;
    this.running = this.run()
      .catch((error) => log("warn", "slots_delayed", { error: describe(error) }))
      .finally(() => {
        this.running = undefined;
      });
    this.parts.goOn(this.running);
  }

  /** Work that takes its turn between two moves. */
  between = <Answer>(work: () => Promise<Answer>): Promise<Answer> =>
    this.turns.run(async () => {
      await this.finishMove();
      return work();
    });

  /** Ends the move that is under way, if any; the caller has the turn. */
  private async finishMove(): Promise<void> {
    const { moving } = this.split;
    if (!moving) return;
    if (!moving.arrived) await this.carry(moving);
    await this.dropParcel(moving);
    this.parts.commit(() => {
      this.split.moving = undefined;
      this.split.save();
    });
  }

  private async run(): Promise<void> {
    while (!this.isSettled) await this.turns.run(() => this.step());
  }

  private async step(): Promise<void> {
    await this.finishMove();
    const { layout, shards } = this.split;
    const move = nextMove(layout.owners, shards);
    if (move) {
      this.parts.commit(() => this.split.begin(move));
      return this.finishMove();
    }
    const link = this.leftover();
    if (link) return this.desk.callIn(link, true);
    if (shards === 1 && this.parts.slots.isDivided) this.unite();
  }

  private async carry(moving: Moving): Promise<void> {
    const { move, slots, from, to } = moving;
    const parcel = await this.pack(from, move, slots);
    if (!parcel) throw new Error(`move ${move} left nothing at ${from}`);
    if (to === PARENT) this.parts.commit(() => this.parts.slots.arrive(parcel, this.parts.now()));
    else await this.deliver(from, to, parcel);
    this.parts.commit(() => this.split.arrived(moving));
  }

  private async pack(from: number, move: number, slots: number[]): Promise<Parcel | undefined> {
    const { parts } = this;
    if (from === PARENT) return parts.commit(() => parts.slots.leave(move, slots, parts.now()));
    const { parcel, report } = await parts.askShard(from, async (stub) => await stub.packSlots(move, slots));
    this.desk.listen(this.split.link(from), report);
    return parcel;
  }

  private async deliver(from: number, to: number, parcel: Parcel): Promise<void> {
    const link = this.split.link(to);
    if (from === PARENT) this.desk.seed(link, parcel.slots.length);
    const settings = { ...this.parts.settings(), version: this.split.settings };
    const block = exchangeOf(link);
    const report = await this.parts.askShard(to, async (stub) => await stub.takeSlots(parcel, settings, block));
    this.desk.listen(link, report);
  }

  private async dropParcel({ from, move }: Moving): Promise<void> {
    if (from === PARENT) this.parts.commit(() => this.parts.slots.drop(move));
    else await this.parts.askShard(from, async (stub) => await stub.dropParcel(move));
  }

  /** A shard without slots that still has units. */
  private leftover(): Link | undefined {
    const { serving } = this.split;
    return [...this.split.links.values()].find((link) => !serving.includes(link.shard) && isLeftOver(link));
  }

  private unite(): void {
    const { book, slots } = this.parts;
    this.parts.commit(() => {
      const versions = [...this.split.links.values()].reduce((sum, link) => sum + link.report.level.version, 0);
      book.raiseVersion(book.version + versions);
      slots.unite();
    });
  }
}
