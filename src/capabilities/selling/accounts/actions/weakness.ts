import type { Ctx } from "../../../../platform/context.ts";
import { type PasswordFlaw, passwordFlaw } from "../../../../platform/identity/password-flaw.ts";
import { type Refused, refused } from "../../../../platform/result.ts";

/** Why a new password of this address is refused. */
export function weakness(ctx: Ctx, password: string, email: string): Refused<"weak_password"> | undefined {
  const flaw = passwordFlaw(password, [email, ctx.tenant.name]);
  return flaw && refused("weak_password", FLAWS[flaw], { facts: { reason: flaw } });
}

const FLAWS: { [flaw in PasswordFlaw]: string } = {
  too_short: "A password has at least 10 characters.",
  too_long: "A password has at most 128 characters.",
  too_common: "This password is one of the first that anybody would guess.",
  too_personal: "A password does not hold the e-mail address or the shop's name.",
};
