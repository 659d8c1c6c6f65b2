import { accountOfLink } from "../../../capabilities/selling/accounts/actions/mail-links.ts";
import { resetPassword } from "../../../capabilities/selling/accounts/actions/reset-password.ts";
import { resetPassword as line } from "../../../capabilities/selling/accounts/contract/mail-links.ts";
import { formatLength } from "../../format.ts";
import { keepDevice } from "../../keep-session.ts";
import { m } from "../../messages/compiled/messages.js";
import { AccountDoor } from "../../parts/account-door.tsx";
import { MailLinkForm } from "../../parts/mail-link-form.tsx";
import { PasswordField } from "../../parts/password-field.tsx";
import { flawWords } from "../../password-words.ts";
import { readForm } from "../../read-form.ts";
import { show } from "../../show.tsx";
import { type Page, standAt } from "../../visit.ts";

/** `GET /account/reset?token=`: where the mail leads. Looking uses nothing up, for mail programs look too. */
export const resetPage = (c: Page): Promise<Response> => showReset(c, c.req.query("token") ?? "", {});

/** `POST /account/reset`: sets the password; who did so signs in with it. */
export async function resetFromForm(c: Page): Promise<Response> {
  const form = await readForm(c);
  const { visit } = c.var;
  const token = form.get("token") ?? "";
  standAt(c, "/account/reset", { token });
  const wish = line.body?.safeParse({ token, password: form.get("password"), locale: visit.locale }).data;
  if (!wish) return showReset(c, token, { error: flawWords("too_short", visit) });
  const done = await resetPassword(visit.ctx, wish);
  if (done.ok) {
    keepDevice(c, done.value.device_token);
    return c.redirect("/account/sign-in?reset", 303);
  }
  if (done.code === "weak_password") return showReset(c, token, { error: flawWords(done.facts?.reason, visit) });
  if (done.code === "unknown_token") return showReset(c, token, {});
  const length = formatLength(done.retryAfterSeconds ?? 1, visit.locale);
  return showReset(c, token, { words: m.asked_too_often({ length }, visit.say) });
}

async function showReset(
  c: Page,
  token: string,
  { error, words }: { error?: string; words?: string },
): Promise<Response> {
  const { visit } = c.var;
  const { say, ctx } = visit;
  const account = await accountOfLink(ctx, token);
  if (!account) return showSpent(c);
  return show(
    c,
    { title: m.password_new({}, say), isPrivate: true, sheets: ["account"] },
    <AccountDoor visit={visit} title={m.password_new({}, say)} text={m.password_change_hint({}, say)}>
      <MailLinkForm
        visit={visit}
        action="/account/reset"
        token={token}
        email={account.email}
        refusal={words}
        submit={m.password_change({}, say)}
      >
        <PasswordField visit={visit} name="password" label={m.password_new({}, say)} error={error} isNew />
      </MailLinkForm>
    </AccountDoor>,
    error || words ? 422 : 200,
  );
}

function showSpent(c: Page): Promise<Response> {
  const { visit } = c.var;
  const { say } = visit;
  return show(
    c,
    { title: m.link_spent({}, say), isPrivate: true, sheets: ["account"] },
    <AccountDoor visit={visit} title={m.link_spent({}, say)} text={m.reset_spent_text({}, say)}>
      <p>
        <a class="button button-wide" href="/account/forgotten">
          {m.forgotten_send({}, say)}
        </a>
      </p>
    </AccountDoor>,
    404,
  );
}
