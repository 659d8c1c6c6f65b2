import { type Option, VARIANTS_MAX } from "../contract/shapes.ts";
import type { Extra } from "../schema.ts";
import { assignSkus, givenSku, matchVariants, type SkuWish } from "./assign-skus.ts";
import { DEFAULT_VALUE, optionName, productCells, SKU_COLUMN, variantCells, withoutStale } from "./cells.ts";
import type { Problem, ProductDraft, Settled, SettledVariant, Stored, VariantDraft, VariantRow } from "./draft.ts";

/** A file that wants another quantity than it wanted last time sets the stock; the same quantity leaves sales alone. */
const stockWish = (draft: VariantDraft, match: VariantRow | undefined): number | null =>
  typeof draft.quantity === "number" && draft.quantity !== match?.importedQty ? draft.quantity : null;

interface Pair {
  draft: VariantDraft;
  match: VariantRow | undefined;
  options: string[];
  given: string | null;
}

/** The variants of a draft beside those that the shop has, with the SKUs they wish for. */
export function pairVariants(stored: Stored | undefined, draft: ProductDraft): Pair[] {
  const old = stored?.variants ?? [];
  const drafts = draft.variants ?? old.map((it) => ({ sku: it.sku, options: it.options }));
  const matches = matchVariants(old, drafts);
  const pairs = drafts.map((it, i) => pair(it, matches[i]));
  if (!draft.isPartial) return pairs;
  const unmentioned = old.filter((it) => !matches.includes(it));
  return [...pairs, ...unmentioned.map((it) => pair({ sku: it.sku }, it))];
}

function pair(draft: VariantDraft, match: VariantRow | undefined): Pair {
  const options = draft.options ?? match?.options ?? [DEFAULT_VALUE];
  const isSame = match !== undefined && (!draft.sku || draft.sku === match.sku);
  return { draft, match, options, given: isSame ? givenSku(match) : (draft.sku ?? null) };
}

export const wishes = (pairs: readonly Pair[]): SkuWish[] =>
  pairs.map(({ given, match, options }) => ({
    given,
    options,
    ...(match && { has: { sku: match.sku, generated: match.skuGenerated } }),
  }));

/**
 * Decides what the product becomes: the draft over what the shop has over the defaults. `taken` holds the SKUs of other
 * products. A problem with a line cost (or, for a SKU, altered) that variant only; `settled` is missing when nothing is left.
 */
export function settleProduct(
  stored: Stored | undefined,
  draft: ProductDraft,
  taken: Pick<ReadonlySet<string>, "has">,
  digits: number,
): { settled?: Settled; problems: Problem[] } {
  const problems: Problem[] = [];
  const pairs = acceptable(pairVariants(stored, draft), problems);
  const skus = assignSkus(draft.handle, wishes(pairs), taken);
  const variants = pairs.flatMap((it, i): SettledVariant[] => {
    const sku = skus[i];
    if (!sku || sku.refusedAs) problems.push(skuProblem(it, sku?.refusedAs ?? "sku_taken", sku?.sku));
    return sku ? [settleVariant(it, sku, draft.columns, digits)] : [];
  });
  if (variants.length === 0) return { problems };
  const kept = new Set(variants.map((it) => it.id));
  const gone = (stored?.variants ?? []).map((it) => it.id).filter((id) => !kept.has(id));
  const fields = settleFields(stored, draft, variants);
  const extra = withoutStale(fields.extra, productCells(fields), digits);
  return { settled: { ...fields, extra, variants, gone }, problems };
}

/** Drops variants without a price, with the option values of an earlier one, or beyond the limit. */
function acceptable(pairs: readonly Pair[], problems: Problem[]): Pair[] {
  const seen = new Set<string>();
  return pairs.filter(({ draft, match, options }) => {
    const key = JSON.stringify(options);
    const problem =
      (draft.price ?? match?.price) === undefined
        ? { column: "Variant Price", code: "price_missing", detail: "A new variant needs a price." }
        : seen.has(key)
          ? {
              column: "Option1 Value",
              code: "duplicate_options",
              detail: `The product has a variant ${options.join(" / ")} already.`,
            }
          : seen.size >= VARIANTS_MAX
            ? { column: null, code: "too_many_variants", detail: `A product has at most ${VARIANTS_MAX} variants.` }
            : undefined;
    if (problem) problems.push({ ...problem, line: draft.line });
    else seen.add(key);
    return !problem;
  });
}

function skuProblem({ draft, given }: Pair, code: "sku_taken" | "invalid_sku", used: string | undefined): Problem {
  const why =
    code === "sku_taken" ? "belongs to another variant" : "is longer than 64 characters or has blanks or / ? # %";
  const outcome = used === undefined ? "The variant was left out." : `The variant was kept as ${used}.`;
  const detail = `${JSON.stringify(given ?? "")} ${why}. ${outcome}`;
  return { line: draft.line, column: SKU_COLUMN, code, detail, isKept: used !== undefined };
}

function settleVariant(
  { draft, match, options, given }: Pair,
  sku: { sku: string; generated: boolean },
  columns: ReadonlySet<string> | undefined,
  digits: number,
): SettledVariant {
  const stock = stockWish(draft, match);
  const variant = {
    id: match?.id ?? null,
    sku: sku.sku,
    skuGenerated: sku.generated,
    barcode: draft.barcode ?? match?.barcode ?? "",
    price: draft.price ?? match?.price ?? 0,
    compareAtPrice: draft.compareAtPrice === undefined ? (match?.compareAtPrice ?? null) : draft.compareAtPrice,
    grams: draft.grams ?? match?.grams ?? 0,
    options,
    image: draft.image === undefined ? (match?.image ?? null) : draft.image,
    importedQty: match?.importedQty ?? null,
  };
  const { [SKU_COLUMN]: _, ...merged } = mergeExtra(match?.extra, draft.extra, columns);
  const cells = variantCells({ ...variant, importedQty: stock ?? variant.importedQty, extra: merged }, digits);
  const extra = withoutStale(merged, cells, digits);
  return {
    ...variant,
    extra: sku.generated && given !== null ? { ...extra, [SKU_COLUMN]: given } : extra,
    stock,
    line: draft.line,
  };
}

function settleFields(
  stored: Stored | undefined,
  draft: ProductDraft,
  variants: readonly SettledVariant[],
): Omit<Settled, "variants" | "gone"> {
  const old = stored?.product;
  const sizes = new Map((old?.images ?? []).map(({ src, width, height }) => [src, { width, height }]));
  return {
    handle: draft.handle,
    title: draft.title ?? old?.title ?? draft.handle,
    descriptionHtml: draft.descriptionHtml ?? old?.descriptionHtml ?? "",
    vendor: draft.vendor ?? old?.vendor ?? "",
    type: draft.type ?? old?.type ?? "",
    tags: draft.tags ?? old?.tags ?? [],
    status: draft.status ?? old?.status ?? "active",
    options: settleOptions(draft.options, old?.options ?? [], variants),
    images: draft.images?.map((it) => ({ ...sizes.get(it.src), ...it })) ?? old?.images ?? [],
    seo: {
      title: draft.seo?.title ?? old?.seo.title ?? "",
      description: draft.seo?.description ?? old?.seo.description ?? "",
    },
    translations: draft.translations ?? old?.translations ?? {},
    extra: mergeExtra(old?.extra, draft.extra, draft.columns),
  };
}

/** The names that are given, with the values that the variants have: in the order given, or as it was, then of appearance. */
function settleOptions(
  named: ProductDraft["options"],
  old: readonly Option[],
  variants: readonly SettledVariant[],
): Option[] {
  const names = named ?? old;
  const count = Math.max(names.length, ...variants.map((it) => it.options.length));
  return Array.from({ length: count }, (_, i) => {
    const used = new Set(variants.map((it) => it.options[i] ?? "").filter((value) => value !== ""));
    const given = names[i]?.values.length ? names[i].values : (old[i]?.values ?? []);
    return {
      name: names[i]?.name ?? optionName("", i),
      values: [...new Set([...given.filter((it) => used.has(it)), ...used])],
    };
  });
}

function mergeExtra(old: Extra = {}, given: Extra = {}, columns: ReadonlySet<string> | undefined): Extra {
  const kept = Object.entries(old).filter(([column]) => !columns?.has(column));
  return Object.fromEntries([...kept, ...Object.entries(given)].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether a catalogue file would say the same about both; translations and stock are no part of a file. */
export const saysTheSame = (stored: Stored, settled: Settled): boolean =>
  contentText(stored.product, stored.variants) === contentText(settled, settled.variants);

function contentText(
  product: Omit<Settled, "variants" | "gone">,
  variants: readonly Omit<SettledVariant, "id" | "importedQty" | "stock">[],
): string {
  const { title, descriptionHtml, vendor, type, tags, status, options, images, seo, extra } = product;
  return JSON.stringify([
    [
      title,
      descriptionHtml,
      vendor,
      type,
      tags,
      status,
      options.map((it) => [it.name, it.values]),
      seo.title,
      seo.description,
    ],
    images.map(({ src, alt, position, extra: cells = {} }) => [src, alt, position, cells]),
    extra,
    variants.map((it) => [
      it.sku,
      it.skuGenerated,
      it.barcode,
      it.price,
      it.compareAtPrice,
      it.grams,
      it.options,
      it.image,
      it.extra,
    ]),
  ]);
}
