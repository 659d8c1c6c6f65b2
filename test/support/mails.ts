import { expect } from "vitest";
import { api } from "./api.ts";
import { eventually } from "./settled.ts";

interface ReadMail {
  id: string;
  subject: string;
  text: string;
  /** Where its link leads, and the token in that. */
  href: string;
  token: string;
}

/** Every mail of this kind that the shop wrote to somebody so far, newest first. */
export const mailsTo = async (to: string, kind: string, shop = "demo"): Promise<{ id: string; state: string }[]> =>
  (await api("GET", "/mails?limit=100", { shop })).body.data.filter(
    (it: { to: string; kind: string }) => it.to === to && it.kind === kind,
  );

/** Waits for the newest mail of this kind to somebody, as they would read it; `count` is how many there are by then. */
export async function mailTo(to: string, kind: string, { shop = "demo", count = 1 } = {}): Promise<ReadMail> {
  let id = "";
  await eventually(async () => {
    const found = await mailsTo(to, kind, shop);
    expect(found).toHaveLength(count);
    expect(found[0]?.state).toBe("sent");
    id = found[0]?.id ?? "";
  });
  const { body } = await api("GET", `/mails/${id}`, { shop });
  const href = /^https?:\/\/\S+$/m.exec(body.text)?.[0] ?? "";
  const token = new URL(href).searchParams.get("token") ?? "";
  return { id, subject: body.mail.subject, text: body.text, href, token };
}
