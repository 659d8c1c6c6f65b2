import { HIDDEN } from "../contract.ts";

/** A mail's text without what makes its links open something: of each address the query, where its token stands, is hidden. */
export const hideLinks = (text: string): string => text.replaceAll(/(https?:\/\/[^\s?#]+[?#])\S+/g, `$1${HIDDEN}`);
