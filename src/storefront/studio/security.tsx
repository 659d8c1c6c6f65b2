import { listSessions } from "../../capabilities/money/staff/actions/find-session.ts";
import { endOwnSessions, endSession } from "../../capabilities/money/staff/actions/keep-sessions.ts";
import {
  recoveryCodesLeft,
  renewRecoveryCodes,
  turnOffSecondFactor,
} from "../../capabilities/money/staff/actions/second-factor.ts";
import { changePassword, guardCode } from "../../capabilities/money/staff/actions/sign-in.ts";
import { needsSecondFactor } from "../../capabilities/money/staff/contract.ts";
import { formatTime } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import { Field } from "../parts/field.tsx";
import { Notice } from "../parts/notice.tsx";
import { type Form, readForm } from "../read-form.ts";
import type { Page, Visit } from "../visit.ts";
import { forgetToken, memberOf, type SignedInMember } from "./door.ts";
import { showStudio } from "./frame.tsx";
import { showRecoveryCodes } from "./second-factor.tsx";
import { CodeField, Problem } from "./sign-in.tsx";

const HERE = "/studio/security";

/** `GET /studio/security`: a member's own second factor, password and sessions. */
export async function securityPage(c: Page): Promise<Response> {
  const member = memberOf(c);
  if (!member) return c.redirect("/studio/sign-in", 303);
  const { ctx, say, url } = c.var.visit;
  const [sessions, left] = await Promise.all([
    listSessions(ctx, member.memberId),
    recoveryCodesLeft(ctx, member.memberId),
  ]);
  return showStudio(
    c,
    m.staff_security({}, say),
    <div class="wrap page">
      <p class="eyebrow">{member.email}</p>
      <h1>{m.staff_security({}, say)}</h1>
      <Problem code={url.searchParams.get("problem") ?? undefined} say={say} />
      {url.searchParams.has("done") && (
        <Notice kind="good" isAnswer>
          <p>{m.staff_done({}, say)}</p>
        </Notice>
      )}
      <div class="staff-cards">
        <SecondFactor member={member} left={left} say={say} />
        <Password say={say} />
        <Sessions sessions={sessions} own={member.id} visit={c.var.visit} />
      </div>
    </div>,
  );
}

/** `POST /studio/security`: `do` names which of its forms was sent. */
export async function securityFromForm(c: Page): Promise<Response> {
  const member = memberOf(c);
  if (!member) return c.redirect("/studio/sign-in", 303);
  const form = await readForm(c);
  switch (form.get("do")) {
    case "password":
      return backAfter(c, await typeNewPassword(c, member, form));
    case "codes":
      return withCode(c, member, form, async () =>
        showRecoveryCodes(c, await renewRecoveryCodes(c.var.ctx, member.memberId), HERE),
      );
    case "off":
      return withCode(c, member, form, async () => {
        await turnOffSecondFactor(c.var.ctx, member);
        return backAfter(c, undefined);
      });
    case "end":
      await endSession(c.var.ctx, member.memberId, form.get("session") ?? "");
      return backAfter(c, undefined);
    case "everywhere":
      await endOwnSessions(c.var.ctx, member.memberId);
      forgetToken(c);
      return c.redirect("/studio/sign-in", 303);
    default:
      return c.redirect(HERE, 303);
  }
}

const backAfter = (c: Page, problem: string | undefined): Response =>
  c.redirect(problem === undefined ? `${HERE}?done` : `${HERE}?problem=${problem}`, 303);

/** What is wrong, or nothing. */
async function typeNewPassword(c: Page, member: SignedInMember, form: Form): Promise<string | undefined> {
  const typed = { old: form.get("old_password") ?? "", new: form.get("new_password") ?? "" };
  if (typed.old === "" || typed.new === "") return "invalid_request";
  const changed = await changePassword(c.var.ctx, member, typed);
  if (changed.ok) return undefined;
  return changed.code === "weak_password" ? String(changed.facts?.flaw) : changed.code;
}

/** What weakens the door asks for a code first, whoever sits at the browser. */
async function withCode(c: Page, member: SignedInMember, form: Form, act: () => Promise<Response>): Promise<Response> {
  const shown = await guardCode(c.var.ctx, member, (form.get("code") ?? "").slice(0, 40));
  if (shown.ok) return act();
  return backAfter(c, shown.code === "wrong_credentials" ? "wrong_code" : shown.code);
}

function SecondFactor({ member, left, say }: { member: SignedInMember; left: number } & Pick<Visit, "say">) {
  const { hasSecondFactor, role } = member;
  return (
    <section class="staff-card" aria-labelledby="factor">
      <h2 id="factor">{m.staff_factor({}, say)}</h2>
      {hasSecondFactor ? (
        <>
          <p>{m.staff_factor_on({ left }, say)}</p>
          <form class="staff-form" method="post" action={HERE}>
            <CodeField say={say} />
            <div class="staff-row">
              <button class="button button-quiet" type="submit" name="do" value="codes">
                {m.staff_renew_codes({}, say)}
              </button>
              {!needsSecondFactor(role) && (
                <button class="link-button" type="submit" name="do" value="off">
                  {m.staff_turn_off({}, say)}
                </button>
              )}
            </div>
          </form>
        </>
      ) : (
        <>
          <p>{m.staff_factor_missing({}, say)}</p>
          <p>
            <a class="button button-quiet" href={`/studio/second-factor?to=${HERE}`}>
              {m.staff_set_up({}, say)}
            </a>
          </p>
        </>
      )}
    </section>
  );
}

const Password = ({ say }: Pick<Visit, "say">) => (
  <section class="staff-card" aria-labelledby="password">
    <h2 id="password">{m.staff_password({}, say)}</h2>
    <form class="staff-form" method="post" action={HERE}>
      <Field
        name="old_password"
        label={m.staff_old_password({}, say)}
        type="password"
        autocomplete="current-password"
        isRequired
      />
      <Field
        name="new_password"
        label={m.staff_new_password({}, say)}
        hint={m.staff_password_hint({}, say)}
        type="password"
        autocomplete="new-password"
        isRequired
      />
      <div class="staff-row">
        <button class="button button-quiet" type="submit" name="do" value="password">
          {m.staff_change_password({}, say)}
        </button>
      </div>
    </form>
  </section>
);

type Listed = Awaited<ReturnType<typeof listSessions>>;

const Sessions = ({
  sessions,
  own,
  visit: { say, locale, timeZone },
}: {
  sessions: Listed;
  own: string;
  visit: Visit;
}) => (
  <section class="staff-card staff-card-wide" aria-labelledby="sessions">
    <h2 id="sessions">{m.staff_sessions({}, say)}</h2>
    <ul class="staff-list">
      {sessions.map((it) => (
        <li>
          <p>
            <strong>{it.device || m.staff_unknown_device({}, say)}</strong>
            <span>
              {m.staff_last_seen({ time: formatTime(it.last_seen_at, { locale, timeZone }) }, say)}
              {" · "}
              {m.staff_ends({ time: formatTime(it.ends_at, { locale, timeZone }) }, say)}
            </span>
          </p>
          {it.id === own ? (
            <span class="staff-tag">{m.staff_this_browser({}, say)}</span>
          ) : (
            <form method="post" action={HERE}>
              <input type="hidden" name="session" value={it.id} />
              <button class="link-button" type="submit" name="do" value="end">
                {m.staff_end({}, say)}
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
    <form method="post" action={HERE}>
      <button class="button button-quiet" type="submit" name="do" value="everywhere">
        {m.staff_everywhere({}, say)}
      </button>
    </form>
  </section>
);
