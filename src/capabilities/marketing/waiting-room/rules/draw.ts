import { hmacHex, sha256Hex } from "../../../../platform/signatures.ts";

/** What is published before the start: the SHA-256 of the seed's 64 hexadecimal characters, in hexadecimal. */
export const commitmentOf = (seed: string): string => sha256Hex(seed);

/**
 * An entrant's lot: HMAC-SHA256 of the entry id under the seed (its 64 characters are the key), in hexadecimal. Those who entered
 * before the start stand in the order of their lots, so whoever has the seed and the ids can draw again.
 */
export const lotOf = (seed: string, entryId: string): string => hmacHex(seed, entryId);

/** The whole draw: entry ids in the order in which they are let in. */
export const drawOrder = (seed: string, entryIds: readonly string[]): string[] =>
  entryIds
    .map((id) => ({ id, lot: lotOf(seed, id) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : a.lot > b.lot ? 1 : 0))
    .map((it) => it.id);
