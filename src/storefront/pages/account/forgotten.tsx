import { askPasswordReset } from "../../../capabilities/selling/accounts/actions/reset-password.ts";
import { email as emailShape } from "../../../capabilities/selling/accounts/contract.ts";
import { formatLength } from "../../format.ts";
import { m } from "../../messages/compiled/messages.js";
import { AccountDoor } from "../../parts/account-door.tsx";
import { Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { readForm } from "../../read-form.ts";
import { show } from "../../show.tsx";
import type { Page } from "../../visit.ts";

interface Answer {
  email: string;
  error?: string;
  words?: string;
  isGood?: boolean;
  status: 200 | 422 | 429;
}

/** `GET /account/forgotten?sent` */
export function forgottenPage(c: Page): Promise<Response> {
  const { say } = c.var.visit;
  if (c.req.query("sent") === undefined) return showForgotten(c, { email: "", status: 200 });
  return showForgotten(c, { email: "", words: m.forgotten_sent({}, say), isGood: true, status: 200 });
}

/** `POST /account/forgotten`: answers alike whether the address has an account or not. */
export async function forgottenFromForm(c: Page): Promise<Response> {
  const email = (await readForm(c)).get("email") ?? "";
  const { ctx, say, locale } = c.var.visit;
  if (!emailShape.safeParse(email).success)
    return showForgotten(c, { email, error: m.error_email({}, say), status: 422 });
  const asked = await askPasswordReset(ctx, { email, locale });
  if (asked.ok) return c.redirect("/account/forgotten?sent", 303);
  const length = formatLength(asked.retryAfterSeconds ?? 1, locale);
  return showForgotten(c, { email, words: m.asked_too_often({ length }, say), status: 429 });
}

function showForgotten(c: Page, { email, error, words, isGood, status }: Answer): Promise<Response> {
  const { visit } = c.var;
  const { say } = visit;
  return show(
    c,
    { title: m.forgotten({}, say), isPrivate: true, sheets: ["account"] },
    <AccountDoor visit={visit} title={m.forgotten({}, say)} text={m.forgotten_text({}, say)}>
      {words && (
        <Notice kind={isGood ? "good" : "bad"} isAnswer>
          <p>{words}</p>
        </Notice>
      )}
      <form method="post" action="/account/forgotten" class="door-form" novalidate>
        <Field
          name="email"
          label={m.field_email({}, say)}
          value={email}
          error={error ?? ""}
          type="email"
          autocomplete="username"
          isRequired
          lengthMax={254}
        />
        <button class={`button button-wide${isGood ? " button-quiet" : ""}`} type="submit">
          {isGood ? m.forgotten_send_again({}, say) : m.forgotten_send({}, say)}
        </button>
      </form>
      <p class="door-other">
        <a href="/account/sign-in">{m.sign_in({}, say)}</a>
      </p>
    </AccountDoor>,
    status,
  );
}
