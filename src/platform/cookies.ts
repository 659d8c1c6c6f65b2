/** `__Host-` binds a cookie to this very host over https; browsers refuse the prefix on plain http (RFC 6265bis, 4.1.3.2). */
const isSecure = (origin: string): boolean => origin.startsWith("https:");

/** What a cookie of ours is called at `origin`. */
export const hostCookie = (name: string, origin: string): string => (isSecure(origin) ? `__Host-${name}` : name);

/** How every cookie of ours is kept: by this host alone, out of reach of scripts and of forms of other sites, for `maxAge` seconds. */
export const cookieTerms = (origin: string, maxAge: number) =>
  ({ path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure(origin), maxAge }) as const;
