import type { listInvitations } from "../../capabilities/money/staff/actions/invitations.ts";
import type { MemberOnWire } from "../../capabilities/money/staff/actions.ts";
import { type Role, roles } from "../../capabilities/money/staff/contract.ts";
import { formatTime } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import { Field } from "../parts/field.tsx";
import type { Visit } from "../visit.ts";
import { roleName, roleText } from "./words.ts";

const HERE = "/studio/members";

type Say = Visit["say"];
type Invitations = Extract<Awaited<ReturnType<typeof listInvitations>>, { ok: true }>["value"]["data"];

export const MemberList = ({
  members,
  mayChange,
  visit,
}: {
  members: readonly MemberOnWire[];
  mayChange: boolean;
  visit: Visit;
}) => (
  <ul class="staff-list staff-members">
    {members.map((it) => (
      <li class={it.deactivated_at ? "staff-gone" : undefined}>
        <p>
          <strong>{it.name}</strong>
          <span>{it.email}</span>
        </p>
        <p class="staff-tags">
          <span class="staff-tag">{roleName(it.role, visit.say)}</span>
          {it.deactivated_at && <span class="staff-tag staff-tag-bad">{m.staff_deactivated({}, visit.say)}</span>}
          <span>{it.second_factor ? m.staff_has_factor({}, visit.say) : m.staff_has_no_factor({}, visit.say)}</span>
          <span>
            {it.last_seen_at
              ? m.staff_last_seen({ time: formatTime(it.last_seen_at, visit) }, visit.say)
              : m.staff_never_seen({}, visit.say)}
          </span>
        </p>
        {mayChange && <Changes member={it} say={visit.say} />}
      </li>
    ))}
  </ul>
);

const Changes = ({
  member: { id, name, role, second_factor, deactivated_at },
  say,
}: {
  member: MemberOnWire;
  say: Say;
}) => (
  <details class="staff-more">
    <summary>
      {m.staff_change({}, say)} <span class="unseen">{name}</span>
    </summary>
    <form class="staff-row" method="post" action={HERE}>
      <input type="hidden" name="id" value={id} />
      <div class="field">
        <label for={`role-${id}`}>{m.staff_role({}, say)}</label>
        <RoleChoice id={`role-${id}`} chosen={role} say={say} />
      </div>
      <button class="button button-quiet" type="submit" name="do" value="role">
        {m.staff_give_role({}, say)}
      </button>
    </form>
    <form class="staff-row" method="post" action={HERE}>
      <input type="hidden" name="id" value={id} />
      <button class="link-button" type="submit" name="do" value="sessions">
        {m.staff_everywhere({}, say)}
      </button>
      {second_factor && (
        <button class="link-button" type="submit" name="do" value="factor">
          {m.staff_reset_factor({}, say)}
        </button>
      )}
      <button class="link-button" type="submit" name="do" value={deactivated_at ? "reactivate" : "deactivate"}>
        {deactivated_at ? m.staff_reactivate({}, say) : m.staff_deactivate({}, say)}
      </button>
    </form>
  </details>
);

const RoleChoice = ({ id, chosen, say }: { id: string; chosen: Role; say: Say }) => (
  <select id={id} name="role">
    {roles.map((it) => (
      <option value={it} selected={it === chosen}>
        {roleName(it, say)}
      </option>
    ))}
  </select>
);

export const InviteForm = ({ say, isMailed }: { say: Say; isMailed: boolean }) => (
  <section class="staff-card" aria-labelledby="invite">
    <h2 id="invite">{m.staff_invite({}, say)}</h2>
    <form class="staff-form" method="post" action={HERE}>
      <Field name="email" label={m.staff_email({}, say)} type="email" autocomplete="off" isRequired />
      <fieldset class="staff-roles">
        <legend>{m.staff_role({}, say)}</legend>
        {roles.map((it) => (
          <label>
            <input type="radio" name="role" value={it} required checked={it === "support"} />
            <span>
              <strong>{roleName(it, say)}</strong> {roleText(it, say)}
            </span>
          </label>
        ))}
      </fieldset>
      <div class="staff-row">
        <button class="button" type="submit" name="do" value="invite">
          {isMailed ? m.staff_invite_send({}, say) : m.staff_make_link({}, say)}
        </button>
      </div>
      <p class="field-hint">{isMailed ? m.staff_invite_mailed({}, say) : m.staff_invite_hint({}, say)}</p>
    </form>
  </section>
);

export const InvitationList = ({
  invitations,
  mayChange,
  visit: { say, locale, timeZone },
}: {
  invitations: Invitations;
  mayChange: boolean;
  visit: Visit;
}) =>
  invitations.length === 0 ? null : (
    <section class="section" aria-labelledby="invitations">
      <h2 id="invitations">{m.staff_invitations({}, say)}</h2>
      <ul class="staff-list">
        {invitations.map((it) => (
          <li>
            <p>
              <strong>{it.email}</strong>
              <span>
                {roleName(it.role, say)} ·{" "}
                {m.staff_ends({ time: formatTime(it.expires_at, { locale, timeZone }) }, say)}
              </span>
            </p>
            {mayChange && (
              <form method="post" action={HERE}>
                <input type="hidden" name="id" value={it.id} />
                <button class="link-button" type="submit" name="do" value="revoke">
                  {m.staff_revoke({}, say)} <span class="unseen">{it.email}</span>
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
