/** Reads what wrangler says and writes it on: a mail is called no error, and is left out until mails are wanted. */
export function mailReader(write: (text: string) => void, areWanted: () => boolean): (chunk: string) => void;
