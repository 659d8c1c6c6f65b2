import { type ClientProblem, clientProblem } from "./read-answer.ts";

/** An API key's id and the key itself, exchanged for tokens that last minutes; `scope` narrows what they may do. */
export interface ClientCredentials {
  clientId: string;
  clientSecret: string;
  /** Scopes divided by blanks. */
  scope?: string;
}

/** A token is renewed this long before its end. */
const MARGIN_MS = 30_000;

type Token = { ok: true; token: string } | { ok: false; problem: ClientProblem };

/** Gives the current token; calls that need a new one at the same moment share one request for it. */
export type TokenSource = (options: { renew: boolean }) => Promise<Token>;

/** OAuth 2 client credentials (RFC 6749, section 4.4) at the shop's own token endpoint. */
export function tokenSource(base: string, credentials: ClientCredentials, send: typeof fetch): TokenSource {
  let current: { token: string; endsAt: number } | undefined;
  let asking: Promise<Token> | undefined;
  const ask = async (): Promise<Token> => {
    const answer = await requestToken(base, credentials, send);
    if (!answer.ok) return answer;
    current = { token: answer.token, endsAt: Date.now() + answer.lastsMs - MARGIN_MS };
    return answer;
  };
  return async ({ renew }) => {
    if (current && !renew && Date.now() < current.endsAt) return { ok: true, token: current.token };
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}

async function requestToken(
  base: string,
  { clientId, clientSecret, scope }: ClientCredentials,
  send: typeof fetch,
): Promise<{ ok: true; token: string; lastsMs: number } | { ok: false; problem: ClientProblem }> {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
    ...(scope !== undefined && { scope }),
  });
  try {
    const answer = await send(`${base}/api/v1/oauth/token`, { method: "POST", body: form });
    const body = JSON.parse(await answer.text());
    if (answer.ok && typeof body?.access_token === "string")
      return { ok: true, token: body.access_token, lastsMs: Number(body.expires_in ?? 0) * 1000 };
    return {
      ok: false,
      problem: clientProblem(
        "no_token",
        answer.status,
        String(body?.error_description ?? body?.detail ?? "No token was given."),
      ),
    };
  } catch (error) {
    return { ok: false, problem: clientProblem("no_token", 0, `The token endpoint did not answer: ${error}`) };
  }
}
