import { listMails, readMail, sendsMail } from "../../capabilities/selling/mail/actions.ts";
import { HIDDEN, type Mail } from "../../capabilities/selling/mail/contract.ts";
import { formatTime } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import { Notice } from "../parts/notice.tsx";
import type { Page, Visit } from "../visit.ts";
import { mayDo } from "./door.ts";
import { showForbidden } from "./forbidden.tsx";
import { showStudio } from "./frame.tsx";

const HERE = "/studio/outbox";
const PAGE = 25;

/** `GET /studio/outbox?cursor=`: what the shop wrote to its shoppers and staff. */
export async function outboxPage(c: Page): Promise<Response> {
  if (!mayDo(c, "mail:read")) return showForbidden(c);
  const { visit } = c.var;
  const { ctx, say } = visit;
  const cursor = c.req.query("cursor");
  const listed = await listMails(ctx, { limit: PAGE, ...(cursor !== undefined && { cursor }) });
  if (!listed.ok) return c.redirect(HERE, 303);
  const { data, next_cursor: next } = listed.value;
  return showStudio(
    c,
    m.mail_outbox({}, say),
    <div class="wrap page">
      <p class="eyebrow">{m.staff_studio({}, say)}</p>
      <h1>{m.mail_outbox({}, say)}</h1>
      <p class="staff-lead">{m.mail_outbox_text({}, say)}</p>
      {!sendsMail(ctx.env) && (
        <Notice kind="few">
          <p>{m.mail_no_provider({}, say)}</p>
        </Notice>
      )}
      {data.length === 0 ? <p>{m.mail_none({}, say)}</p> : <MailList mails={data} visit={visit} />}
      {next && (
        <p class="pager">
          <a class="button button-quiet" href={`${HERE}?cursor=${next}`}>
            {m.mail_older({}, say)}
          </a>
        </p>
      )}
    </div>,
  );
}

const MailList = ({ mails, visit }: { mails: readonly Mail[]; visit: Visit }) => (
  <ul class="staff-list mail-list">
    {mails.map((it) => (
      <li>
        <p>
          <strong>
            <a href={`${HERE}/${it.id}`}>{it.subject}</a>
          </strong>
          <span>{it.to}</span>
        </p>
        <p class="staff-tags">
          <StateTag mail={it} say={visit.say} />
          <span>{formatTime(it.created_at, visit)}</span>
        </p>
      </li>
    ))}
  </ul>
);

const StateTag = ({ mail: { state }, say }: { mail: Mail } & Pick<Visit, "say">) => (
  <span class={`staff-tag${state === "sent" || state === "waiting" ? "" : " staff-tag-bad"}`}>
    {stateWords(state, say)}
  </span>
);

function stateWords(state: Mail["state"], say: Visit["say"]): string {
  switch (state) {
    case "waiting":
      return m.mail_waiting({}, say);
    case "sent":
      return m.mail_sent({}, say);
    case "failed":
      return m.mail_failed({}, say);
    case "unsent":
      return m.mail_unsent({}, say);
  }
}

/** `GET /studio/outbox/:mail` */
export async function mailPage(c: Page): Promise<Response> {
  if (!mayDo(c, "mail:read")) return showForbidden(c);
  const { visit } = c.var;
  const { ctx, say } = visit;
  const found = await readMail(ctx, { id: c.req.param("mail") ?? "" });
  if (!found.ok) return c.redirect(HERE, 303);
  const { mail, text } = found.value;
  return showStudio(
    c,
    mail.subject,
    <div class="wrap page staff-wide">
      <p class="eyebrow">
        <a href={HERE}>{m.mail_outbox({}, say)}</a>
      </p>
      <h1>{mail.subject}</h1>
      <p class="staff-tags">
        <StateTag mail={mail} say={say} />
        <span>{formatTime(mail.created_at, visit)}</span>
        <span>{m.mail_to({ email: mail.to }, say)}</span>
      </p>
      {mail.failure !== null && (
        <Notice kind="bad">
          <p>{m.mail_failure({ count: mail.attempts, reason: mail.failure }, say)}</p>
        </Notice>
      )}
      {text === null ? (
        <p class="staff-aside">{m.mail_text_hidden({}, say)}</p>
      ) : (
        <>
          <div class="staff-card mail-text">
            {text.split("\n").map((line) => (
              <MailLine line={line} />
            ))}
          </div>
          {text.includes(HIDDEN) && <p class="staff-aside mail-aside">{m.mail_links_hidden({}, say)}</p>}
        </>
      )}
    </div>,
  );
}

/** A line of a mail; one that is a whole address leads there. */
const MailLine = ({ line }: { line: string }) => {
  if (line === "") return null;
  return <p>{/^https?:\/\/\S+$/.test(line) && !line.endsWith(HIDDEN) ? <a href={line}>{line}</a> : line}</p>;
};
