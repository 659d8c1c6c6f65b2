import { endSession } from "../../../capabilities/selling/accounts/actions/sessions.ts";
import { readAccount, signIn } from "../../../capabilities/selling/accounts/actions.ts";
import { signIn as line } from "../../../capabilities/selling/accounts/contract.ts";
import { sendsMail } from "../../../capabilities/selling/mail/actions.ts";
import { formatLength } from "../../format.ts";
import { browserName, deviceOf, forgetSession, keepSession } from "../../keep-session.ts";
import { m } from "../../messages/compiled/messages.js";
import { AccountDoor } from "../../parts/account-door.tsx";
import { Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { PasskeyDoor } from "../../parts/passkeys.tsx";
import { PasswordField } from "../../parts/password-field.tsx";
import { readForm } from "../../read-form.ts";
import { show } from "../../show.tsx";
import { type Page, standAt } from "../../visit.ts";
import { nextPath } from "./enter.ts";

interface Answer {
  email: string;
  next: string;
  /** What is wrong, or what to do. */
  words?: string | undefined;
  isGood?: boolean;
  status: 200 | 422 | 429;
}

/** `GET /account/sign-in?next=` */
export async function signInPage(c: Page): Promise<Response> {
  const next = nextPath(c.req.query("next"));
  if ((await readAccount(c.var.ctx)).ok) return c.redirect(next, 303);
  const { say } = c.var.visit;
  if (c.req.query("problem") !== undefined)
    return showSignIn(c, { email: "", next, words: m.passkey_unknown({}, say), status: 200 });
  const words = c.req.query("reset") === undefined ? undefined : m.reset_done({}, say);
  return showSignIn(c, { email: "", next, words, isGood: true, status: 200 });
}

/** `POST /account/sign-in`: answers alike for a wrong password and for an address that nobody has. */
export async function signInFromForm(c: Page): Promise<Response> {
  const form = await readForm(c);
  const [email, next] = [form.get("email") ?? "", nextPath(form.get("next"))];
  const { say, locale } = c.var.visit;
  standAt(c, "/account/sign-in", { next });
  const wish = readWish(c, { email, password: form.get("password") });
  if (!wish) return showSignIn(c, { email, next, words: m.sign_in_wrong({}, say), status: 422 });
  const signedIn = await signIn(c.var.ctx, wish);
  if (signedIn.ok) {
    keepSession(c, signedIn.value);
    return c.redirect(next, 303);
  }
  if (signedIn.code === "wrong_credentials")
    return showSignIn(c, { email, next, words: m.sign_in_wrong({}, say), status: 422 });
  const length = formatLength(signedIn.retryAfterSeconds ?? 1, locale);
  return showSignIn(c, { email, next, words: m.sign_in_wait({ length }, say), status: 429 });
}

/** The form as the operation takes it, with what the browser knows; undefined for what can be nobody's. */
const readWish = (c: Page, given: { email: string; password: string | undefined }) =>
  line.body?.safeParse({
    ...given,
    cart_id: c.var.visit.cartId,
    device_name: browserName(c.req.header("user-agent")),
    device_token: deviceOf(c)?.slice(0, 200),
  }).data;

/** `POST /account/sign-out` */
export async function signOutFromForm(c: Page): Promise<Response> {
  await endSession(c.var.ctx, { id: "current" });
  forgetSession(c);
  return c.redirect("/", 303);
}

function showSignIn(c: Page, { email, next, words, isGood, status }: Answer): Promise<Response> {
  const { visit } = c.var;
  const { say } = visit;
  return show(
    c,
    { title: m.sign_in({}, say), isPrivate: true, sheets: ["account"], islands: ["passkeys"] },
    <AccountDoor visit={visit} title={m.sign_in({}, say)} text={m.sign_in_text({ shop: visit.ctx.tenant.name }, say)}>
      {words && (
        <Notice kind={isGood ? "good" : "bad"} isAnswer>
          <p>{words}</p>
        </Notice>
      )}
      <form method="post" action="/account/sign-in" class="door-form">
        <input type="hidden" name="next" value={next} />
        <Field
          name="email"
          label={m.field_email({}, say)}
          value={email}
          type="email"
          autocomplete="username webauthn"
          isRequired
          lengthMax={254}
        />
        <PasswordField visit={visit} name="password" label={m.password({}, say)} />
        <button class="button button-wide" type="submit">
          {m.sign_in({}, say)}
        </button>
      </form>
      {sendsMail(c.env) && (
        <p>
          <a href="/account/forgotten">{m.forgotten({}, say)}</a>
        </p>
      )}
      <PasskeyDoor visit={visit} next={next} />
      <p class="door-other">
        {m.no_account_yet({}, say)}{" "}
        <a href={`/account/register?next=${encodeURIComponent(next)}`}>{m.register({}, say)}</a>
      </p>
    </AccountDoor>,
    status,
  );
}
