const KEY = "staff-key";
/** Whether who looks on has signed in: then the browser's cookie says who calls, and no key is needed. */
export const isSignedIn = document.querySelector("[data-studio]")?.hasAttribute("data-signed-in") ?? false;

/** What went wrong, as the API says it: a stable code and words for people. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** The staff key of this tab. It ends with the tab and is sent to this shop's own API only. */
export const staffKey = {
  read: (): string => sessionStorage.getItem(KEY) ?? "",
  keep: (key: string): void => sessionStorage.setItem(KEY, key),
  forget: (): void => sessionStorage.removeItem(KEY),
};

const credentials = (): { authorization?: string } =>
  isSignedIn ? {} : { authorization: `Bearer ${staffKey.read()}` };

/** Calls the shop's API as staff; a refusal is thrown as one, a lost connection as `network`. */
export async function callShop<Answer>(path: string, body?: object, signal?: AbortSignal): Promise<Answer> {
  const headers = { ...credentials(), "content-type": "application/json" };
  const how = body ? { method: "POST", headers, body: JSON.stringify(body), signal } : { headers, signal };
  const answer = await fetch(`/api/v1${path}`, how).catch((error: Error) => {
    throw signal?.aborted ? error : new Refusal("network", error.message);
  });
  const given = await answer.json().catch(() => ({ code: "network", detail: String(answer.status) }));
  if (!answer.ok) throw new Refusal(String(given.code), String(given.detail));
  return given;
}

/** Deletes something of the shop by its path. */
export async function deleteFromShop(path: string): Promise<void> {
  const headers = credentials();
  const answer = await fetch(`/api/v1${path}`, { method: "DELETE", headers }).catch((error: Error) => {
    throw new Refusal("network", error.message);
  });
  if (answer.ok) return;
  const given = await answer.json().catch(() => ({ code: "network", detail: String(answer.status) }));
  throw new Refusal(String(given.code), String(given.detail));
}
