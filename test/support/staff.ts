import { expect } from "vitest";
import { codeAt } from "../../src/platform/identity/one-time-codes.ts";
import { type Answer, api, page } from "./api.ts";
import { mailTo } from "./mails.ts";

/** Good enough for every member of the tests. */
export const PASSWORD = "seven slow lanterns";

interface Employed {
  id: string;
  email: string;
}

let hired = 0;

/** A new member of a shop's staff, by an invitation that they accept. */
export async function employMember(
  shop: string,
  role: string,
  { email = `${role}-${++hired}@example.com`, name = role }: { email?: string; name?: string } = {},
): Promise<Employed> {
  const { token } = (await invite(shop, role, email)).body;
  const joined = await join(shop, token, { name });
  expect(joined.status, joined.text).toBe(201);
  return { id: joined.body.id, email };
}

/** An owner, somebody for support and somebody who forgot the password, and two invitations that are open. */
export async function employ(shop: string, secret: string) {
  await employMember(shop, "owner", { name: `Olive ${secret}`, email: `olive.${secret}@example.com` });
  const member = await employMember(shop, "support", { name: `Sam ${secret}`, email: `sam.${secret}@example.com` });
  const [taken, open] = [
    (await invite(shop, "auditor", `a.${secret}@example.com`)).body,
    (await invite(shop, "auditor", `b.${secret}@example.com`)).body,
  ];
  const { email } = await employMember(shop, "auditor", { name: `Fay ${secret}`, email: `fay.${secret}@example.com` });
  await api("POST", "/staff/password-resets", { shop, key: null, body: { email } });
  const { token: staffResetToken } = await mailTo(email, "staff_password_reset", { shop });
  return { memberId: member.id, invitationId: taken.invitation.id, invitationToken: open.token, staffResetToken };
}

export async function invite(shop: string, role: string, email: string): Promise<Answer> {
  const invited = await api("POST", "/staff/invitations", { shop, body: { email, role } });
  expect(invited.status, invited.text).toBe(201);
  return invited;
}

export const join = (shop: string, token: string, { name = "Ann", password = PASSWORD } = {}): Promise<Answer> =>
  api("POST", "/staff/invitations/acceptance", { shop, key: null, body: { token, name, password } });

export interface SignedInBrowser {
  id: string;
  email: string;
  /** The `Cookie` header of the browser. */
  cookie: string;
  /** The secret of the second factor, and the recovery codes, where the member has one. */
  secret: string;
  recoveryCodes: string[];
  /** The code that set the second factor up. */
  code: string;
}

/** A form of the studio, sent by its own page. */
export function postForm(
  shop: string,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const raw = new URLSearchParams(fields).toString();
  return page("POST", path, {
    shop,
    raw,
    headers: {
      origin: `http://${shop}.localhost`,
      "content-type": "application/x-www-form-urlencoded",
      "content-length": String(raw.length),
      ...headers,
    },
  });
}

/** The cookies that an answer sets, as a browser sends them back. */
export const cookiesOf = ({ headers }: Answer): string =>
  headers
    .getSetCookie()
    .map((it) => it.split(";", 1)[0])
    .join("; ");

/** The first step alone: the session that it gives waits for a code. */
export const givePassword = (shop: string, email: string, password = PASSWORD): Promise<Answer> =>
  postForm(shop, "/studio/sign-in", { email, password });

/** Sets up the second factor of a browser that has given the password: the secret is on the page, the codes in the answer. */
export async function enrol(shop: string, cookie: string): Promise<Omit<SignedInBrowser, "id" | "email">> {
  const shown = await page("GET", "/studio/second-factor", { shop, headers: { cookie } });
  const secret = (/staff-secret">([A-Z2-7 ]+)</.exec(shown.text)?.[1] ?? "").replaceAll(" ", "");
  expect(secret, shown.text).toHaveLength(32);
  const code = codeAt(secret, Date.now());
  const done = await postForm(shop, "/studio/second-factor", { code }, { cookie });
  const recoveryCodes = [...done.text.matchAll(/<code>([0-9a-z-]{14})<\/code>/g)].map(([, it = ""]) => it);
  expect([done.status, recoveryCodes.length], done.text).toEqual([200, 10]);
  return { cookie: cookiesOf(done), secret, recoveryCodes, code };
}

/** A new member of this role in a browser of theirs, signed in as far as their role asks. */
export async function signInAs(shop: string, role: string): Promise<SignedInBrowser> {
  const { id, email } = await employMember(shop, role);
  const given = await givePassword(shop, email);
  expect(given.status, given.text).toBe(303);
  const cookie = cookiesOf(given);
  if (!given.headers.get("location")?.startsWith("/studio/second-factor"))
    return { id, email, cookie, secret: "", recoveryCodes: [], code: "" };
  return { id, email, ...(await enrol(shop, cookie)) };
}

/** What a page of the shop's own sends along. */
export const fromOwnPage = (shop: string, cookie: string): Record<string, string> => ({
  cookie,
  origin: `http://${shop}.localhost`,
  "sec-fetch-site": "same-origin",
});
