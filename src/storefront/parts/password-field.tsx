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

export const PasswordField = ({ visit, name, label, error, isNew }: PasswordProps) => (
  <Field
    name={name}
    label={label}
    value=""
    type="password"
    error={error}
    hint={isNew ? m.password_hint({ count: PASSWORD_CHARACTERS_MIN }, visit.say) : undefined}
    autocomplete={isNew ? "new-password" : "current-password"}
    isRequired
  />
);
