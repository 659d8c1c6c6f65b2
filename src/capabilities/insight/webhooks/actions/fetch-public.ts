import { judgeUrl, type UrlFlaw } from "../rules/judge-url.ts";
import { resolveHost } from "./resolve-host.ts";
import { placeOf } from "./send-message.ts";

/** Why an address may not be asked, as far as its text says; undefined where it may. */
export function flawOfUrl(env: Env, url: string): { code: UrlFlaw; detail: string } | undefined {
  const judged = judgeUrl(url, placeOf(env));
  return judged.fits ? undefined : judged;
}

/** The text at a public address, under the same rules by which webhooks are sent. Throws where there is none within its limits. */
export async function fetchPublic(
  env: Env,
  address: string,
  { bytesMax, ms }: { bytesMax: number; ms: number },
): Promise<string> {
  const judged = judgeUrl(address, placeOf(env));
  if (!judged.fits) throw new Error(`may not be asked: ${judged.code}`);
  const signal = AbortSignal.timeout(ms);
  const resolved = await resolveHost(env.WEBHOOKS_RESOLVER, judged.url.hostname, signal);
  if (resolved !== "public") throw new Error(`may not be asked: ${resolved}`);
  const answer = await fetch(judged.url, { redirect: "manual", headers: { accept: "application/json" }, signal });
  if (answer.status !== 200) throw new Error(`answered ${answer.status}`);
  let text = "";
  const decoder = new TextDecoder();
  for await (const part of answer.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > bytesMax) throw new Error(`is longer than ${bytesMax} bytes`);
  }
  return text;
}
