import { randomBytes } from "node:crypto";
import type { Ctx } from "../../../../platform/context.ts";
import { spendOnce } from "../../../../platform/identity/guard-sign-in.ts";
import { sign, verify } from "../../../../platform/signatures.ts";

/** How long a shopper may take over the browser's dialogue. */
export const CHALLENGE_MS = 600_000;
const NONCE_BYTES = 16;

/**
 * A challenge for one purpose in one shop, as base64url. It says itself until when it is good and carries our signature, so asking
 * for one writes nothing; only a used one is remembered.
 */
export function newChallenge(ctx: Ctx, purpose: string): string {
  const text = `${randomBytes(NONCE_BYTES).toString("base64url")}.${(ctx.now() + CHALLENGE_MS).toString(36)}`;
  return Buffer.from(`${text}.${signatureOf(ctx, purpose, text)}`).toString("base64url");
}

/** The challenge in what a browser signed, if it is ours, for this purpose, in time and not used before; it is used from now on. */
export async function spendChallenge(ctx: Ctx, purpose: string, clientData: string): Promise<string | undefined> {
  const challenge = challengeIn(clientData);
  if (challenge === undefined) return undefined;
  const [nonce = "", until = "", signature = ""] = Buffer.from(challenge, "base64url").toString().split(".");
  if (!verify(ctx.env.SOUK_SECRET, scope(ctx, purpose), `${nonce}.${until}`, signature)) return undefined;
  const endsAt = Number.parseInt(until, 36);
  if (endsAt <= ctx.now()) return undefined;
  return (await spendOnce(ctx, "passkey", nonce.slice(0, 2), nonce, endsAt)) ? challenge : undefined;
}

const scope = ({ tenant }: Ctx, purpose: string): string => `passkey:${tenant.id}:${purpose}`;

const signatureOf = (ctx: Ctx, purpose: string, text: string): string =>
  sign(ctx.env.SOUK_SECRET, scope(ctx, purpose), text);

function challengeIn(clientData: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(clientData, "base64url").toString());
    const isOne = typeof parsed === "object" && parsed !== null && "challenge" in parsed;
    return isOne && typeof parsed.challenge === "string" ? parsed.challenge : undefined;
  } catch {
    return undefined;
  }
}
