/** One cookie of a `Cookie` header, as it was sent. */
export function cookieNamed(cookies: string, name: string): string | undefined {
  if (cookies === "") return undefined;
  for (const part of cookies.split(";")) {
    const at = part.indexOf("=");
    if (part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}
