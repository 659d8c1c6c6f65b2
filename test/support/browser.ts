import { newAddress } from "./accounts.ts";
import { page } from "./api.ts";

const origin = "http://demo.localhost";

/** A browser: keeps cookies and sends forms as the shop's own page does. */
export function newBrowser() {
  const kept = new Map<string, string>();
  const address = newAddress();
  const ask = async (method: string, path: string, fields?: Record<string, string>) => {
    const raw = fields && new URLSearchParams(fields).toString();
    const cookie = [...kept].map(([name, value]) => `${name}=${value}`).join("; ");
    const sent: Record<string, string> = raw === undefined ? {} : { "content-length": String(raw.length) };
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const headers = { origin, cookie, "cf-connecting-ip": address, ...type, ...sent };
    const answer = await page(method, path, { headers, ...(raw === undefined ? {} : { raw }) });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";", 1)[0] ?? "").split("=", 2);
      if (/max-age=0/i.test(line)) kept.delete(name);
      else kept.set(name, value);
    }
    return answer;
  };
  return {
    kept,
    get: (path: string) => ask("GET", path),
    post: (path: string, fields: Record<string, string> = {}) => ask("POST", path, fields),
  };
}
