import { writeToConsole } from "./console.ts";
import { sendByHttp } from "./http.ts";
import type { SendMail } from "./port.ts";

const PROVIDERS = new Map<string, SendMail>([
  ["", async () => ({ outcome: "unsent" })],
  ["console", writeToConsole],
  ["cloudflare", sendByHttp("cloudflare")],
  ["resend", sendByHttp("resend")],
]);

/** The provider that `MAIL_PROVIDER` names. */
export function providerOf({ MAIL_PROVIDER: name = "" }: Pick<Env, "MAIL_PROVIDER">): SendMail {
  const provider = PROVIDERS.get(name);
  if (!provider) throw new Error(`MAIL_PROVIDER is ${name}; there are ${[...PROVIDERS.keys()].join(", ")}`);
  return provider;
}
