import { registerAccount } from "../../../capabilities/selling/accounts/actions/register.ts";
import { readAccount } from "../../../capabilities/selling/accounts/actions.ts";
import {
  email as emailShape,
  registerAccount as line,
  NEXT_CHARACTERS_MAX,
} from "../../../capabilities/selling/accounts/contract.ts";
import { sendsMail } from "../../../capabilities/selling/mail/actions.ts";
import { formatLength } from "../../format.ts";
import { m } from "../../messages/compiled/messages.js";
import { AccountDoor } from "../../parts/account-door.tsx";
import { Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { PasswordField } from "../../parts/password-field.tsx";
import { flawWords } from "../../password-words.ts";
import { readForm } from "../../read-form.ts";
import { show } from "../../show.tsx";
import { type Page, standAt } from "../../visit.ts";
import { HOME, nextPath } from "./enter.ts";

interface Answer {
  email: string;
  next: string;
  errors?: { email?: string | undefined; password?: string | undefined };
  words?: string;
  status: 200 | 422 | 429;
}

/** `GET /account/register?next=`; with `?sent`, what to do next. */
export async function registerPage(c: Page): Promise<Response> {
  if (c.req.query("sent") !== undefined) return showSent(c);
  const next = nextPath(c.req.query("next"));
  if ((await readAccount(c.var.ctx)).ok) return c.redirect(next, 303);
  return showRegister(c, { email: "", next, status: 200 });
}

/** `POST /account/register`: answers alike whether the address has an account or not; the mail tells its reader which. */
export async function registerFromForm(c: Page): Promise<Response> {
  const form = await readForm(c);
  const { ctx, visit } = c.var;
  const [email, next] = [form.get("email") ?? "", nextPath(form.get("next"))];
  standAt(c, "/account/register", { next });
  if (!emailShape.safeParse(email).success)
    return showRegister(c, { email, next, errors: { email: m.error_email({}, visit.say) }, status: 422 });
  const account = { email, password: form.get("password"), locale: visit.locale };
  const wish = line.body?.safeParse({ ...account, ...(isWorthKeeping(next) && { next }) }).data;
  if (!wish) return showRegister(c, { email, next, errors: { password: flawWords("too_long", visit) }, status: 422 });
  const registered = await registerAccount(ctx, wish);
  if (!registered.ok && registered.code === "weak_password") {
    const password = flawWords(registered.facts?.reason, visit);
    return showRegister(c, { email, next, errors: { password }, status: 422 });
  }
  if (!registered.ok) {
    const length = formatLength(registered.retryAfterSeconds ?? 1, visit.locale);
    return showRegister(c, { email, next, words: m.sign_in_wait({ length }, visit.say), status: 429 });
  }
  return c.redirect("/account/register?sent", 303);
}

/** Every account begins at its own page; what no mail can carry is left out. */
const isWorthKeeping = (next: string): boolean => next !== HOME && next.length <= NEXT_CHARACTERS_MAX;

function showSent(c: Page): Promise<Response> {
  const { visit } = c.var;
  const { say, ctx } = visit;
  const { MAIL_PROVIDER: provider } = ctx.env;
  return show(
    c,
    { title: m.register_sent({}, say), isPrivate: true, sheets: ["account"] },
    <AccountDoor visit={visit} title={m.register_sent({}, say)} text={m.register_sent_text({}, say)}>
      {provider === "console" && (
        <Notice kind="few">
          <p>
            {m.register_sent_console({}, say)} <a href="/studio/outbox">{m.mail_outbox({}, say)}</a>
          </p>
        </Notice>
      )}
      {!sendsMail(ctx.env) && (
        <Notice kind="few">
          <p>{m.register_sent_nowhere({}, say)}</p>
        </Notice>
      )}
      <p class="field-hint">{m.register_sent_hint({}, say)}</p>
      <p>
        <a class="button button-wide button-quiet" href="/">
          {m.keep_looking({}, say)}
        </a>
      </p>
      <p class="door-other">
        <a href="/account/register">{m.register_again({}, say)}</a>
      </p>
    </AccountDoor>,
  );
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
