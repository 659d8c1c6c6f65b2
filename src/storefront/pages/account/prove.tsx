import { accountOfLink } from "../../../capabilities/selling/accounts/actions/mail-links.ts";
import { askEmailProof, proveEmail } from "../../../capabilities/selling/accounts/actions/prove-email.ts";
import type { Account } from "../../../capabilities/selling/accounts/contract.ts";
import { sendsMail } from "../../../capabilities/selling/mail/actions.ts";
import { m } from "../../messages/compiled/messages.js";
import { AccountFrame } from "../../parts/account-frame.tsx";
import { Notice } from "../../parts/notice.tsx";
import { readForm } from "../../read-form.ts";
import { show } from "../../show.tsx";
import type { Page, Visit } from "../../visit.ts";
import { enterAccount } from "./enter.ts";

/** `GET /account/prove?token=`: where the welcome mail leads, by way of the sign-in. */
export async function provePage(c: Page): Promise<Response> {
  const me = await enterAccount(c);
  if (me instanceof Response) return me;
  if (me.email_proven_at !== null) return c.redirect("/account?done=proven", 303);
  const { visit } = c.var;
  const { say } = visit;
  const token = c.req.query("token") ?? "";
  const owner = await accountOfLink(visit.ctx, "proof", token);
  const isMine = owner?.id === me.id;
  return show(
    c,
    { title: m.prove({}, say), isPrivate: true, sheets: ["account"] },
    <AccountFrame visit={visit} title={isMine ? m.prove({}, say) : m.link_spent({}, say)} eyebrow={me.email}>
      <section class="account-card">
        <p>{isMine ? m.prove_text({ email: me.email }, say) : m.prove_spent_text({ email: me.email }, say)}</p>
        <form method="post" action={isMine ? "/account/prove" : "/account/prove/link"}>
          {isMine && <input type="hidden" name="token" value={token} />}
          <button class="button" type="submit">
            {isMine ? m.prove_now({}, say) : m.prove_send({}, say)}
          </button>
        </form>
      </section>
    </AccountFrame>,
    isMine ? 200 : 404,
  );
}

/** `POST /account/prove` */
export async function proveFromForm(c: Page): Promise<Response> {
  const token = (await readForm(c)).get("token") ?? "";
  const proven = await proveEmail(c.var.ctx, { token });
  if (proven.ok) return c.redirect("/account?done=proven", 303);
  return c.redirect(`/account/prove?token=${encodeURIComponent(token)}`, 303);
}

/** `POST /account/prove/link`: sends the link again. */
export async function sendProofFromForm(c: Page): Promise<Response> {
  const { ctx, locale } = c.var.visit;
  const asked = await askEmailProof(ctx, { locale });
  if (!asked.ok && asked.code === "unauthenticated") return c.redirect("/account", 303);
  const what = asked.ok ? "link" : asked.code === "already_proven" ? "proven" : "often";
  return c.redirect(`/account?done=${what}`, 303);
}

/** What the overview says of the address: what was just done, or that it is yet to be proven. */
export function ProofNotice({ visit, account, done }: { visit: Visit; account: Account; done: string | undefined }) {
  const { say } = visit;
  if (done === "proven" && account.email_proven_at !== null)
    return (
      <Notice kind="good" isAnswer>
        <p>{m.prove_done({ email: account.email }, say)}</p>
      </Notice>
    );
  if (account.email_proven_at !== null || !sendsMail(visit.ctx.env)) return null;
  if (done === "link")
    return (
      <Notice kind="good" isAnswer>
        <p>{m.prove_sent({ email: account.email }, say)}</p>
      </Notice>
    );
  return (
    <Notice kind="few" isAnswer={done === "often"}>
      <p>{done === "often" ? m.prove_often({}, say) : m.prove_wanted({ email: account.email }, say)}</p>
      {done !== "often" && (
        <form method="post" action="/account/prove/link">
          <button class="link-button" type="submit">
            {m.prove_send({}, say)}
          </button>
        </form>
      )}
    </Notice>
  );
}
