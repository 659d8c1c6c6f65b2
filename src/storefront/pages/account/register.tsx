import { readAccount, registerAccount, signIn } from "../../../capabilities/selling/accounts/actions.ts";
import { email as emailShape } from "../../../capabilities/selling/accounts/contract.ts";
import { formatLength } from "../../format.ts";
import { keepSession } from "../../keep-session.ts";
import { m } from "../../messages/compiled/messages.js";
import { AccountDoor } from "../../parts/account-door.tsx";
import { Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { PasswordField } from "../../parts/password-field.tsx";
import { flawWords } from "../../password-words.ts";
import { readForm } from "../../read-form.ts";
import { show } from "../../show.tsx";
import type { Page } from "../../visit.ts";
import { nextPath } from "./enter.ts";
import { readWish } from "./sign-in.tsx";

interface Answer {
  email: string;
  next: string;
  errors?: { email?: string | undefined; password?: string | undefined };
  words?: string;
  status: 200 | 422 | 429;
}

/** `GET /account/register?next=` */
export async function registerPage(c: Page): Promise<Response> {
  const next = nextPath(c.req.query("next"));
  if ((await readAccount(c.var.ctx)).ok) return c.redirect(next, 303);
  return showRegister(c, { email: "", next, status: 200 });
}

/**
 * `POST /account/register`: registers, then signs in with the same words. For an address that has an account already this is a
 * sign-in, and it counts as a try of one.
 */
export async function registerFromForm(c: Page): Promise<Response> {
  const form = await readForm(c);
  const { ctx, visit } = c.var;
  const [email, next] = [form.get("email") ?? "", nextPath(form.get("next"))];
  if (!emailShape.safeParse(email).success)
    return showRegister(c, { email, next, errors: { email: m.error_email({}, visit.say) }, status: 422 });
  const wish = readWish(c, { email, password: form.get("password") });
  if (!wish) return showRegister(c, { email, next, errors: { password: flawWords("too_long", visit) }, status: 422 });
  const registered = await registerAccount(ctx, { ...wish, locale: visit.locale });
  if (!registered.ok && registered.code === "weak_password") {
    const password = flawWords(registered.facts?.reason, visit);
    return showRegister(c, { email, next, errors: { password }, status: 422 });
  }
  if (!registered.ok) {
    const length = formatLength(registered.retryAfterSeconds ?? 1, visit.locale);
    return showRegister(c, { email, next, words: m.sign_in_wait({ length }, visit.say), status: 429 });
  }
  const signedIn = await signIn(ctx, wish);
  if (!signedIn.ok) return c.redirect(`/account/sign-in?registered&next=${encodeURIComponent(next)}`, 303);
  keepSession(c, signedIn.value);
  return c.redirect(next, 303);
}

function showRegister(c: Page, { email, next, errors, words, status }: Answer): Promise<Response> {
  const { visit } = c.var;
  const { say } = visit;
  return show(
    c,
    { title: m.register({}, say), isPrivate: true, sheets: ["account"] },
    <AccountDoor visit={visit} title={m.register({}, say)} text={m.register_text({}, say)}>
      {words && (
        <Notice kind="bad" isAnswer>
          <p>{words}</p>
        </Notice>
      )}
      <form method="post" action="/account/register" class="door-form" novalidate>
        <input type="hidden" name="next" value={next} />
        <Field
          name="email"
          label={m.field_email({}, say)}
          value={email}
          error={errors?.email}
          type="email"
          autocomplete="username"
          isRequired
          lengthMax={254}
        />
        <PasswordField visit={visit} name="password" label={m.password({}, say)} error={errors?.password} isNew />
        <button class="button button-wide" type="submit">
          {m.register({}, say)}
        </button>
      </form>
      <p class="door-other">
        {m.have_account({}, say)} <a href={`/account/sign-in?next=${encodeURIComponent(next)}`}>{m.sign_in({}, say)}</a>
      </p>
    </AccountDoor>,
    status,
  );
}
