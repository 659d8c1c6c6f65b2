import type { Hono } from "hono";
import type { Ctx } from "./context.ts";
import type { Served } from "./contract.ts";
import type { SoukEvent } from "./events.ts";
import type { Result } from "./result.ts";

/** How a capability is sold alone: a price per call by plan and the promise that goes with it. */
export interface Plans {
  unit: string;
  plans: readonly Plan[];
}

export interface Plan {
  name: string;
  /** Calls per second. */
  callsPerSecond: number;
  /** Calls per calendar month (UTC); no quota when left out. */
  callsPerMonth?: number;
  /** Price of one unit in millionths of the invoice currency. */
  microsPerUnit: number;
  availability: string;
}

/** Units beyond calls that a shop pays for, counted from events, each event once. Their price is in the price list. */
export interface BusinessMeter {
  meter: string;
  event: string;
  /** How many units an event's payload stands for; 1 when left out. */
  unitsOf?: (payload: Record<string, unknown>) => number;
}

/** Delivered at least once and in any order: a handler must be idempotent. A throw means "deliver again". */
export type EventHandler = (ctx: Ctx, event: SoukEvent) => Promise<void>;

/** Runs per shop; it must bear being run twice at once. */
export type Schedule = (ctx: Ctx) => Promise<void>;

/** A truth about a shop's stored state, checked after every journey test and by cron. Answers one sentence per violation. */
export interface Invariant {
  /** The number in the reliability spec, for example `I1`, and what must hold. */
  name: string;
  check: (ctx: Ctx) => Promise<string[]>;
}

export type App = { Bindings: Env; Variables: { ctx: Ctx; nonce: string; requestId: string } };

/**
 * Bytes at an address of their own, neither page nor API answer: pictures. Anybody may ask, no cookie counts, and the answer brings
 * its own headers; `act` may only refuse with the codes named here.
 */
export interface FileDoor {
  method: "get" | "put";
  /** A Hono path with a first segment of its own: `/media/:name`. */
  path: string;
  act: (ctx: Ctx, request: Request, params: Record<string, string>) => Promise<Result<Response, string>>;
  refusals: Record<string, number>;
}

/** Everything the platform knows about one capability: the whole extension mechanism. */
export interface Capability {
  /** Folder name, tenant switch and meter prefix. */
  name: string;
  sells: Plans | "internal";
  /** Whether no shop can do without it: it cannot be switched off. */
  isEssential?: true;
  /** The only capabilities whose actions or contract it may import, with `uses`; acyclic. */
  needs: readonly string[];
  /** Capabilities that it calls, too, and does as well without: where a shop has one switched off, its actions do nothing. */
  uses?: readonly string[];
  operations: readonly Served[];
  pages?: Hono<App>;
  files?: readonly FileDoor[];
  on?: Record<string, EventHandler>;
  /** What is counted of it beyond calls. */
  counts?: readonly BusinessMeter[];
  /** Meters whose units its own code books, since no event tells of them. */
  books?: readonly string[];
  /** Types of its events that a shop may have sent to its webhooks, each with a sentence on when it happens. */
  tells?: Record<string, string>;
  /** Takes the told events of the shops that ask for them. One capability does. */
  takesTold?: { handle: EventHandler; asked: (env: Env, tenantId: string) => Promise<ReadonlySet<string>> };
  every?: { minute?: readonly Schedule[]; hour?: readonly Schedule[] };
  invariants?: readonly Invariant[];
}

export const defineCapability = (capability: Capability): Capability => capability;
