import { confirmAccount, registrationOf } from "../../../capabilities/selling/accounts/actions/register.ts";
import { readAccount } from "../../../capabilities/selling/accounts/actions.ts";
import { confirmAccount as line } from "../../../capabilities/selling/accounts/contract.ts";
import { formatLength } from "../../format.ts";
import { browserName, keepSession } from "../../keep-session.ts";
import { m } from "../../messages/compiled/messages.js";
import { AccountDoor } from "../../parts/account-door.tsx";
import { MailLinkForm } from "../../parts/mail-link-form.tsx";
import { PasswordField } from "../../parts/password-field.tsx";
import { readForm } from "../../read-form.ts";
import { show } from "../../show.tsx";
import { type Page, standAt } from "../../visit.ts";
import { HOME, nextPath } from "./enter.ts";

/** `GET /account/confirm?token=&next=`: where the mail leads. Looking uses nothing up, for mail programs look too. */
export const confirmPage = (c: Page): Promise<Response> =>
  showConfirm(c, { token: c.req.query("token") ?? "", next: nextPath(c.req.query("next")) });

/** `POST /account/confirm`: opens the account, signs in, and leads to where the shopper was going when they registered. */
export async function confirmFromForm(c: Page): Promise<Response> {
  const form = await readForm(c);
  const { visit } = c.var;
  const { say, ctx, locale } = visit;
  const link = { token: form.get("token") ?? "", next: nextPath(form.get("next")) };
  standAt(c, "/account/confirm", link);
  const wish = line.body?.safeParse({
    token: link.token,
    password: form.get("password"),
    cart_id: visit.cartId,
    device_name: browserName(c.req.header("user-agent")),
  }).data;
  if (!wish) return showConfirm(c, link, { error: m.password_wrong({}, say) });
  const opened = await confirmAccount(ctx, wish);
  if (opened.ok) {
    keepSession(c, opened.value);
    return c.redirect(link.next === HOME ? `${HOME}?done=confirmed` : link.next, 303);
  }
  if (opened.code === "wrong_credentials") return showConfirm(c, link, { error: m.password_wrong({}, say) });
  if (opened.code === "unknown_token") return showConfirm(c, link);
  const length = formatLength(opened.retryAfterSeconds ?? 1, locale);
  return showConfirm(c, link, { words: m.sign_in_wait({ length }, say) });
}

async function showConfirm(
  c: Page,
  { token, next }: { token: string; next: string },
  { error, words }: { error?: string; words?: string } = {},
): Promise<Response> {
  const { visit } = c.var;
  const { say, ctx } = visit;
  const waiting = await registrationOf(ctx, token);
  if (!waiting) return showSpent(c, next);
  return show(
    c,
    { title: m.confirm({}, say), isPrivate: true, sheets: ["account"] },
    <AccountDoor visit={visit} title={m.confirm({}, say)} text={m.confirm_text({}, say)}>
      <MailLinkForm
        visit={visit}
        action="/account/confirm"
        token={token}
        next={next}
        email={waiting.email}
        refusal={words}
        submit={m.confirm_now({}, say)}
      >
        <PasswordField visit={visit} name="password" label={m.password({}, say)} error={error} />
      </MailLinkForm>
      <p class="field-hint">{m.confirm_not_you({}, say)}</p>
    </AccountDoor>,
    error || words ? 422 : 200,
  );
}

/** Who followed the link before is in already. */
async function showSpent(c: Page, next: string): Promise<Response> {
  const { visit } = c.var;
  const { say } = visit;
  if ((await readAccount(visit.ctx)).ok) return c.redirect(next, 303);
  return show(
    c,
    { title: m.link_spent({}, say), isPrivate: true, sheets: ["account"] },
    <AccountDoor visit={visit} title={m.link_spent({}, say)} text={m.confirm_spent_text({}, say)}>
      <p>
        <a class="button button-wide" href={`/account/sign-in?next=${encodeURIComponent(next)}`}>
          {m.sign_in({}, say)}
        </a>
      </p>
      <p class="door-other">
        <a href="/account/register">{m.register({}, say)}</a>
      </p>
    </AccountDoor>,
    404,
  );
}
