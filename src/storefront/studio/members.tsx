import { inviteMember, listInvitations, revokeInvitation } from "../../capabilities/money/staff/actions/invitations.ts";
import {
  changeMember,
  endMemberSessions,
  listMembers,
  resetSecondFactor,
} from "../../capabilities/money/staff/actions.ts";
import * as contract from "../../capabilities/money/staff/contract.ts";
import { sendsMail } from "../../capabilities/selling/mail/actions.ts";
import type { Result } from "../../platform/result.ts";
import { m } from "../messages/compiled/messages.js";
import { Notice } from "../parts/notice.tsx";
import { type Form, readForm } from "../read-form.ts";
import type { Page } from "../visit.ts";
import { mayDo } from "./door.ts";
import { showForbidden } from "./forbidden.tsx";
import { showStudio } from "./frame.tsx";
import { InvitationList, InviteForm, MemberList } from "./member-list.tsx";
import { Problem } from "./sign-in.tsx";

const HERE = "/studio/members";
const PAGE = 50;
/** Invitations that are shown; open ones are new ones. */
const INVITATIONS = 25;

/** `GET /studio/members?cursor=` */
export async function membersPage(c: Page): Promise<Response> {
  return showMembers(c, {});
}

/** `POST /studio/members`: `do` names which of its forms was sent. */
export async function membersFromForm(c: Page): Promise<Response> {
  if (!mayDo(c, "staff:write")) return showForbidden(c);
  const form = await readForm(c);
  if (form.get("do") === "invite") return inviteFromForm(c, form);
  const done = await act(c, form);
  return c.redirect(done.ok ? `${HERE}?done` : `${HERE}?problem=${done.code}`, 303);
}

async function act(c: Page, form: Form): Promise<Result<unknown, string>> {
  const { ctx } = c.var;
  const id = form.get("id") ?? "";
  switch (form.get("do")) {
    case "role": {
      const role = contract.roles.find((it) => it === form.get("role"));
      return changeMember(ctx, { id, ...(role && { role }) });
    }
    case "deactivate":
      return changeMember(ctx, { id, active: false });
    case "reactivate":
      return changeMember(ctx, { id, active: true });
    case "sessions":
      return endMemberSessions(ctx, { id });
    case "factor":
      return resetSecondFactor(ctx, { id });
    default:
      return revokeInvitation(ctx, { id });
  }
}

/** The link is in the answer to the form and on no other page. */
async function inviteFromForm(c: Page, form: Form): Promise<Response> {
  const wish = contract.inviteMember.body?.safeParse({
    email: form.get("email"),
    role: form.get("role"),
    locale: c.var.visit.locale,
  });
  if (!wish?.success) return showMembers(c, { code: "invalid_request" });
  const invited = await inviteMember(c.var.ctx, wish.data);
  if (!invited.ok) return showMembers(c, { code: invited.code });
  return showMembers(c, { invited: { email: invited.value.invitation.email, link: invited.value.link } });
}

async function showMembers(
  c: Page,
  { code, invited }: { code?: string; invited?: { email: string; link: string } },
): Promise<Response> {
  if (!mayDo(c, "staff:read")) return showForbidden(c);
  const { ctx, say, url } = c.var.visit;
  const cursor = c.req.query("cursor");
  const [members, invitations] = await Promise.all([
    listMembers(ctx, { limit: PAGE, ...(cursor !== undefined && { cursor }) }),
    listInvitations(ctx, { limit: INVITATIONS }),
  ]);
  if (!members.ok || !invitations.ok) return c.redirect(HERE, 303);
  const mayChange = mayDo(c, "staff:write");
  const { data, next_cursor: next } = members.value;
  const open = invitations.value.data.filter((it) => it.state === "open");
  const content = (
    <div class="wrap page">
      <p class="eyebrow">{m.staff_studio({}, say)}</p>
      <h1>{m.staff_members({}, say)}</h1>
      <Problem code={code ?? url.searchParams.get("problem") ?? undefined} say={say} />
      {url.searchParams.has("done") && (
        <Notice kind="good" isAnswer>
          <p>{m.staff_done({}, say)}</p>
        </Notice>
      )}
      {invited && (
        <Notice kind="good" isAnswer>
          <p class="notice-title">
            {sendsMail(ctx.env)
              ? m.staff_invited({ email: invited.email }, say)
              : m.staff_invited_unsent({ email: invited.email }, say)}
          </p>
          {sendsMail(ctx.env) && <p>{m.staff_invited_link({}, say)}</p>}
          <p>
            <code class="staff-secret">{invited.link}</code>
          </p>
        </Notice>
      )}
      <MemberList members={data} mayChange={mayChange} visit={c.var.visit} />
      {next && (
        <p class="pager">
          <a class="button button-quiet" href={`${HERE}?cursor=${next}`}>
            {m.staff_more({}, say)}
          </a>
        </p>
      )}
      {mayChange && <InviteForm say={say} isMailed={sendsMail(ctx.env)} />}
      <InvitationList invitations={open} mayChange={mayChange} visit={c.var.visit} />
    </div>
  );
  return showStudio(c, m.staff_members({}, say), content, code === undefined ? 200 : 422);
}
