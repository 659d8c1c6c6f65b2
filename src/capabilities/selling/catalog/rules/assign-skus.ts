import { hash32 } from "../../../../platform/ids.ts";
import { sku as skuShape } from "../../stock/contract.ts";
import { DEFAULT_VALUE, SKU_COLUMN } from "./cells.ts";
import type { VariantDraft, VariantRow } from "./draft.ts";

const SKU_MAX = 64;
/** Tries at a made-up SKU that nobody has. */
const TRIES = 4;

export const isUsableSku = (sku: string): boolean => skuShape.safeParse(sku).success;

/** The SKU as the merchant wrote it: their own, the unusable or taken one they wanted, or null when they gave none. */
export const givenSku = (variant: Pick<VariantRow, "sku" | "skuGenerated" | "extra">): string | null =>
  variant.skuGenerated ? (variant.extra[SKU_COLUMN] ?? null) : variant.sku;

/** Finds for each draft the variant that it describes: by SKU first, then by option values. */
export function matchVariants(
  stored: readonly VariantRow[],
  drafts: readonly VariantDraft[],
): (VariantRow | undefined)[] {
  const free = new Set(stored);
  const bySku = new Map(stored.map((it) => [it.sku, it]));
  const byOptions = new Map(stored.map((it) => [JSON.stringify(it.options), it]));
  const take = (variant: VariantRow | undefined) => (variant && free.delete(variant) ? variant : undefined);
  const matches = drafts.map((draft) => (draft.sku ? take(bySku.get(draft.sku)) : undefined));
  return matches.map(
    (match, i) => match ?? (drafts[i]?.options ? take(byOptions.get(JSON.stringify(drafts[i].options))) : undefined),
  );
}

export interface SkuWish {
  given: string | null;
  /** The SKU that the variant has already. */
  has?: { sku: string; generated: boolean };
  options: readonly string[];
}

/** Every SKU that `assignSkus` may ask about, so that one query can tell which are taken. */
export const skuCandidates = (handle: string, wishes: readonly SkuWish[]): string[] =>
  wishes.flatMap((wish) => [
    ...(wish.given && isUsableSku(wish.given) ? [wish.given] : []),
    ...madeUpSkus(handle, wish),
  ]);

export interface AssignedSku {
  sku: string;
  generated: boolean;
  /** Why the merchant's own SKU is not used. */
  refusedAs?: "sku_taken" | "invalid_sku";
}

/**
 * Gives each variant a SKU that no other has; undefined where none could be found. A SKU that is unusable or taken costs no
 * variant: it gets a made-up one, and the file keeps the merchant's.
 */
export function assignSkus(
  handle: string,
  wishes: readonly SkuWish[],
  taken: Pick<ReadonlySet<string>, "has">,
): (AssignedSku | undefined)[] {
  const used = new Set<string>();
  const isFree = (sku: string) => !taken.has(sku) && !used.has(sku);
  const assigned = wishes.map((wish): AssignedSku | undefined => {
    const own = wish.given ?? (wish.has && !wish.has.generated ? wish.has.sku : undefined);
    if (own === undefined || !isUsableSku(own) || !isFree(own)) return undefined;
    used.add(own);
    return { sku: own, generated: false };
  });
  return wishes.map((wish, i) => {
    if (assigned[i]) return assigned[i];
    const kept = wish.has?.generated ? [wish.has.sku] : [];
    const sku = [...kept, ...madeUpSkus(handle, wish)].find(isFree);
    if (sku === undefined) return undefined;
    used.add(sku);
    const refusedAs = wish.given === null ? undefined : isUsableSku(wish.given) ? "sku_taken" : "invalid_sku";
    return { sku, generated: true, ...(refusedAs && { refusedAs }) };
  });
}

/** Readable SKUs from handle and option values, the plain one first if it says all, then with a hash that tells look-alikes apart. */
function madeUpSkus(handle: string, { given, options }: SkuWish): string[] {
  const isDefault = options.length === 1 && options[0] === DEFAULT_VALUE;
  const words = given !== null && !isUsableSku(given) ? [given] : [handle, ...(isDefault ? [] : options)];
  const name = words
    .join("-")
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  const exact = JSON.stringify([handle, given, options]);
  const hashed = Array.from({ length: TRIES }, (_, n) => {
    const hash = hash32(`${n}${exact}`).toString(36).toUpperCase().padStart(7, "0");
    return name === "" ? hash : `${name.slice(0, SKU_MAX - 8).replace(/-$/, "")}-${hash}`;
  });
  const saysAll = name !== "" && name.length <= SKU_MAX && words.every((word) => !/[^\p{ASCII}]/u.test(word));
  return saysAll ? [name, ...hashed] : hashed;
}
