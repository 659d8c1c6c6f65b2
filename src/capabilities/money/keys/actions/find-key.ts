import { Memory } from "../../../../platform/memory.ts";
import { sha256Hex } from "../../../../platform/signatures.ts";
import { isKey } from "../rules.ts";
import { type Key, keyByHash } from "../store.ts";

/** A revoked key is refused everywhere within this time (I19). */
export const KEY_LIFE_MS = 1_000;
const KEYS_MAX = 5_000;
/** Keys from before keys had a checksum. */
const OLD_KEY = /^sk_live_[0-9a-f]{40}$/;

/** By the key itself: hashing it and checking its checksum for each call cost more than the rest of the look-up. */
const byText = new Memory<Key | null>(KEY_LIFE_MS, KEYS_MAX);

/** The key that this text is; null when it is mistyped, unknown or revoked. */
export async function keyOf(env: Env, text: string): Promise<Key | null> {
  if (byText.get(text) === undefined && !isKey(text) && !OLD_KEY.test(text)) return null;
  return byText.read(text, () => keyByHash(env, sha256Hex(text)));
}

export type { Key };

export const forgetKeys = (): void => byText.clear();
