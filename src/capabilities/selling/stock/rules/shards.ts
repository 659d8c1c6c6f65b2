import { hash32 } from "../../../../platform/ids.ts";
import { SHARDS_MAX } from "../contract.ts";

/** Buyers are hashed to this many slots, for ever, so there are as many shards at most; a slot and everything about its buyers is in one counter at a time. */
export const SLOTS = SHARDS_MAX;
/** The owner number of the counter that holds a whole SKU while it is in one piece. */
export const PARENT = -1;
/** Slots that travel together: their buyers wait for that long, so it stays a few. */
const SLOTS_A_MOVE = 4;
/** A shard that asks gets at least this many units while there are so many: fewer would be asked for again at once. */
const BLOCK_UNITS_MIN = 8;
/** By simulation (`docs/decisions/006`): these need the fewest messages for 1,000 units over 8 shards, even and uneven buyers. */
const SEEDED_PART = 0.6;
const RETURNED_PART = 0.75;

/** Which counter owns each slot: a shard's number or `PARENT`. A later epoch replaces an earlier one. */
export interface Layout {
  epoch: number;
  owners: readonly number[];
}

export const slotOf = (buyer: string): number => hash32(buyer) % SLOTS;

/** No SKU holds a slash, so a shard's name cannot be the name of another SKU's counter. */
const SEPARATOR = "/";

export const counterName = (parent: string, owner: number): string =>
  owner === PARENT ? parent : `${parent}${SEPARATOR}${owner}`;

/** The parent's name and the shard's number that an object name stands for. */
export function readCounterName(name: string): { parent: string; shard: number } {
  const at = name.lastIndexOf(SEPARATOR);
  return at < 0
    ? { parent: name, shard: PARENT }
    : { parent: name.slice(0, at), shard: Number.parseInt(name.slice(at + 1), 10) };
}

/**
 * Units that a shard gets of an undistributed rest: a fair part of it, so that blocks shrink with the rest, but what its
 * waiting buyers want and a minimum, if there is as much.
 */
export const blockUnits = (rest: number, shards: number, wanted: number): number =>
  Math.min(rest, Math.max(wanted, BLOCK_UNITS_MIN, Math.ceil(rest / Math.max(1, shards))));

/** Units that go along with slots that leave the parent: most of their fair part, so that a split shard need not ask at once. */
export const unitsWithSlots = (rest: number, everywhere: number, slots: number): number =>
  Math.min(rest, Math.floor((everywhere * slots * SEEDED_PART) / SLOTS));

/** Units that a shard gives back when they are called in: all of them when it sells nothing, else the greater part. */
export const unitsToReturn = (unused: number, isSelling: boolean): number =>
  isSelling ? Math.ceil(unused * RETURNED_PART) : unused;

export interface SlotMove {
  slots: number[];
  from: number;
  to: number;
}

/** The next slots to move towards an even layout over `shards` counters (1 means the parent); undefined when it is reached. */
export function nextMove(owners: readonly number[], shards: number): SlotMove | undefined {
  const wanted = shards === 1 ? [PARENT] : Array.from({ length: shards }, (_, shard) => shard);
  const slotsOf = (owner: number) => owners.flatMap((it, slot) => (it === owner ? [slot] : []));
  const counts = wanted.map((owner) => slotsOf(owner).length);
  const least = Math.min(...counts);
  const most = Math.max(...counts);
  const to = wanted[counts.indexOf(least)] ?? PARENT;
  const stray = owners.find((owner) => !wanted.includes(owner));
  if (stray !== undefined) {
    const room = Math.min(SLOTS_A_MOVE, Math.ceil(SLOTS / shards) - least);
    return { slots: slotsOf(stray).slice(0, room), from: stray, to };
  }
  if (most - least <= 1) return undefined;
  const from = wanted[counts.indexOf(most)] ?? PARENT;
  return { slots: slotsOf(from).slice(0, Math.min(SLOTS_A_MOVE, Math.floor((most - least) / 2))), from, to };
}

/**
 * The number of the next hold of a slot: greater than every number that its counter made or was handed, and never the number
 * of a hold of another slot, so holds keep their numbers when they move.
 */
export function nextNumber(last: number, slot: number): number {
  const candidate = last - (last % SLOTS) + slot;
  return candidate > last ? candidate : candidate + SLOTS;
}
