import type { z } from "@hono/zod-openapi";
import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { minorDigits } from "../../../../platform/money.ts";
import { type FieldError, ok, type Result, refused } from "../../../../platform/result.ts";
import type { Product, VariantInput } from "../contract/shapes.ts";
import type * as contract from "../contract.ts";
import { skuCandidates } from "../rules/assign-skus.ts";
import { DEFAULT_VALUE } from "../rules/cells.ts";
import type { ProductDraft, Settled, Stored } from "../rules/draft.ts";
import { pairVariants, settleProduct, wishes } from "../rules/settle-product.ts";
import { readByHandle, readOwners } from "../store/products.ts";
import {
  deleteProductRows,
  deleteVariants,
  holdVersion,
  upsertProducts,
  upsertVariants,
} from "../store/write-products.ts";
import { buildRows } from "./build-rows.ts";
import { onWire } from "./on-wire.ts";
import { changeCatalog } from "./remember.ts";
import { publishStocks } from "./set-stock.ts";
import { productsChanged } from "./tell-changes.ts";

/** Tries at a change that another writer got ahead of. */
const TRIES = 3;
const STOCK_RETRY_SECONDS = 1;

type CreateInput = z.infer<NonNullable<typeof contract.createProduct.body>>;
type ChangeInput = z.infer<NonNullable<typeof contract.changeProduct.body>> & { handle: string };
type Refusal = "sku_taken" | "invalid_request" | "wrong_currency" | "stock_not_set";

export async function createProduct(ctx: Ctx, input: CreateInput): Promise<Result<Product, Refusal | "handle_taken">> {
  if (await readByHandle(ctx.env, ctx.tenant.id, input.handle)) return handleTaken(input.handle);
  const decided = await decide(ctx, undefined, input);
  if (!decided.ok) return decided;
  const rows = buildRows(undefined, decided.value, { tenantId: ctx.tenant.id, at: ctx.now() });
  try {
    await write(ctx, rows, []);
  } catch (error) {
    if (await readByHandle(ctx.env, ctx.tenant.id, input.handle)) return handleTaken(input.handle);
    const again = await decide(ctx, undefined, input);
    if (!again.ok) return again;
    throw error;
  }
  return finish(ctx, rows, [], decided.value);
}

export async function changeProduct(
  ctx: Ctx,
  input: ChangeInput,
): Promise<Result<Product, Refusal | "not_found" | "changed_meanwhile">> {
  for (let attempt = 1; ; attempt++) {
    const stored = await readByHandle(ctx.env, ctx.tenant.id, input.handle);
    if (!stored) return noProduct;
    const decided = await decide(ctx, stored, input);
    if (!decided.ok) return decided;
    const rows = buildRows(stored, decided.value, { tenantId: ctx.tenant.id, at: ctx.now() });
    try {
      await write(ctx, rows, decided.value.gone, stored);
    } catch (error) {
      if (attempt < TRIES) continue;
      const now = await readByHandle(ctx.env, ctx.tenant.id, input.handle);
      if (now?.product.version === stored.product.version) throw error;
      return refused("changed_meanwhile", "Somebody else changed this product at the same time.");
    }
    return finish(ctx, rows, stored.collections, decided.value);
  }
}

export async function deleteProduct(ctx: Ctx, { handle }: { handle: string }): Promise<Result<undefined, "not_found">> {
  const stored = await readByHandle(ctx.env, ctx.tenant.id, handle);
  if (!stored) return noProduct;
  const rows = deleteProductRows(ctx.env, ctx.tenant.id, stored.product.id);
  await changeCatalog(ctx, { handles: [handle], skus: stored.variants.map((it) => it.sku) }, () =>
    commit(ctx, rows, [{ type: "product.deleted", payload: { handles: [handle] } }]),
  );
  return ok(undefined);
}

const noProduct = refused("not_found", "There is no such product.");
const handleTaken = (handle: string) => refused("handle_taken", `There is a product ${handle} already.`);

/** What the product becomes, or the first reason why it cannot. */
async function decide(
  ctx: Ctx,
  stored: Stored | undefined,
  input: Partial<ChangeInput> & { handle: string },
): Promise<Result<Settled, Exclude<Refusal, "stock_not_set">>> {
  const prices = (input.variants ?? []).flatMap((it) => [it.price, it.compare_at_price ?? it.price]);
  if (prices.some((it) => it.currency !== ctx.tenant.currency))
    return refused("wrong_currency", `This shop sells in ${ctx.tenant.currency}.`);
  const draft = draftOf(input);
  const errors = shapeErrors(stored, draft);
  if (errors.length > 0)
    return refused("invalid_request", errors.map((it) => `${it.field}: ${it.detail}`).join(" "), { errors });
  const pairs = pairVariants(stored, draft);
  const owners = await readOwners(ctx.env, ctx.tenant.id, skuCandidates(input.handle, wishes(pairs)));
  const taken = new Set(owners.filter((it) => it.productId !== stored?.product.id).map((it) => it.sku));
  const { settled, problems } = settleProduct(stored, draft, taken, minorDigits(ctx.tenant.currency));
  const clash = problems.find((it) => it.code === "sku_taken");
  if (clash) return refused("sku_taken", clash.detail.replace(/ The variant was .*$/, ""));
  const [problem] = problems;
  if (problem)
    return refused("invalid_request", problem.detail, {
      errors: [{ field: "variants", code: problem.code, detail: problem.detail }],
    });
  return settled ? ok(settled) : refused("invalid_request", "A product needs a variant.");
}

function draftOf(input: Partial<ChangeInput> & { handle: string }): ProductDraft {
  const { handle, title, vendor, type, tags, status, options, images, seo, translations, variants } = input;
  return {
    ...{ handle, title, vendor, type, status, seo, translations },
    descriptionHtml: input.description_html,
    tags: tags && [...new Set(tags.map((it) => it.trim()))],
    options: options?.length === 0 ? [{ name: "Title", values: [DEFAULT_VALUE] }] : options,
    images: images?.map((it, i) => ({ ...it, position: it.position ?? i + 1 })).sort((a, b) => a.position - b.position),
    variants: variants?.map(variantDraft),
  };
}

const variantDraft = (it: VariantInput) => ({
  sku: it.sku ?? null,
  barcode: it.barcode,
  price: it.price.amount,
  compareAtPrice: it.compare_at_price === undefined ? undefined : (it.compare_at_price?.amount ?? null),
  grams: it.grams,
  options: it.options && it.options.length > 0 ? it.options : undefined,
  image: it.image,
  quantity: it.on_hand,
});

/** A variant has one value for each option. */
function shapeErrors(stored: Stored | undefined, draft: ProductDraft): FieldError[] {
  const names = draft.options ?? stored?.product.options ?? [{ name: "Title", values: [] }];
  const lists = draft.variants ?? (draft.options ? (stored?.variants ?? []) : []);
  return lists.flatMap((it, i) =>
    (it.options ?? [DEFAULT_VALUE]).length === names.length
      ? []
      : [
          {
            field: `variants.${i}.options`,
            code: "wrong_count",
            detail: `Expected ${names.length} values, one for each option.`,
          },
        ],
  );
}

async function write(ctx: Ctx, rows: Stored, gone: readonly string[], stored?: Stored): Promise<void> {
  const { env, tenant } = ctx;
  const { handle } = rows.product;
  const statements = [
    ...(stored ? [holdVersion(env, tenant.id, stored.product.id, stored.product.version)] : []),
    ...(gone.length > 0 ? [deleteVariants(env, tenant.id, gone)] : []),
    upsertProducts(env, [rows.product]),
    upsertVariants(env, rows.variants),
  ];
  const skus = [...rows.variants, ...(stored?.variants ?? [])].map((it) => it.sku);
  await changeCatalog(ctx, { handles: [handle], skus }, () => commit(ctx, statements, productsChanged([handle])));
}

async function finish(
  ctx: Ctx,
  rows: Stored,
  collections: string[],
  settled: Settled,
): Promise<Result<Product, "stock_not_set">> {
  const stocks = settled.variants.flatMap(({ sku, stock }) => (stock === null ? [] : [{ sku, quantity: stock }]));
  const [failed] = await publishStocks(ctx, stocks, (sku) => `catalog:${ctx.requestId}:${sku}`);
  if (failed)
    return refused("stock_not_set", `The product is saved, but not the stock of ${failed.sku}: ${failed.detail}`, {
      retryAfterSeconds: STOCK_RETRY_SECONDS,
    });
  return ok(onWire({ ...rows, collections }, ctx.tenant.currency));
}
