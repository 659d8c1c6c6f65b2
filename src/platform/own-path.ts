/** What a path on a shop's own host looks like: nothing that browsers would read as another host's address. */
export const OWN_PATH = /^\/(?![/\\])[^\s\\\p{Cc}]*$/u;

/** A path on this very host, so that no form can send the shopper elsewhere. */
export const ownPath = (path: string | undefined): string | undefined =>
  path !== undefined && OWN_PATH.test(path) ? path : undefined;
