import { fromUUID, getSuffix, typeidUnboxed } from "typeid-js";

/** A new public id such as `prd_01m7...`: a prefix and a UUIDv7, so ids sort by the time they were made (TypeID 0.3). */
export const newId = (prefix: string): string => typeidUnboxed(prefix);

/** What stands behind the prefix of the first id that could be made at `at` (milliseconds since 1970): ids made before sort before. */
export function idsFrom(at: number): string {
  const time = Math.max(0, at).toString(16).padStart(12, "0");
  return getSuffix(fromUUID(`${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`, "id"));
}

/** A stable 32-bit hash of `text` (FNV-1a). It picks shards; it protects nothing. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
