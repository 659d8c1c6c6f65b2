import { randomBytes } from "node:crypto";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { transact } from "../../../../platform/db.ts";
import { codeAddress, newCodeSecret, stepOfCode } from "../../../../platform/identity/one-time-codes.ts";
import { seal, unseal } from "../../../../platform/identity/sealed-text.ts";
import { deriveSecret, hmacHex } from "../../../../platform/signatures.ts";
import { needsSecondFactor } from "../contract.ts";
import { readRecoveryCode, writeRecoveryCode } from "../rules.ts";
import { insertAudit } from "../store/audit.ts";
import {
  countRecoveryCodes,
  keepSecret,
  readCodeSecret,
  setSecondFactor,
  spendRecoveryCode,
  spendStep,
  writeRecoveryCodes,
} from "../store/second-factor.ts";
import { auditRow } from "./audit.ts";
import { forgetSessions, type StaffSession } from "./find-session.ts";
import { type Browser, makeSession } from "./keep-sessions.ts";

const PURPOSE = "staff-second-factor";
const RECOVERY_CODES = 10;
/** Five bits of each byte count: 60 bits a code. */
const RECOVERY_BYTES = 12;

/** The member whose session asks. */
type Whose = Pick<StaffSession, "memberId" | "email" | "role">;

const placeOf = (ctx: Ctx, memberId: string) => ({ tenantId: ctx.tenant.id, id: memberId });
const nameOf = (ctx: Ctx, memberId: string): string => `${ctx.tenant.id}:${memberId}`;

async function secretOf(ctx: Ctx, memberId: string): Promise<{ secret: string; isOn: boolean } | undefined> {
  const row = await readCodeSecret(ctx.env, placeOf(ctx, memberId));
  if (!row?.codeSecret) return undefined;
  const secret = unseal(ctx.env.SOUK_SECRET, PURPOSE, nameOf(ctx, memberId), row.codeSecret);
  return { secret, isOn: row.codesSince !== null };
}

/** Which kind of code this is, if it is one of the member's that was never used; it is used by that. */
export async function isCode(ctx: Ctx, memberId: string, typed: string): Promise<"code" | "recovery_code" | undefined> {
  const own = await secretOf(ctx, memberId);
  if (!own?.isOn) return undefined;
  const code = typed.replaceAll(/\s/g, "");
  const step = stepOfCode(own.secret, code, ctx.now());
  if (step !== undefined) return (await spendStep(ctx.env, placeOf(ctx, memberId), step)) ? "code" : undefined;
  const hash = recoveryHash(ctx, memberId, code);
  return (await spendRecoveryCode(ctx.env, ctx.tenant.id, memberId, hash, ctx.now())) ? "recovery_code" : undefined;
}

/** The secret that a member sets up, as text and as the address for a QR code; undefined when the second factor is on already. */
export async function startSecondFactor(
  ctx: Ctx,
  { memberId, email }: Whose,
): Promise<{ secret: string; address: string } | undefined> {
  const fresh = seal(ctx.env.SOUK_SECRET, PURPOSE, nameOf(ctx, memberId), newCodeSecret());
  await transact(ctx.env, [keepSecret(ctx.env, placeOf(ctx, memberId), fresh)]);
  const own = await secretOf(ctx, memberId);
  if (!own || own.isOn) return undefined;
  return { secret: own.secret, address: codeAddress(own.secret, ctx.tenant.name, email) };
}

/**
 * Turns the second factor on with its first code. Answers the recovery codes, which are shown once, and the token of a new session:
 * rights begin with it. Undefined for a wrong code.
 */
export async function confirmSecondFactor(
  ctx: Ctx,
  { memberId }: Whose,
  typed: string,
  browser: Browser,
): Promise<{ codes: string[]; token: string } | undefined> {
  const own = await secretOf(ctx, memberId);
  const step = own && !own.isOn ? stepOfCode(own.secret, typed.replaceAll(/\s/g, ""), ctx.now()) : undefined;
  if (step === undefined || !(await spendStep(ctx.env, placeOf(ctx, memberId), step))) return undefined;
  const audit = auditRow(ctx, { who: memberId, action: "turn_on_second_factor", subject: memberId });
  const { codes, statements } = makeRecoveryCodes(ctx, memberId);
  const made = makeSession(ctx, memberId, "full", browser);
  await commit(ctx, [
    setSecondFactor(ctx.env, placeOf(ctx, memberId), ctx.now(), audit.id),
    ...statements,
    ...made.statements,
    insertAudit(ctx.env, audit),
  ]);
  forgetSessions();
  return { codes, token: made.token };
}

/** New recovery codes; the old ones are worthless. Who asks has just shown a code. */
export async function renewRecoveryCodes(ctx: Ctx, memberId: string): Promise<string[]> {
  const { codes, statements } = makeRecoveryCodes(ctx, memberId);
  const audit = auditRow(ctx, { who: memberId, action: "renew_recovery_codes", subject: memberId });
  await commit(ctx, [...statements, insertAudit(ctx.env, audit)]);
  return codes;
}

/** Turns the second factor off for a role that may go without; false for the others. Who asks has just shown a code. */
export async function turnOffSecondFactor(ctx: Ctx, { memberId, role }: Whose): Promise<boolean> {
  if (needsSecondFactor(role)) return false;
  const audit = auditRow(ctx, { who: memberId, action: "turn_off_second_factor", subject: memberId });
  await commit(ctx, [
    setSecondFactor(ctx.env, placeOf(ctx, memberId), null, audit.id),
    ...writeRecoveryCodes(ctx.env, ctx.tenant.id, memberId, []),
    insertAudit(ctx.env, audit),
  ]);
  forgetSessions();
  return true;
}

/** Recovery codes that are left. */
export const recoveryCodesLeft = (ctx: Ctx, memberId: string): Promise<number> =>
  countRecoveryCodes(ctx.env, ctx.tenant.id, memberId);

function makeRecoveryCodes(ctx: Ctx, memberId: string) {
  const codes = Array.from({ length: RECOVERY_CODES }, () => writeRecoveryCode(randomBytes(RECOVERY_BYTES)));
  const hashes = codes.map((code) => recoveryHash(ctx, memberId, code));
  return { codes, statements: writeRecoveryCodes(ctx.env, ctx.tenant.id, memberId, hashes) };
}

const recoveryHash = (ctx: Ctx, memberId: string, code: string): string =>
  hmacHex(
    deriveSecret(ctx.env.SOUK_SECRET, `${PURPOSE}:recovery`),
    `${nameOf(ctx, memberId)}:${readRecoveryCode(code)}`,
  );
