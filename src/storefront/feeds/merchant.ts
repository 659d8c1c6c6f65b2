import { walkCatalog } from "../../capabilities/selling/catalog/actions/walk-catalog.ts";
import type { Product } from "../../capabilities/selling/catalog/contract/shapes.ts";
import { readStocks } from "../../capabilities/selling/stock/actions.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Money } from "../../platform/money.ts";
import { plainAmount, plainText } from "../format.ts";
import { localise } from "../locale.ts";
import type { Page } from "../visit.ts";
import { streamXml, xml } from "./xml.ts";

/** Google Merchant Center's limits on a title and a description, in characters. */
const TITLE_MAX = 150;
const DESCRIPTION_MAX = 5_000;
const MORE_PICTURES_MAX = 10;
/** GTIN-8, -12, -13, -14 (GS1). */
const GTIN = /^(?:\d{8}|\d{12,14})$/;

/** `GET /feeds/merchant.xml`: every variant for sale, as Google Merchant Center reads products (RSS 2.0 with `g:` fields). */
export const merchantFeed = (c: Page): Response => streamXml(feedText(c.var.ctx));

async function* feedText(ctx: Ctx): AsyncGenerator<string, void> {
  const { origin, tenant } = ctx;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n';
  yield `<title>${xml(tenant.name)}</title><link>${xml(origin)}/</link><description>${xml(tenant.name)}</description>\n`;
  for await (const page of walkCatalog(ctx, "", Number.POSITIVE_INFINITY)) {
    const products = page.map((it) => localise(it, tenant.locale));
    const stocks = await readStocks(
      ctx,
      products.flatMap((it) => it.variants.map(({ sku }) => sku)),
    );
    yield products
      .flatMap((it) =>
        it.variants.map((variant) => item(ctx, it, variant, (stocks.get(variant.sku)?.available ?? 0) > 0)),
      )
      .join("");
  }
  yield "</channel></rss>\n";
}

function item({ origin }: Ctx, product: Product, variant: Product["variants"][number], isInStock: boolean): string {
  const isOnly = product.variants.length === 1;
  const options = isOnly ? "" : ` ${variant.options.join(" / ")}`;
  const address = `${origin}/products/${encodeURIComponent(product.handle)}`;
  const before = variant.compare_at_price;
  const isReduced = before !== null && before.amount > variant.price.amount;
  const [first, ...more] = [variant.image, ...product.images.map((it) => it.src)].filter((it) => it !== null);
  const pictures = [...new Set(more)].filter((it) => it !== first).slice(0, MORE_PICTURES_MAX);
  const fields: [name: string, value: string | undefined][] = [
    ["id", variant.sku],
    ["title", [...(product.title + options)].slice(0, TITLE_MAX).join("")],
    ["description", plainText(product.description_html, DESCRIPTION_MAX) || product.title],
    ["link", isOnly ? address : `${address}?variant=${encodeURIComponent(variant.sku)}`],
    ["image_link", first && new URL(first, origin).href],
    ...pictures.map((src): [string, string] => ["additional_image_link", new URL(src, origin).href]),
    ["availability", isInStock ? "in_stock" : "out_of_stock"],
    ["price", price(isReduced ? before : variant.price)],
    ["sale_price", isReduced ? price(variant.price) : undefined],
    ["brand", product.vendor || undefined],
    ["gtin", variant.barcode && GTIN.test(variant.barcode) ? variant.barcode : undefined],
    ["item_group_id", isOnly ? undefined : product.handle],
    ["product_type", product.type || undefined],
    ["shipping_weight", variant.grams ? `${variant.grams} g` : undefined],
    ["condition", "new"],
  ];
  return `<item>${fields.map(([name, value]) => (value === undefined ? "" : `<g:${name}>${xml(value)}</g:${name}>`)).join("")}</item>\n`;
}

const price = (money: Money): string => `${plainAmount(money)} ${money.currency}`;
