import { DurableObject } from "cloudflare:workers";
import { randomBytes } from "node:crypto";
import { admitNext, estimateWait, flowTo, openFlow } from "../src/capabilities/marketing/waiting-room/rules/admit.ts";
import { commitmentOf, lotOf } from "../src/capabilities/marketing/waiting-room/rules/draw.ts";
import { pausePolls } from "../src/capabilities/marketing/waiting-room/rules/pace-polls.ts";
import { hash32 } from "../src/platform/ids.ts";
import type { Busy } from "../src/platform/objects.ts";
import { Alarms } from "./kit/alarms.ts";
import { GroupCommit } from "./kit/group-commit.ts";
import { type Entry, type Room, type RoomTerms, WaitingBook } from "./waiting-book.ts";

/** People whom one room takes in; SQLite holds more, but nobody would wait for so long. */
export const ENTRIES_MAX = 1_000_000;
/** A room is thrown away so long after its sale. */
const FORGOTTEN_MS = 30 * 86_400_000;

/** What every call says of the sale: its terms, and whether there is something to let people in for. */
interface Told {
  terms: RoomTerms;
  isPaused: boolean;
}
export type Wish =
  | { kind: "enter"; id: string; buyer: string; key: string }
  | { kind: "look"; id: string }
  | { kind: "survey" };
/** Whoever takes a pass knows the pass only. */
type Use = { kind: "used"; id: string; turn: number };
type Command = (Wish & Told) | Use;

/** Where an entrant stands. `ahead` and `waitSeconds` are null before the draw and zero for those who were let in. */
export interface Standing {
  id: string;
  buyer: string;
  place: number | null;
  turn: number;
  admittedAt: number | null;
  expiresAt: number | null;
  usedAt: number | null;
  ahead: number | null;
  waitSeconds: number | null;
  pollSeconds: number;
  /** The room's clock. */
  now: number;
}
/** The room as everybody may see it. */
export interface Survey {
  commitment: string;
  /** Null until the draw is made. */
  seed: string | null;
  drawn: number;
  entered: number;
  waiting: number;
  /** Everybody up to this place was let in. */
  serving: number;
  livePasses: number;
  used: number;
  now: number;
}
export type RoomAnswer =
  | { outcome: "entered" | "replayed" | "known" | "found"; standing: Standing }
  | { outcome: "surveyed"; survey: Survey }
  | { outcome: "unknown_entry" | "key_reused" | "room_full" | "noted" };

type Verdict = { outcome: "entered" | "replayed" | "known" | "found"; entry: Entry } | { outcome: Settled };
type Settled = "surveyed" | "unknown_entry" | "key_reused" | "room_full" | "noted";

/**
 * Decides who goes next to one sale. Those who come before the start are drawn by a seed whose hash is public from the beginning,
 * those who come later stand behind them in the order of arrival. Nobody is woken to let people in: each turn first makes up for
 * the time since the last one, at the very moments at which the rate allows it.
 */
export class WaitingRoom extends DurableObject<Env> {
  private readonly book = new WaitingBook(this.ctx.storage.sql);
  private readonly alarms = new Alarms(this.ctx);
  private readonly turn = new GroupCommit<Command, RoomAnswer>(this.ctx, (commands) => this.decide(commands));
  private now = () => Date.now();

  ask(wish: Wish, told: Told): Promise<RoomAnswer | Busy> {
    return this.turn.admit({ ...wish, ...told });
  }

  /** A pass was taken: its room goes to the next at once. Without this report it does when the pass expires. */
  async passUsed(id: string, turn: number): Promise<void> {
    if (this.book.room) await this.turn.submit({ kind: "used", id, turn });
  }

  /** Ids in the order of the draw; none before it. */
  drawnAfter(after: number, limit: number): string[] {
    return this.book.room?.drawnAt ? this.book.drawnAfter(after, limit) : [];
  }

  override async alarm(): Promise<void> {
    this.alarms.spent();
    const forgetAt = (this.book.room?.terms.endsAt ?? 0) + FORGOTTEN_MS;
    if (this.now() < forgetAt) return this.alarms.armBy(forgetAt);
    await this.ctx.storage.deleteAll();
    this.ctx.abort("the room was forgotten");
  }

  private decide(commands: readonly Command[]): RoomAnswer[] {
    const now = this.now();
    const room = this.openRoom(commands, now);
    if (room.drawnAt === null && now >= room.terms.startsAt) this.draw(room);
    this.letIn(room, now);
    this.book.writeAdmissions();
    this.book.recall(
      commands.flatMap((it) => ("id" in it ? [it.id] : [])),
      commands.flatMap((it) => ("buyer" in it ? [it.buyer] : [])),
      commands.flatMap((it) => ("key" in it ? [it.key] : [])),
    );
    const verdicts = commands.map((command) => this.judge(room, command, now));
    this.letIn(room, now);
    this.book.write();
    return verdicts.map((verdict) => this.answer(room, verdict, now));
  }

  /** The room as this turn's callers know the sale; the first of them opens it and throws the dice. */
  private openRoom(commands: readonly Command[], now: number): Room {
    const told = commands.filter((it) => it.kind !== "used");
    const [first] = told;
    if (!this.book.room && first) this.book.open(newRoom(first));
    const { room } = this.book;
    if (!room) throw new Error("nobody told the room of its sale");
    for (const { terms, isPaused } of told) {
      if (terms.version > room.terms.version) this.adopt(room, terms, now);
      if (isPaused !== room.isPaused) this.pause(room, isPaused, now);
    }
    this.alarms.armBy(room.terms.endsAt + FORGOTTEN_MS);
    return room;
  }

  /** What was earned under the old pace stays. After the start neither it nor the life of passes changes any more. */
  private adopt(room: Room, terms: RoomTerms, now: number): void {
    if (room.drawnAt === null) {
      room.terms = terms;
      return;
    }
    this.letIn(room, now);
    const { startsAt, passMs } = room.terms;
    room.flow = flowTo(room.flow, room.terms, now);
    room.terms = { ...terms, startsAt, passMs };
  }

  /** Nothing is earned while there is nothing to buy. */
  private pause(room: Room, isPaused: boolean, now: number): void {
    if (room.drawnAt !== null) {
      this.letIn(room, now);
      room.flow = room.isPaused ? { ...room.flow, at: now } : flowTo(room.flow, room.terms, now);
    }
    room.isPaused = isPaused;
  }

  private draw(room: Room): void {
    this.book.draw(room, room.terms.startsAt);
    room.flow = openFlow(room.terms, room.terms.startsAt);
  }

  /** Lets in everybody whose moment has come by `now`, each at that moment. */
  private letIn(room: Room, now: number): void {
    if (room.drawnAt === null || room.isPaused) return;
    const { terms } = room;
    while (room.admitted < room.lastPlace) {
      this.book.expire(room.flow.at);
      const isFull = terms.livePassesMax !== null && this.book.live.size >= terms.livePassesMax;
      const [firstExpiry = 0] = isFull ? this.book.live.values() : [];
      const next = admitNext(room.flow, terms, firstExpiry, now);
      if (!next) break;
      room.flow = next;
      this.book.expire(next.at);
      this.book.admit(room, next.at, next.at + terms.passMs);
    }
    this.book.expire(now);
  }

  private judge(room: Room, command: Command, now: number): Verdict {
    switch (command.kind) {
      case "enter":
        return this.judgeEnter(room, command, now);
      case "look": {
        const entry = this.book.entryById(command.id);
        return entry ? { outcome: "found", entry } : { outcome: "unknown_entry" };
      }
      case "used":
        return this.noteUse(room, command, now);
      case "survey":
        return { outcome: "surveyed" };
    }
  }

  private judgeEnter(room: Room, wish: Extract<Command, { kind: "enter" }>, now: number): Verdict {
    const made = this.book.entryByKey(wish.key);
    if (made) return made.buyer === wish.buyer ? { outcome: "replayed", entry: made } : { outcome: "key_reused" };
    const known = this.book.entryOf(wish.buyer);
    if (known) {
      const hasMissed = known.expiresAt !== null && known.expiresAt <= now && known.usedAt === null;
      if (hasMissed) this.lineUp(room, Object.assign(known, { turn: known.turn + 1, ...NOT_YET }), now);
      return { outcome: "known", entry: known };
    }
    if (room.entered >= ENTRIES_MAX) return { outcome: "room_full" };
    const { id, buyer, key } = wish;
    const lot = lotOf(room.seed, id);
    const entry: Entry = { id, buyer, key, lot, enteredAt: now, place: null, turn: 1, ...NOT_YET };
    this.book.add(room, entry);
    if (room.drawnAt !== null) this.lineUp(room, entry, now);
    return { outcome: "entered", entry };
  }

  /** Whoever joins is let in from now on, not from when the line became empty. */
  private lineUp(room: Room, entry: Entry, now: number): void {
    if (!room.isPaused) room.flow = flowTo(room.flow, room.terms, now);
    this.book.lineUp(room, entry);
  }

  /** Makes room for the next before the pass expires. A report about an earlier turn, or a second one, changes nothing. */
  private noteUse(room: Room, { id, turn }: Use, now: number): Verdict {
    const entry = this.book.entryById(id);
    if (!entry || entry.turn !== turn || entry.admittedAt === null || entry.usedAt !== null)
      return { outcome: "noted" };
    entry.usedAt = now;
    room.used++;
    this.book.touch(entry);
    if (!room.isPaused) room.flow = flowTo(room.flow, room.terms, now);
    if (entry.place !== null) this.book.live.delete(entry.place);
    return { outcome: "noted" };
  }

  private answer(room: Room, verdict: Verdict, now: number): RoomAnswer {
    if ("entry" in verdict) return { outcome: verdict.outcome, standing: standingOf(room, verdict.entry, now) };
    if (verdict.outcome !== "surveyed") return { outcome: verdict.outcome };
    return { outcome: "surveyed", survey: surveyOf(room, this.book.live.size, now) };
  }
}

const NOT_YET = { admittedAt: null, expiresAt: null, usedAt: null };

function newRoom({ terms, isPaused }: Told): Room {
  return {
    terms,
    isPaused,
    seed: randomBytes(32).toString("hex"),
    drawnAt: null,
    drawn: 0,
    entered: 0,
    lastPlace: 0,
    admitted: 0,
    used: 0,
    flow: openFlow(terms, terms.startsAt),
  };
}

function standingOf(room: Room, entry: Entry, now: number): Standing {
  const { id, buyer, place, turn, admittedAt, expiresAt, usedAt } = entry;
  const isWaiting = place !== null && admittedAt === null;
  const ahead = place === null ? null : Math.max(0, place - room.admitted - 1);
  const flow = room.isPaused ? { ...room.flow, at: now } : flowTo(room.flow, room.terms, now);
  const waitSeconds = place === null ? null : isWaiting ? estimateWait(flow, room.terms, ahead ?? 0) : 0;
  const secondsToNews = waitSeconds ?? Math.max(0, (room.terms.startsAt - now) / 1_000);
  const entrants = place === null ? room.entered : room.lastPlace - room.admitted;
  const pollSeconds = pausePolls(secondsToNews, entrants, hash32(id));
  return { id, buyer, place, turn, admittedAt, expiresAt, usedAt, ahead, waitSeconds, pollSeconds, now };
}

const surveyOf = (room: Room, livePasses: number, now: number): Survey => ({
  commitment: commitmentOf(room.seed),
  seed: room.drawnAt === null ? null : room.seed,
  drawn: room.drawn,
  entered: room.entered,
  waiting: room.drawnAt === null ? room.entered : room.lastPlace - room.admitted,
  serving: room.admitted,
  livePasses,
  used: room.used,
  now,
});
