import { listPasskeys } from "../../../capabilities/selling/accounts/actions/passkeys.ts";
import { endSession, listSessions } from "../../../capabilities/selling/accounts/actions/sessions.ts";
import { changePassword, deleteAccount } from "../../../capabilities/selling/accounts/actions.ts";
import { PASSKEYS_MAX } from "../../../capabilities/selling/accounts/contract/passkeys.ts";
import {
  type AccountSession,
  changePassword as changeLine,
  deleteAccount as deleteLine,
} from "../../../capabilities/selling/accounts/contract.ts";
import { formatLength, formatTime } from "../../format.ts";
import { forgetSession } from "../../keep-session.ts";
import { m } from "../../messages/compiled/messages.js";
import { AccountFrame } from "../../parts/account-frame.tsx";
import { Notice } from "../../parts/notice.tsx";
import { Passkeys } from "../../parts/passkeys.tsx";
import { PasswordField } from "../../parts/password-field.tsx";
import { flawWords } from "../../password-words.ts";
import { readForm } from "../../read-form.ts";
import { show } from "../../show.tsx";
import type { Page, Visit } from "../../visit.ts";
import { enterAccount } from "./enter.ts";

const SESSIONS_SHOWN = 100;

/** Beside which field which words stand. */
type Errors = { [field in "current_password" | "new_password" | "password"]?: string };
interface Refused {
  code: string;
  facts?: Record<string, unknown>;
  retryAfterSeconds?: number;
}

/** `GET /account/security?done=` */
export const securityPage = (c: Page): Promise<Response> => showSecurity(c, {}, 200);

/** `POST /account/security/password` */
export async function changePasswordFromForm(c: Page): Promise<Response> {
  const form = await readForm(c);
  const { visit } = c.var;
  const given = { current_password: form.get("current_password"), new_password: form.get("new_password") };
  const wish = changeLine.body?.safeParse(given).data;
  if (!wish) return showSecurity(c, { new_password: flawWords("too_short", visit) }, 422);
  const changed = await changePassword(visit.ctx, { ...wish, locale: visit.locale });
  if (changed.ok) return c.redirect("/account/security?done=password", 303);
  if (changed.code === "weak_password")
    return showSecurity(c, { new_password: flawWords(changed.facts?.reason, visit) }, 422);
  return showSecurity(c, { current_password: wordsFor(changed, visit) }, 422);
}

/** `POST /account/security/sessions/:session/end` */
export async function endSessionFromForm(c: Page): Promise<Response> {
  await endSession(c.var.visit.ctx, { id: c.req.param("session") ?? "" });
  return c.redirect("/account/security?done=session", 303);
}

/** `POST /account/security/deletion` */
export async function deleteAccountFromForm(c: Page): Promise<Response> {
  const { visit } = c.var;
  const wish = deleteLine.body?.safeParse({ password: (await readForm(c)).get("password") }).data;
  if (!wish) return showSecurity(c, { password: m.password_wrong({}, visit.say) }, 422);
  const deleted = await deleteAccount(visit.ctx, wish);
  if (!deleted.ok) return showSecurity(c, { password: wordsFor(deleted, visit) }, 422);
  forgetSession(c);
  return c.redirect("/", 303);
}

function wordsFor({ code, retryAfterSeconds }: Refused, { say, locale }: Visit): string {
  if (code !== "too_many_attempts") return m.password_wrong({}, say);
  return m.sign_in_wait({ length: formatLength(retryAfterSeconds ?? 1, locale) }, say);
}

async function showSecurity(c: Page, errors: Errors, status: 200 | 422): Promise<Response> {
  const me = await enterAccount(c);
  if (me instanceof Response) return me;
  const { visit } = c.var;
  const [sessions, passkeys] = await Promise.all([
    listSessions(visit.ctx, { limit: SESSIONS_SHOWN }),
    listPasskeys(visit.ctx, { limit: PASSKEYS_MAX }),
  ]);
  return show(
    c,
    { title: m.account_security({}, visit.say), isPrivate: true, sheets: ["account"], islands: ["passkeys"] },
    <AccountFrame visit={visit} title={m.account_security({}, visit.say)} eyebrow={me.email}>
      <Done visit={visit} what={c.req.query("done")} isWrong={c.req.query("problem") !== undefined} />
      <ChangePassword visit={visit} errors={errors} />
      <Passkeys visit={visit} passkeys={passkeys.ok ? passkeys.value.data : []} />
      <Sessions visit={visit} sessions={sessions.ok ? sessions.value.data : []} />
      <DeleteAccount visit={visit} error={errors.password} />
    </AccountFrame>,
    status,
  );
}

function Done({ visit: { say }, what, isWrong }: { visit: Visit; what: string | undefined; isWrong: boolean }) {
  const words = isWrong ? m.passkey_failed({}, say) : what === undefined ? undefined : doneWords(what, say);
  if (words === undefined) return null;
  return (
    <Notice kind={isWrong ? "bad" : "good"} isAnswer>
      <p>{words}</p>
    </Notice>
  );
}

function doneWords(what: string, say: Visit["say"]): string {
  switch (what) {
    case "password":
      return m.password_changed({}, say);
    case "passkey":
      return m.passkey_added({}, say);
    case "no-passkey":
      return m.passkey_removed({}, say);
    default:
      return m.session_ended({}, say);
  }
}

const ChangePassword = ({ visit, errors }: { visit: Visit; errors: Errors }) => (
  <section class="account-card">
    <h2>{m.password_change({}, visit.say)}</h2>
    <form method="post" action="/account/security/password" class="door-form" novalidate>
      <PasswordField
        visit={visit}
        name="current_password"
        label={m.password_current({}, visit.say)}
        error={errors.current_password}
      />
      <PasswordField
        visit={visit}
        name="new_password"
        label={m.password_new({}, visit.say)}
        error={errors.new_password}
        isNew
      />
      <p class="field-hint">{m.password_change_hint({}, visit.say)}</p>
      <p>
        <button class="button" type="submit">
          {m.password_change({}, visit.say)}
        </button>
      </p>
    </form>
  </section>
);

const Sessions = ({ visit, sessions }: { visit: Visit; sessions: readonly AccountSession[] }) => (
  <section class="account-card">
    <h2>{m.sessions({}, visit.say)}</h2>
    <p class="field-hint">{m.sessions_hint({}, visit.say)}</p>
    <ul class="sessions">
      {sessions.map((it) => (
        <li>
          <span class="session-words">
            <strong>{it.device || m.session_unnamed({}, visit.say)}</strong>
            <span class="field-hint">{m.session_seen({ time: formatTime(it.seen_at, visit) }, visit.say)}</span>
          </span>
          {it.is_current ? (
            <span class="state-tag">{m.session_this({}, visit.say)}</span>
          ) : (
            <form method="post" action={`/account/security/sessions/${it.id}/end`}>
              <button class="link-button" type="submit">
                {m.session_end({}, visit.say)}
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
  </section>
);

const DeleteAccount = ({ visit, error }: { visit: Visit; error: string | undefined }) => (
  <details class="account-card account-leave" open={error !== undefined}>
    <summary>{m.account_delete({}, visit.say)}</summary>
    <p>{m.account_delete_text({}, visit.say)}</p>
    <form method="post" action="/account/security/deletion" class="door-form" novalidate>
      <PasswordField visit={visit} name="password" label={m.password({}, visit.say)} error={error} />
      <p>
        <button class="button button-quiet" type="submit">
          {m.account_delete_now({}, visit.say)}
        </button>
      </p>
    </form>
  </details>
);
