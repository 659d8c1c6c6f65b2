import type { Sequential } from "./checker.ts";

export type Ask =
  | { kind: "reserve"; key: string; buyer: string; quantity: number }
  | { kind: "confirm" | "release"; seq: number }
  | { kind: "adjust"; delta: number; key: string }
  | { kind: "read" };

interface Hold {
  key: string;
  buyer: string;
  quantity: number;
  status: "held" | "confirmed" | "released";
}

interface Counter {
  onHand: number;
  sold: number;
  holds: readonly Hold[];
  /** The first answer of each key. */
  changes: ReadonlyMap<string, string>;
}

/** A counter of units and the set of its holds, used by one client at a time. Answers are comparable lines. */
export const counter = (onHand: number, limit: number): Sequential<Counter, Ask, string> => ({
  start: { onHand, sold: 0, holds: [], changes: new Map() },
  agrees: (answer, expected) => answer === expected,
  nameOf: ({ onHand: units, holds, changes }) =>
    `${units}/${[...changes].sort().join()}/${holds.map((it) => it.key + it.status.charAt(0)).join()}`,
  apply(state, ask) {
    if (ask.kind === "read") return { state, answer: `level ${levelOf(state)}` };
    if (ask.kind === "reserve") return reserve(state, ask, limit);
    if (ask.kind === "adjust") return adjust(state, ask);
    return settle(state, ask);
  },
});

type Step = { answer: string; state: Counter };

const reservedOf = ({ holds }: Counter): number =>
  holds.reduce((sum, it) => sum + (it.status === "held" ? it.quantity : 0), 0);

const levelOf = (state: Counter): string => `${state.onHand} ${reservedOf(state)} ${state.sold}`;

function reserve(state: Counter, { key, buyer, quantity }: Ask & { kind: "reserve" }, limit: number): Step {
  const at = state.holds.findIndex((it) => it.key === key);
  const known = state.holds[at];
  if (known) return { state, answer: `already_reserved ${at + 1} ${known.status}` };
  const units = state.holds.reduce(
    (sum, it) => sum + (it.buyer === buyer && it.status !== "released" ? it.quantity : 0),
    0,
  );
  const left = state.onHand - reservedOf(state);
  if (units + quantity > limit) return { state, answer: `limit_reached ${left}` };
  if (quantity > left) return { state, answer: `sold_out ${left}` };
  const holds = [...state.holds, { key, buyer, quantity, status: "held" as const }];
  return { state: { ...state, holds }, answer: `reserved ${holds.length} held` };
}

function settle(state: Counter, { kind, seq }: Ask & { kind: "confirm" | "release" }): Step {
  const hold = state.holds[seq - 1];
  const target = kind === "confirm" ? "confirmed" : "released";
  if (!hold) return { state, answer: "unknown_reservation" };
  if (hold.status === target) return { state, answer: `settled ${target}` };
  if (hold.status !== "held") return { state, answer: `refused ${hold.status}` };
  const holds = state.holds.with(seq - 1, { ...hold, status: target });
  const gone = target === "confirmed" ? hold.quantity : 0;
  return {
    state: { ...state, holds, onHand: state.onHand - gone, sold: state.sold + gone },
    answer: `settled ${target}`,
  };
}

function adjust(state: Counter, { delta, key }: Ask & { kind: "adjust" }): Step {
  const known = state.changes.get(key);
  if (known !== undefined) return { state, answer: known };
  if (state.onHand + delta < reservedOf(state)) return { state, answer: "below_reserved" };
  const moved = { ...state, onHand: state.onHand + delta };
  const answer = `changed ${levelOf(moved)}`;
  return { answer, state: { ...moved, changes: new Map([...state.changes, [key, answer]]) } };
}
