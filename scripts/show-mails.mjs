/** What wrangler prints before what the Worker says by `console.error`, in whatever colours; here before nothing: a text of lines follows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters.
const EMPTY_ERROR = /^(?:\x1b\[[\d;]*m|\s)*✘(?:\x1b\[[\d;]*m|[\s[\]]|ERROR)*$/;
const OF_THE_TEXT = /^(?: {2}.*|\s*)$/;

/**
 * Reads what wrangler says line by line and hands it to `write`. A mail, which the console's provider begins with an empty line, is no
 * error and is not called one; until `areWanted` mails are left out, since they are those of the start.
 */
export function mailReader(write, areWanted) {
  let [rest, isMail] = ["", false];
  return (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      const begins = EMPTY_ERROR.test(line);
      isMail = begins || (isMail && OF_THE_TEXT.test(line));
      if (!isMail || (areWanted() && !begins)) write(`${line}\n`);
    }
  };
}
