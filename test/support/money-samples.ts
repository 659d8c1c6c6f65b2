import type { Sample } from "./samples.ts";
import type { Stall } from "./stall.ts";

/** Samples of keys, staff, usage and invoices (samples.ts). */
export const moneySamples: Record<string, (stall: Stall) => Sample> = {
  issueToken: ({ keyId, keyText }) => ({
    raw: `grant_type=client_credentials&client_id=${keyId}&client_secret=${keyText}`,
    headers: { "content-type": "application/x-www-form-urlencoded" },
  }),
  createKey: () => ({
    body: { name: "Till", mode: "live", plan: "bronze", scopes: ["usage:read"], spend_cap_micros: 1_000_000 },
  }),
  listKeys: ({ keyCursor }) => ({ query: { limit: "1", cursor: keyCursor } }),
  readKey: ({ keyId }) => ({ params: { id: keyId } }),
  changeKey: ({ keyId }) => ({
    params: { id: keyId },
    body: { name: "Till 2", plan: "silver", spend_cap_micros: 2_000_000 },
  }),
  revokeKey: ({ keyId }) => ({ params: { id: keyId } }),
  inviteMember: () => ({ body: { email: "new@example.com", role: "support", locale: "en" } }),
  listInvitations: ({ invitationCursor }) => ({ query: { limit: "1", cursor: invitationCursor } }),
  revokeInvitation: ({ invitationId }) => ({ params: { id: invitationId } }),
  acceptInvitation: ({ invitationToken }) => ({
    body: { token: invitationToken, name: "New", password: "seven slow lanterns" },
  }),
  askStaffPasswordReset: () => ({ body: { email: "new@example.com", locale: "en" } }),
  resetStaffPassword: ({ staffResetToken }) => ({
    body: { token: staffResetToken, password: "eight slow lanterns", locale: "en" },
  }),
  listMembers: ({ memberCursor }) => ({ query: { limit: "1", cursor: memberCursor } }),
  readMember: ({ memberId }) => ({ params: { id: memberId } }),
  changeMember: ({ memberId }) => ({
    params: { id: memberId },
    body: { name: "Sam", role: "auditor", active: true },
  }),
  endMemberSessions: ({ memberId }) => ({ params: { id: memberId } }),
  resetSecondFactor: ({ memberId }) => ({ params: { id: memberId } }),
  listStaffAudit: ({ auditCursor }) => ({ query: { limit: "1", cursor: auditCursor } }),
  readUsage: () => ({
    query: { from: "2026-11-01T00:00:00Z", until: "2026-12-01T00:00:00Z", client: "key_x", limit: "10" },
  }),
  readPriceList: () => ({}),
  listInvoices: ({ invoiceCursor }) => ({ query: { limit: "1", cursor: invoiceCursor } }),
  readInvoice: ({ invoiceId }) => ({ params: { id: invoiceId } }),
  readInvoiceCsv: ({ invoiceId }) => ({ params: { id: invoiceId } }),
  readInvoicePdf: ({ invoiceId }) => ({ params: { id: invoiceId } }),
  replayInvoice: ({ invoiceId }) => ({ params: { id: invoiceId } }),
};
