import { typeidUnboxed } from "typeid-js";

/** A new public id such as `prd_01m7...`: a prefix and a UUIDv7, so ids sort by the time they were made (TypeID 0.3). */
export const newId = (prefix: string): string => typeidUnboxed(prefix);

/** A stable 32-bit hash of `text` (FNV-1a). It picks shards; it protects nothing. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
