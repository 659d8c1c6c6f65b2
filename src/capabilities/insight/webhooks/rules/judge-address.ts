import ipaddr from "ipaddr.js";

/** Where IANA has given out public IPv6 addresses so far. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");
const V6_IN_BRACKETS = /^\[(.*)\]$/;

/** A host as an IP address, where it is one: as a URL prints it or as DNS answers it. */
export function addressOf(host: string): string | undefined {
  const text = V6_IN_BRACKETS.exec(host)?.[1] ?? host;
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text) ? text : undefined;
}

/**
 * Whether an IP address is a public one: not this machine, a private, carrier's, link's or metadata network, none that leads to
 * such by another way (v4-mapped, 6to4, Teredo, NAT64), and not reserved (IANA special-purpose address registries).
 */
export function isPublicAddress(text: string): boolean {
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST);
}

export const isLoopback = (host: string): boolean => {
  const address = addressOf(host);
  return host === "localhost" || (address !== undefined && ipaddr.parse(address).range() === "loopback");
};
