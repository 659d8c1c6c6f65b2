import type { z } from "@hono/zod-openapi";
import type { Actor, Ctx, Tenant } from "../../../../platform/context.ts";
import { transact } from "../../../../platform/db.ts";
import {
  isSeenStale,
  isSessionLive,
  isSessionToken,
  type SessionLife,
  type SessionTimes,
  sessionEndsAt,
  sessionHash,
} from "../../../../platform/identity/sessions.ts";
import { Memory } from "../../../../platform/memory.ts";
import type * as contract from "../contract.ts";
import { needsSecondFactor } from "../contract.ts";
import { type SessionStage, scopesOf } from "../rules.ts";
import { markSeen } from "../store/members.ts";
import { readSessions, sessionByHash, touchSession } from "../store/sessions.ts";

const MINUTE_MS = 60_000;
/** MLPS 2.0 asks for a time-out; a staff session ends after half an hour of nothing and after a working day. */
export const SESSION_LIFE: SessionLife = {
  idleMs: 30 * MINUTE_MS,
  absoluteMs: 12 * 60 * MINUTE_MS,
  seenEveryMs: MINUTE_MS,
};
/** How long somebody may look for their code after the password. */
const HALF_LIFE: SessionLife = { idleMs: 10 * MINUTE_MS, absoluteMs: 10 * MINUTE_MS, seenEveryMs: MINUTE_MS };
/** A session that is ended is refused everywhere within this time (I19). */
const SESSION_KNOWN_MS = 1_000;
const SESSIONS_MAX = 5_000;
const LISTED_MAX = 50;
/** How the tokens of sessions begin. */
export const TOKEN_PREFIX = "ss_";

export const STAFF_COOKIE = "staff";

export type StaffSession = NonNullable<Awaited<ReturnType<typeof sessionByHash>>>;
export type SessionOnWire = z.infer<typeof contract.session>;

const known = new Memory<StaffSession | null>(SESSION_KNOWN_MS, SESSIONS_MAX);

/** What was known of sessions is forgotten here at once; elsewhere it ends with its second. */
export const forgetSessions = (): void => known.clear();

const lifeOf = (stage: SessionStage): SessionLife => (stage === "full" ? SESSION_LIFE : HALF_LIFE);

type Reader = Pick<Ctx, "env" | "now" | "waitUntil"> & { tenant: Pick<Tenant, "id"> };

/** The live session of this token at this stage. Its use is written down once a minute. */
export async function findSession(ctx: Reader, token: string, stage: SessionStage): Promise<StaffSession | undefined> {
  if (!isSessionToken(TOKEN_PREFIX, token)) return undefined;
  const session = await readSession(ctx, sessionHash(token), stage);
  if (!session || session.stage !== stage || !isSessionLive(session, lifeOf(stage), ctx.now())) return undefined;
  // Whoever became somebody that must have a second factor signs in again and gets one first.
  if (stage === "full" && needsSecondFactor(session.role) && session.codesSince === null) return undefined;
  const now = ctx.now();
  if (isSeenStale(session, lifeOf(stage), now)) {
    const member = { tenantId: session.tenantId, id: session.memberId };
    // Not set anew: what is known of a session ends a second after it was read.
    session.seenAt = now;
    ctx.waitUntil(
      transact(ctx.env, [touchSession(ctx.env, session.tenantId, session.id, now), markSeen(ctx.env, member, now)]),
    );
  }
  return session;
}

/** A sign-in that is half done is rare and must not be finished once it was ended, so it is never remembered. */
async function readSession({ env, tenant }: Reader, hash: string, stage: SessionStage): Promise<StaffSession | null> {
  const name = `${tenant.id} ${hash}`;
  const remembered = stage === "full" ? known.get(name) : undefined;
  return remembered === undefined ? known.set(name, (await sessionByHash(env, tenant.id, hash)) ?? null) : remembered;
}

/** What the session's member may do. */
export const actorOf = ({ id, memberId, role, name, email, codesSince }: StaffSession): Actor => ({
  kind: "staff",
  keyId: memberId,
  scopes: scopesOf(role),
  member: { id: memberId, sessionId: id, role, name, email, hasSecondFactor: codesSince !== null },
});

/** Where a member is signed in, the last used session first. */
export async function listSessions(ctx: Ctx, memberId: string): Promise<SessionOnWire[]> {
  const rows = await readSessions(ctx.env, ctx.tenant.id, memberId, LISTED_MAX);
  return rows.filter((it) => isSessionLive(it, SESSION_LIFE, ctx.now())).map(onWire);
}

const onWire = (it: SessionTimes & { id: string; device: string }): SessionOnWire => ({
  id: it.id,
  device: it.device,
  began_at: new Date(it.beganAt).toISOString(),
  last_seen_at: new Date(it.seenAt).toISOString(),
  ends_at: new Date(sessionEndsAt(it, SESSION_LIFE)).toISOString(),
});
