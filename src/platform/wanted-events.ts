import type { SoukEvent } from "./events.ts";
import { Memory } from "./memory.ts";

/** What a shop asks for holds everywhere within this time. */
const ASKED_LIFE_MS = 5_000;
const TENANTS_MAX = 5_000;

type Asked = (env: Env, tenantId: string) => Promise<ReadonlySet<string>>;

/** Types that some handler waits for in every shop; others would only burden outbox and queue. */
const wanted = new Set<string>();
/** Types that a shop may ask for, each with a sentence on when it happens. */
const told = new Map<string, string>();
const asked = new Memory<ReadonlySet<string>>(ASKED_LIFE_MS, TENANTS_MAX);
let readAsked: Asked = async () => new Set();

/** Called once at start with every type that the manifests handle. */
export const wantEvents = (types: Iterable<string>): void => {
  for (const type of types) wanted.add(type);
};

/** Called once at start with every type that the manifests tell, and with who knows what a shop asks for. */
export function tellEvents(types: Iterable<readonly [string, string]>, ask: Asked): void {
  for (const [type, summary] of types) told.set(type, summary);
  readAsked = ask;
}

/** Every type that a shop may ask for, with a sentence on when it happens. */
export const toldEvents = (): ReadonlyMap<string, string> => told;

/** Types that a shop asks for; at most five seconds old. */
export const askedEvents = async (env: Env, tenantId: string): Promise<ReadonlySet<string>> =>
  asked.get(tenantId) ?? asked.set(tenantId, await readAsked(env, tenantId));

/** The shop asks for something else from now on. */
export const forgetAsked = (tenantId: string): void => asked.forget(tenantId);

/** Whether somebody may want an event, for those that cannot wait for an answer: yes where it is not known what the shop asks for. */
export const mayBeWanted = ({ type, tenantId }: Pick<SoukEvent, "type" | "tenantId">): boolean =>
  wanted.has(type) || (told.has(type) && (asked.get(tenantId)?.has(type) ?? true));

/** Those of one shop's events that somebody wants. */
export async function onlyWanted<Event extends { type: string }>(
  env: Env,
  tenantId: string,
  events: readonly Event[],
): Promise<Event[]> {
  const isAnyTold = events.some(({ type }) => !wanted.has(type) && told.has(type));
  const types = isAnyTold ? await askedEvents(env, tenantId) : new Set<string>();
  return events.filter(({ type }) => wanted.has(type) || types.has(type));
}
