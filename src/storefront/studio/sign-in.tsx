import { endSession } from "../../capabilities/money/staff/actions/keep-sessions.ts";
import { finishSignIn, halfSession, signIn } from "../../capabilities/money/staff/actions/sign-in.ts";
import { sendsMail } from "../../capabilities/selling/mail/actions.ts";
import type { Refused } from "../../platform/result.ts";
import { m } from "../messages/compiled/messages.js";
import { Field } from "../parts/field.tsx";
import { Notice } from "../parts/notice.tsx";
import { readForm } from "../read-form.ts";
import { type Page, standAt, type Visit } from "../visit.ts";
import { browserOf, forgetToken, keepDevice, keepToken, memberOf, tokenOf, wayOn } from "./door.ts";
import { showStudio } from "./frame.tsx";
import { refusalWords } from "./words.ts";

const EMAIL_CHARACTERS_MAX = 254;
const PASSWORD_CHARACTERS_MAX = 1_000;

/** `GET /studio/sign-in?to=` */
export async function signInPage(c: Page): Promise<Response> {
  if (memberOf(c)) return c.redirect(wayOn(c.req.query("to")), 303);
  return showSignIn(c, { to: wayOn(c.req.query("to")), email: "" });
}

/** `POST /studio/sign-in`: the password; what comes next hangs on the member. */
export async function signInFromForm(c: Page): Promise<Response> {
  const form = await readForm(c);
  const [email, password] = [form.get("email") ?? "", form.get("password") ?? ""];
  const to = wayOn(form.get("to"));
  standAt(c, "/studio/sign-in", { to });
  if (
    email === "" ||
    email.length > EMAIL_CHARACTERS_MAX ||
    password === "" ||
    password.length > PASSWORD_CHARACTERS_MAX
  )
    return showSignIn(c, { to, email: email.slice(0, EMAIL_CHARACTERS_MAX), code: "wrong_credentials" });
  const signedIn = await signIn(c.var.ctx, { email, password }, browserOf(c));
  if (!signedIn.ok) return showSignIn(c, { to, email, ...told(c, signedIn) });
  const { token, device, next } = signedIn.value;
  keepToken(c, token);
  keepDevice(c, device);
  if (next === "nothing") return c.redirect(to, 303);
  const step = next === "code" ? "/studio/sign-in/code" : "/studio/second-factor";
  return c.redirect(`${step}?to=${encodeURIComponent(to)}`, 303);
}

/** `GET /studio/sign-in/code?to=`: the second step, for who has just given the password. */
export async function codePage(c: Page): Promise<Response> {
  const half = await halfSession(c.var.ctx, tokenOf(c) ?? "");
  const to = wayOn(c.req.query("to"));
  return half ? showCode(c, { to }) : c.redirect(`/studio/sign-in?to=${encodeURIComponent(to)}`, 303);
}

/** `POST /studio/sign-in/code` */
export async function codeFromForm(c: Page): Promise<Response> {
  const form = await readForm(c);
  const to = wayOn(form.get("to"));
  standAt(c, "/studio/sign-in/code", { to });
  const half = await halfSession(c.var.ctx, tokenOf(c) ?? "");
  if (!half) return c.redirect(`/studio/sign-in?to=${encodeURIComponent(to)}`, 303);
  const finished = await finishSignIn(c.var.ctx, half, (form.get("code") ?? "").slice(0, 40), browserOf(c));
  if (!finished.ok) {
    const { code, seconds } = told(c, finished);
    return showCode(c, { to, seconds, code: code === "wrong_credentials" ? "wrong_code" : code });
  }
  keepToken(c, finished.value.token);
  return c.redirect(to, 303);
}

/** `POST /studio/sign-out`: also from between the two steps of a sign-in, which is over with that. */
export async function signOut(c: Page): Promise<Response> {
  const session = memberOf(c) ?? (await halfSession(c.var.ctx, tokenOf(c) ?? ""));
  if (session) await endSession(c.var.ctx, session.memberId, session.id);
  forgetToken(c);
  return c.redirect("/studio/sign-in", 303);
}

interface Said {
  to: string;
  code?: string | undefined;
  seconds?: number | undefined;
}

/** What a page says of a refusal; who asked too often learns when to come back. */
function told(c: Page, { code, retryAfterSeconds }: Refused): { code: string; seconds: number | undefined } {
  if (retryAfterSeconds !== undefined) c.header("retry-after", String(retryAfterSeconds));
  return { code, seconds: retryAfterSeconds };
}

const statusOf = (code: string | undefined) => (code === undefined ? 200 : code === "too_many_attempts" ? 429 : 422);

function showSignIn(c: Page, said: Said & { email: string }): Promise<Response> {
  const { say } = c.var.visit;
  const content = (
    <div class="wrap page staff-door">
      <p class="eyebrow">{m.staff_studio({}, say)}</p>
      <h1>{m.staff_sign_in({}, say)}</h1>
      <Problem code={said.code} say={say} />
      {c.req.query("reset") !== undefined && (
        <Notice kind="good" isAnswer>
          <p>{m.reset_done({}, say)}</p>
        </Notice>
      )}
      <form class="staff-form" method="post" action="/studio/sign-in">
        <input type="hidden" name="to" value={said.to} />
        <Field
          name="email"
          label={m.staff_email({}, say)}
          type="email"
          value={said.email}
          autocomplete="username"
          isRequired
        />
        <Field
          name="password"
          label={m.staff_password({}, say)}
          type="password"
          autocomplete="current-password"
          isRequired
        />
        <button class="button" type="submit">
          {m.staff_sign_in({}, say)}
        </button>
      </form>
      {sendsMail(c.env) && (
        <p>
          <a href="/studio/forgotten">{m.forgotten({}, say)}</a>
        </p>
      )}
      <p class="staff-aside">{m.staff_sign_in_hint({}, say)}</p>
    </div>
  );
  return showStudio(c, m.staff_sign_in({}, say), content, statusOf(said.code));
}

function showCode(c: Page, said: Said): Promise<Response> {
  const { say } = c.var.visit;
  const content = (
    <div class="wrap page staff-door">
      <p class="eyebrow">{m.staff_studio({}, say)}</p>
      <h1>{m.staff_code_title({}, say)}</h1>
      <Problem code={said.code} say={say} />
      <p>{m.staff_code_text({}, say)}</p>
      <form class="staff-form" method="post" action="/studio/sign-in/code">
        <input type="hidden" name="to" value={said.to} />
        <CodeField say={say} />
        <button class="button" type="submit">
          {m.staff_go_on({}, say)}
        </button>
      </form>
      <details class="staff-more">
        <summary>{m.staff_no_phone({}, say)}</summary>
        <form class="staff-form" method="post" action="/studio/sign-in/code">
          <input type="hidden" name="to" value={said.to} />
          <div class="field">
            <label for="recovery">{m.staff_recovery_code({}, say)}</label>
            <input id="recovery" name="code" autocomplete="off" spellcheck={false} maxlength={40} required />
          </div>
          <button class="button button-quiet" type="submit">
            {m.staff_use_recovery({}, say)}
          </button>
        </form>
      </details>
      <GiveUp say={say} />
    </div>
  );
  return showStudio(c, m.staff_code_title({}, say), content, statusOf(said.code));
}

/** For who does not want to finish a sign-in, or is somebody else. */
export const GiveUp = ({ say }: Pick<Visit, "say">) => (
  <form method="post" action="/studio/sign-out">
    <button class="link-button" type="submit">
      {m.staff_give_up({}, say)}
    </button>
  </form>
);

/** Six digits, which phones offer to fill in. */
export const CodeField = ({ say }: Pick<Visit, "say">) => (
  <div class="field">
    <label for="code">{m.staff_code({}, say)}</label>
    <input
      class="staff-code"
      id="code"
      name="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      pattern="[0-9 ]*"
      maxlength={10}
      required
    />
  </div>
);

/** What went wrong, said aloud. */
export const Problem = ({ code, say }: { code: string | undefined } & Pick<Visit, "say">) =>
  code === undefined ? null : (
    <Notice kind="bad" isAnswer>
      <p>{refusalWords(code, say)}</p>
    </Notice>
  );
