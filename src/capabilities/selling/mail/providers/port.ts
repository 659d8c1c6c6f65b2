/** One mail as it goes out. */
export interface OutgoingMail {
  /** The same for every attempt at this mail. */
  id: string;
  to: string;
  /** Whom it is from, in words: the shop. */
  fromName: string;
  subject: string;
  text: string;
  html: string;
}

/**
 * What became of an attempt. `sent`: the provider has it; `readable` where its text may be read afterwards. `unsent`: nobody sends.
 * `failed`: worth another attempt unless it is final.
 */
export type Sending =
  | { outcome: "sent"; isReadable: boolean }
  | { outcome: "unsent" }
  | { outcome: "failed"; reason: string; isFinal: boolean };

/** Sends one mail. An attempt whose answer was lost may be made again, with the same id. */
export type SendMail = (env: Env, mail: OutgoingMail) => Promise<Sending>;
