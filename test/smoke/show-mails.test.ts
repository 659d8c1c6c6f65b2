import { describe, expect, it } from "vitest";
import { mailReader } from "../../scripts/show-mails.mjs";

const mark = "\x1b[31m✘ \x1b[41;31m[\x1b[41;97mERROR\x1b[41;31m]\x1b[0m \x1b[1m";
const mail = `${mark}\x1b[0m\n\n  Mail to ann@example.com: Welcome\n  \n  Open the account\n\n`;
const failure = `${mark}it broke\x1b[0m\n\n  at once\n`;

/** What is shown of a text that comes in pieces of `size`. */
function shown(text: string, { areWanted, size }: { areWanted: boolean; size: number }): string {
  let out = "";
  const read = mailReader(
    (it) => {
      out += it;
    },
    () => areWanted,
  );
  for (let at = 0; at < text.length; at += size) read(text.slice(at, at + size));
  return out;
}

describe("the terminal of npm start", () => {
  it.each([1, 7, 1_000])("shows mails as mails and errors as errors, in pieces of %i", (size) => {
    const text = mail + failure + mail + failure;
    const letter = mail.slice(mail.indexOf("\n") + 1);
    expect(shown(text, { areWanted: true, size })).toBe(letter + failure + letter + failure);
    expect(shown(text, { areWanted: false, size })).toBe(failure + failure);
  });
});
