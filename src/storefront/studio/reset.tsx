import {
  askStaffReset,
  memberOfLink,
  resetStaffPassword,
} from "../../capabilities/money/staff/actions/reset-password.ts";
import * as contract from "../../capabilities/money/staff/contract/password-resets.ts";
import { m } from "../messages/compiled/messages.js";
import { Field } from "../parts/field.tsx";
import { Notice } from "../parts/notice.tsx";
import { readForm } from "../read-form.ts";
import { type Page, standAt } from "../visit.ts";
import { keepDevice } from "./door.ts";
import { showStudio } from "./frame.tsx";
import { Problem } from "./sign-in.tsx";

/** `GET /studio/forgotten?sent` */
export const forgottenPage = (c: Page): Promise<Response> =>
  showForgotten(c, { email: "", isSent: c.req.query("sent") !== undefined });

/** `POST /studio/forgotten`: answers alike whether the address is a member's or not. */
export async function forgottenFromForm(c: Page): Promise<Response> {
  const email = (await readForm(c)).get("email") ?? "";
  const { ctx, locale } = c.var.visit;
  const wish = contract.askStaffReset.body?.safeParse({ email, locale }).data;
  if (!wish) return showForgotten(c, { email: email.slice(0, 254), code: "invalid_request" });
  const asked = await askStaffReset(ctx, wish);
  return asked.ok ? c.redirect("/studio/forgotten?sent", 303) : showForgotten(c, { email, code: asked.code });
}

/** `GET /studio/reset?token=`: where the mail leads; a look uses nothing up. */
export const resetPage = (c: Page): Promise<Response> => showReset(c, c.req.query("token") ?? "");

/** `POST /studio/reset` */
export async function resetFromForm(c: Page): Promise<Response> {
  const form = await readForm(c);
  const { ctx, locale } = c.var.visit;
  const token = form.get("token") ?? "";
  standAt(c, "/studio/reset", { token });
  const wish = contract.resetStaffPassword.body?.safeParse({ token, password: form.get("password"), locale }).data;
  if (!wish) return showReset(c, token, "too_short");
  const done = await resetStaffPassword(ctx, wish);
  if (!done.ok) return showReset(c, token, done.code === "weak_password" ? String(done.facts?.flaw) : done.code);
  keepDevice(c, done.value.device_token);
  return c.redirect("/studio/sign-in?reset", 303);
}

const statusOf = (code: string | undefined) => (code === undefined ? 200 : code === "too_many_attempts" ? 429 : 422);

function showForgotten(
  c: Page,
  { email, isSent = false, code }: { email: string; isSent?: boolean; code?: string },
): Promise<Response> {
  const { say } = c.var.visit;
  const content = (
    <div class="wrap page staff-door">
      <p class="eyebrow">{m.staff_studio({}, say)}</p>
      <h1>{m.forgotten({}, say)}</h1>
      <Problem code={code} say={say} />
      {isSent ? (
        <Notice kind="good" isAnswer>
          <p>{m.staff_forgotten_sent({}, say)}</p>
        </Notice>
      ) : (
        <p class="staff-lead">{m.staff_forgotten_text({}, say)}</p>
      )}
      <form class="staff-form" method="post" action="/studio/forgotten">
        <Field
          name="email"
          label={m.staff_email({}, say)}
          type="email"
          value={email}
          autocomplete="username"
          isRequired
        />
        <button class={`button${isSent ? " button-quiet" : ""}`} type="submit">
          {isSent ? m.forgotten_send_again({}, say) : m.forgotten_send({}, say)}
        </button>
      </form>
      <p>
        <a href="/studio/sign-in">{m.staff_sign_in({}, say)}</a>
      </p>
    </div>
  );
  return showStudio(c, m.forgotten({}, say), content, statusOf(code));
}

async function showReset(c: Page, token: string, code?: string): Promise<Response> {
  const { ctx, say } = c.var.visit;
  const member = await memberOfLink(ctx, token);
  if (!member) return showSpent(c);
  const content = (
    <div class="wrap page staff-door">
      <p class="eyebrow">{m.staff_studio({}, say)}</p>
      <h1>{m.staff_new_password({}, say)}</h1>
      <Problem code={code} say={say} />
      <form class="staff-form" method="post" action="/studio/reset">
        <input type="hidden" name="token" value={token} />
        <div class="field">
          <label for="email">{m.staff_email({}, say)}</label>
          <input id="email" type="email" value={member.email} readonly autocomplete="username" />
        </div>
        <Field
          name="password"
          label={m.staff_new_password({}, say)}
          hint={m.staff_password_hint({}, say)}
          type="password"
          autocomplete="new-password"
          isRequired
        />
        <button class="button" type="submit">
          {m.staff_change_password({}, say)}
        </button>
      </form>
    </div>
  );
  return showStudio(c, m.staff_new_password({}, say), content, statusOf(code));
}

function showSpent(c: Page): Promise<Response> {
  const { say } = c.var.visit;
  const content = (
    <div class="wrap page staff-door">
      <p class="eyebrow">{m.staff_studio({}, say)}</p>
      <h1>{m.link_spent({}, say)}</h1>
      <p>{m.reset_spent_text({}, say)}</p>
      <p>
        <a class="button" href="/studio/forgotten">
          {m.forgotten_send({}, say)}
        </a>
      </p>
    </div>
  );
  return showStudio(c, m.link_spent({}, say), content, 404);
}
