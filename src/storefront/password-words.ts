import { PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from "../platform/identity/password-flaw.ts";
import { m } from "./messages/compiled/messages.js";
import type { Visit } from "./visit.ts";

/** Why a password is refused, in the shopper's words. */
export function flawWords(flaw: unknown, { say }: Pick<Visit, "say">): string {
  switch (flaw) {
    case "too_long":
      return m.password_too_long({ count: PASSWORD_CHARACTERS_MAX }, say);
    case "too_common":
      return m.password_too_common({}, say);
    case "too_personal":
      return m.password_too_personal({}, say);
    default:
      return m.password_hint({ count: PASSWORD_CHARACTERS_MIN }, say);
  }
}
