import { acceptInvitation, openInvitation } from "../../capabilities/money/staff/actions/invitations.ts";
import * as contract from "../../capabilities/money/staff/contract.ts";
import { m } from "../messages/compiled/messages.js";
import { Field } from "../parts/field.tsx";
import { Notice } from "../parts/notice.tsx";
import { readForm } from "../read-form.ts";
import { type Page, standAt } from "../visit.ts";
import { showStudio } from "./frame.tsx";
import { Problem } from "./sign-in.tsx";
import { refusalWords, roleName, roleText } from "./words.ts";

/** `GET /studio/join?token=`: the link of an invitation. */
export async function joinPage(c: Page): Promise<Response> {
  return showJoin(c, { token: c.req.query("token") ?? "", name: "" });
}

/** `POST /studio/join`: a name and a password make the member, who then signs in. */
export async function joinFromForm(c: Page): Promise<Response> {
  const form = await readForm(c);
  const [token, name] = [form.get("token") ?? "", form.get("name") ?? ""];
  standAt(c, "/studio/join", { token });
  const wish = contract.acceptInvitation.body?.safeParse({ token, name, password: form.get("password") });
  if (!wish?.success) return showJoin(c, { token, name, code: "invalid_request" });
  const joined = await acceptInvitation(c.var.ctx, wish.data);
  if (joined.ok) return showJoined(c, joined.value.email);
  const { code, facts } = joined;
  return showJoin(c, { token, name, code: code === "weak_password" ? String(facts?.flaw) : code });
}

async function showJoin(
  c: Page,
  { token, name, code }: { token: string; name: string; code?: string },
): Promise<Response> {
  const { ctx, say } = c.var.visit;
  const opened = await openInvitation(ctx, token);
  if (!opened.ok) return showSpent(c, opened.code);
  const { email, role } = opened.value;
  const title = m.staff_join_title({ shop: ctx.tenant.name }, say);
  const content = (
    <div class="wrap page staff-door">
      <p class="eyebrow">{m.staff_studio({}, say)}</p>
      <h1>{title}</h1>
      <Problem code={code} say={say} />
      <p class="staff-lead">
        {m.staff_join_text({ role: roleName(role, say) }, say)} {roleText(role, say)}
      </p>
      <form class="staff-form" method="post" action="/studio/join">
        <input type="hidden" name="token" value={token} />
        <div class="field">
          <label for="email">{m.staff_email({}, say)}</label>
          <input id="email" type="email" value={email} readonly autocomplete="username" />
        </div>
        <Field name="name" label={m.staff_name({}, say)} value={name} autocomplete="name" lengthMax={80} isRequired />
        <Field
          name="password"
          label={m.staff_password({}, say)}
          hint={m.staff_password_hint({}, say)}
          type="password"
          autocomplete="new-password"
          isRequired
        />
        <button class="button" type="submit">
          {m.staff_join({}, say)}
        </button>
      </form>
    </div>
  );
  return showStudio(c, title, content, code === undefined ? 200 : code === "too_many_attempts" ? 429 : 422);
}

function showSpent(c: Page, code: string): Promise<Response> {
  const { say } = c.var.visit;
  const content = (
    <div class="wrap page staff-door">
      <p class="eyebrow">{m.staff_studio({}, say)}</p>
      <h1>{m.staff_invitation({}, say)}</h1>
      <Notice kind="few">
        <p>{refusalWords(code, say)}</p>
      </Notice>
      <p>
        <a href="/studio/sign-in">{m.staff_sign_in({}, say)}</a>
      </p>
    </div>
  );
  return showStudio(c, m.staff_invitation({}, say), content, 404);
}

function showJoined(c: Page, email: string): Promise<Response> {
  const { say } = c.var.visit;
  const content = (
    <div class="wrap page staff-door">
      <p class="eyebrow">{m.staff_studio({}, say)}</p>
      <h1>{m.staff_joined({}, say)}</h1>
      <p class="staff-lead">{m.staff_joined_text({ email }, say)}</p>
      <p>
        <a class="button" href="/studio/sign-in">
          {m.staff_sign_in({}, say)}
        </a>
      </p>
    </div>
  );
  return showStudio(c, m.staff_joined({}, say), content);
}
