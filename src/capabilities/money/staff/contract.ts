import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";

const PAGE_MAX = 100;
const PAGE = 25;
const CURSOR_CHARACTERS_MAX = 300;
/** RFC 5321, section 4.5.3.1.3, without its angle brackets. */
const EMAIL_CHARACTERS_MAX = 254;
/** Longer ones are no password of ours (platform/identity/password-flaw.ts says so in words). */
const PASSWORD_CHARACTERS_MAX = 1_000;

/** What a member of a shop's staff is there for. */
export const roles = ["owner", "manager", "support", "auditor"] as const;
export type Role = (typeof roles)[number];

/** Whether a role signs in with a second factor only; the others may have one. */
export const needsSecondFactor = (role: Role): boolean => role === "owner" || role === "manager";

const billing = { meter: "staff", rateLimit: 10, quotaScope: "per-tenant", tier: "basic" } as const;
const reading = { who: "staff", scope: "staff:read", billing } as const;
const writing = { who: "staff", scope: "staff:write", billing } as const;

const role = z.enum(roles);
const id = z.string().max(64);
const params = z.object({ id });
const name = z.string().trim().min(1).max(80);
const time = z.string();

export const member = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role,
    second_factor: z.boolean(),
    created_at: time,
    last_seen_at: time.nullable(),
    deactivated_at: time.nullable(),
  })
  .openapi("StaffMember");

export const session = z
  .object({ id: z.string(), device: z.string(), began_at: time, last_seen_at: time, ends_at: time })
  .openapi("StaffSession");

export const invitation = z
  .object({
    id: z.string(),
    email: z.string(),
    role,
    state: z.enum(["open", "accepted", "revoked", "expired"]),
    invited_by: z.string(),
    created_at: time,
    expires_at: time,
    member_id: z.string().nullable(),
  })
  .openapi("StaffInvitation");

export const entry = z
  .object({
    id: z.string(),
    at: time,
    who: z.string(),
    action: z.string(),
    subject: z.string(),
    result: z.enum(["done", "refused"]),
    facts: z.record(z.string(), z.string()),
  })
  .openapi("StaffAuditEntry");

const page = {
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE),
  cursor: z.string().max(CURSOR_CHARACTERS_MAX).optional(),
};
const listOf = <Shape extends z.ZodType>(shape: Shape) => ({
  status: 200 as const,
  shape: z.object({ data: z.array(shape), next_cursor: z.string().nullable() }),
});

export const inviteMember = operation({
  ...writing,
  id: "inviteMember",
  method: "post",
  path: "/staff/invitations",
  summary: "Invite somebody to the shop's staff by mail; the link is in this answer, too, and never again",
  description:
    "Where the platform sends no mail, give the link to whom it is for. It opens once, within 72 hours, and ends earlier invitations of the same " +
    "address. owner: everything. manager: everything but members, API keys and the shop's own settings. support: reads, and moves " +
    "orders. auditor: reads. Nobody gives a role that holds more than they do.",
  body: z.strictObject({
    email: z.email().max(EMAIL_CHARACTERS_MAX),
    role,
    locale: z.enum(["en", "zh-CN"]).optional().describe("The language of the mail; the shop's own when left out."),
  }),
  example: { email: "sam@example.com", role: "support" },
  answer: { status: 201, shape: z.object({ invitation, token: z.string(), link: z.string() }) },
  refusals: { member_exists: 409, scope_exceeded: 403 },
});

export const listInvitations = operation({
  ...reading,
  id: "listInvitations",
  method: "get",
  path: "/staff/invitations",
  summary: "Invitations, newest first, spent ones too",
  query: z.strictObject(page),
  answer: listOf(invitation),
  refusals: { invalid_request: 422 },
});

export const revokeInvitation = operation({
  ...writing,
  id: "revokeInvitation",
  method: "delete",
  path: "/staff/invitations/{id}",
  summary: "Take an open invitation back",
  params,
  answer: { status: 200, shape: invitation },
  refusals: { unknown_invitation: 404, invitation_spent: 409 },
});

export const acceptInvitation = operation({
  id: "acceptInvitation",
  method: "post",
  path: "/staff/invitations/acceptance",
  summary: "Join the staff by an invitation, with a name and a password of your own",
  description: "The password needs 10 characters or more and must not be one that everybody thinks of first.",
  who: "visitor",
  billing,
  body: z.strictObject({
    token: z.string().min(1).max(100),
    name,
    password: z.string().min(1).max(PASSWORD_CHARACTERS_MAX),
  }),
  example: { token: "inv_...", name: "Sam", password: "a long sentence of one's own" },
  answer: { status: 201, shape: member },
  refusals: {
    unknown_invitation: 404,
    invitation_spent: 409,
    member_exists: 409,
    weak_password: 422,
    too_many_attempts: 429,
  },
});

export const listMembers = operation({
  ...reading,
  id: "listMembers",
  method: "get",
  path: "/staff/members",
  summary: "The shop's staff, newest first, deactivated members too",
  query: z.strictObject(page),
  answer: listOf(member),
  refusals: { invalid_request: 422 },
});

export const readMember = operation({
  ...reading,
  id: "readMember",
  method: "get",
  path: "/staff/members/{id}",
  summary: "A member, and where they are signed in",
  params,
  answer: { status: 200, shape: z.object({ member, sessions: z.array(session) }) },
  refusals: { unknown_member: 404 },
});

export const changeMember = operation({
  ...writing,
  id: "changeMember",
  method: "patch",
  path: "/staff/members/{id}",
  summary: "Rename a member, give them another role, deactivate or reactivate them; live within a second",
  description: "The last owner who may sign in stays one. Deactivating ends all sessions of the member.",
  params,
  body: z.strictObject({ name: name.optional(), role: role.optional(), active: z.boolean().optional() }),
  example: { role: "manager" },
  answer: { status: 200, shape: member },
  refusals: { unknown_member: 404, last_owner: 409, scope_exceeded: 403 },
});

export const endMemberSessions = operation({
  ...writing,
  id: "endMemberSessions",
  method: "delete",
  path: "/staff/members/{id}/sessions",
  summary: "Sign a member out everywhere; within a second nothing of theirs is open",
  params,
  answer: { status: 200, shape: member },
  refusals: { unknown_member: 404, scope_exceeded: 403 },
});

export const resetSecondFactor = operation({
  ...writing,
  id: "resetSecondFactor",
  method: "delete",
  path: "/staff/members/{id}/second-factor",
  summary:
    "Take away a lost second factor, sign the member out everywhere; they set up another one at the next sign-in",
  params,
  answer: { status: 200, shape: member },
  refusals: { unknown_member: 404, scope_exceeded: 403 },
});

export const listAudit = operation({
  ...reading,
  id: "listStaffAudit",
  method: "get",
  path: "/staff/audit",
  summary: "Who changed what in the staff and their access, with what result, newest first; kept for 400 days",
  query: z.strictObject({ ...page, subject: id.optional() }),
  answer: listOf(entry),
  refusals: { invalid_request: 422 },
});
