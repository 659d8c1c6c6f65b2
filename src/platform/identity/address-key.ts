import ipaddr from "ipaddr.js";

/** The part of an IPv6 address that its user is given; they choose the rest. */
const IPV6_PREFIX_BITS = 64;

/** What callers are counted by: an IPv6 address by its /64. Those whose address nobody told share one count. */
export function addressKey(address: string | undefined): string {
  if (!address || !ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${IPV6_PREFIX_BITS}`).toString();
}
