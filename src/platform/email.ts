/** RFC 5321, 4.5.3.1: the local part, and a forward path without its brackets. */
const LOCAL_CHARACTERS_MAX = 64;
const ADDRESS_CHARACTERS_MAX = 254;

const LOCAL = /^[^\s@"(),:;<>[\]\\\p{Cc}]+$/u;
const HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

/**
 * The one form of an e-mail address by which an account is found: in lower case, the domain in ASCII (`Ann@Münchén.example` is
 * `ann@xn--mnchn-0ra4b.example`), so that one mailbox is one account. Undefined for what is no address. Quoted local parts and
 * addresses without a dot in the domain are refused.
 */
export function emailKey(text: string): string | undefined {
  const address = text.trim().normalize("NFC");
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at).toLowerCase();
  if (at < 1 || local.length > LOCAL_CHARACTERS_MAX || !LOCAL.test(local) || /^\.|\.\.|\.$/.test(local))
    return undefined;
  const domain = address.slice(at + 1);
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return undefined;
  const host = URL.parse(`http://${domain}`)?.hostname ?? "";
  const key = `${local}@${host}`;
  return HOST.test(host) && /[a-z-]/.test(host.split(".").at(-1) ?? "") && key.length <= ADDRESS_CHARACTERS_MAX
    ? key
    : undefined;
}
