import type { OutgoingMail, SendMail } from "./port.ts";

const ANSWER_MS_MAX = 10_000;
/** Not our mail's fault, or not for long: time-outs, conflicts with a twin in flight, too many, and what is the provider's own. */
const WORTH_ANOTHER_TRY = new Set([401, 403, 404, 408, 409, 425, 429]);

/** How each provider wants to be told whom a mail is from; the rest of the message is the same for both. */
const SENDERS = {
  /** Cloudflare Email Service, `POST /accounts/{account_id}/email/sending/send`. */
  cloudflare: (name: string, address: string) => ({ address, name }),
  /** Resend, `POST /emails`, and those who copy its API. It remembers an Idempotency-Key for 24 hours. */
  resend: (name: string, address: string) => `"${name.replaceAll(/["\\\p{Cc}]/gu, "")}" <${address}>`,
};

/** Sends by the HTTP API at `MAIL_API_URL` with the token `MAIL_API_KEY`. */
export const sendByHttp =
  (provider: keyof typeof SENDERS): SendMail =>
  async (env, mail) => {
    try {
      const answer = await fetch(env.MAIL_API_URL, {
        method: "POST",
        redirect: "manual",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${env.MAIL_API_KEY}`,
          "idempotency-key": mail.id,
        },
        body: JSON.stringify(messageOf(provider, env.MAIL_FROM, mail)),
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      });
      await answer.body?.cancel();
      if (answer.ok) return { outcome: "sent", isReadable: false };
      const isFinal = answer.status >= 400 && answer.status < 500 && !WORTH_ANOTHER_TRY.has(answer.status);
      return { outcome: "failed", reason: `answered ${answer.status}`, isFinal };
    } catch (error) {
      const isSlow = error instanceof Error && error.name === "TimeoutError";
      return { outcome: "failed", reason: isSlow ? "did not answer in time" : "not reached", isFinal: false };
    }
  };

const messageOf = (
  provider: keyof typeof SENDERS,
  address: string,
  { to, fromName, subject, text, html }: OutgoingMail,
) => ({ from: SENDERS[provider](fromName, address), to: [to], subject, text, html });
