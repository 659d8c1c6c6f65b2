import { PASSWORD_CHARACTERS_MIN } from "../../platform/identity/password-flaw.ts";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";
import { Field } from "./field.tsx";

interface PasswordProps {
  visit: Visit;
  name: string;
  label: string;
  error?: string | undefined;
  /** A new one is chosen here, so its rule is told and password managers offer one. */
  isNew?: boolean;
}

/** The rule stands there once: as a hint, or as what is wrong. */
export function PasswordField({ visit, name, label, error, isNew }: PasswordProps) {
  const hint = isNew ? m.password_hint({ count: PASSWORD_CHARACTERS_MIN }, visit.say) : undefined;
  return (
    <Field
      name={name}
      label={label}
      value=""
      type="password"
      error={error}
      hint={hint === error ? undefined : hint}
      autocomplete={isNew ? "new-password" : "current-password"}
      isRequired
    />
  );
}
