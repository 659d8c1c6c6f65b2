import { addressOf, isLoopback, isPublicAddress } from "./judge-address.ts";

/** Top-level names that no public DNS gives out (RFC 2606, 6761, 6762, 7686, 8375, 9476), and usual names of inner networks. */
const INNER_NAMES = new Set([
  ...["localhost", "local", "internal", "intranet", "private", "corp", "home", "lan", "arpa", "onion", "alt"],
  ...["test", "example", "invalid"],
]);

export interface Place {
  /** The domain that the shops live at: no event comes back to the platform itself. */
  platformDomain: string;
  /** Whether this machine itself may be called, by plain HTTP and at any port: for development. */
  mayLoopBack: boolean;
}

export type UrlFlaw =
  | "malformed_url"
  | "https_required"
  | "credentials_in_url"
  | "forbidden_port"
  | "forbidden_address"
  | "forbidden_host";

/** Whether events may be sent to this URL as far as its text says; a name may still lead to a forbidden address. */
export function judgeUrl(
  text: string,
  place: Place,
): { fits: true; url: URL } | { fits: false; code: UrlFlaw; detail: string } {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return flaw("malformed_url", "It is no https:// URL.");
  if (url.username || url.password) return flaw("credentials_in_url", "A URL with a name or password is not called.");
  const host = url.hostname.replace(/\.$/, "");
  if (place.mayLoopBack && isLoopback(host)) return { fits: true, url };
  const address = addressOf(host);
  if (address !== undefined && !isPublicAddress(address))
    return flaw("forbidden_address", "It leads to an address that is not a public one.");
  if (address === undefined && isInner(host, place.platformDomain))
    return flaw("forbidden_host", "Its host is not a public name on the internet.");
  if (url.protocol !== "https:") return flaw("https_required", "Events are sent by https only.");
  if (url.port !== "") return flaw("forbidden_port", "Events are sent to port 443 only.");
  return { fits: true, url };
}

function isInner(host: string, platformDomain: string): boolean {
  const labels = host.split(".");
  if (labels.length < 2 || labels.includes("") || INNER_NAMES.has(labels.at(-1) ?? "")) return true;
  return host === platformDomain || host.endsWith(`.${platformDomain}`);
}

const flaw = (code: UrlFlaw, detail: string) => ({ fits: false, code, detail }) as const;
