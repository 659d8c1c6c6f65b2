import type { SendMail } from "./port.ts";

/** For one machine: the mail is written to the console, links and all, and stays readable in the outbox. `npm start` shows errors alone, and mails by their first, empty line (scripts/show-mails.mjs). */
export const writeToConsole: SendMail = async (_env, { to, subject, text }) => {
  // biome-ignore lint/suspicious/noConsole: a mail is text for a person, not a line of the log.
  console.error(`\nMail to ${to}: ${subject}\n\n${text}`);
  return { outcome: "sent", isReadable: true };
};
