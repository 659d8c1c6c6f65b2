import type { Child } from "hono/jsx";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";
import { Field } from "./field.tsx";
import { Notice } from "./notice.tsx";

interface MailLinkFormProps {
  visit: Visit;
  /** Where it is posted, with the token of the link. */
  action: string;
  token: string;
  /** Where to go on from there. */
  next?: string;
  /** Whose link it is. */
  email: string;
  /** Why the last try was refused, where no field is to blame. */
  refusal?: string;
  /** What the button says. */
  submit: string;
  /** The password field. */
  children: Child;
}

/** What somebody who followed a mail's link fills in: for which address it is, and a password. */
export const MailLinkForm = ({
  visit: { say },
  action,
  token,
  next,
  email,
  refusal,
  submit,
  children,
}: MailLinkFormProps) => (
  <>
    {refusal && (
      <Notice kind="bad" isAnswer>
        <p>{refusal}</p>
      </Notice>
    )}
    <form method="post" action={action} class="door-form" novalidate>
      <input type="hidden" name="token" value={token} />
      {next && <input type="hidden" name="next" value={next} />}
      <Field name="email" label={m.field_email({}, say)}>
        <input id="email" type="email" value={email} autocomplete="username" readonly />
      </Field>
      {children}
      <button class="button button-wide" type="submit">
        {submit}
      </button>
    </form>
  </>
);
