import { callShop, callShopOrThrow } from "./call-shop.mjs";

/**
 * Brings a demo catalogue (demo/types.ts) into a shop through the public API. What the shop already has is left alone, so an
 * interrupted run is simply repeated. Answers how many products it created.
 */
export async function fillShop(origin, key, currency, { shop, products, collections }) {
  let created = 0;
  for (const product of products) created += await bringProduct(origin, key, currency, product);
  for (const [i, collection] of collections.entries()) {
    const handles = products.filter((it) => it.collections.includes(collection.handle)).map((it) => it.handle);
    await createUnlessThere(origin, key, "/api/v1/collections", asCollection(collection, i, handles));
  }
  await createUnlessThere(origin, key, "/api/v1/collections", frontPage(shop, collections.length));
  return created;
}

/** Gives the shop the name that it has in Chinese, unless it was given one. */
export async function nameShop(origin, key, { name }) {
  const { settings } = await callShopOrThrow(origin, "GET", "/api/v1/shop", { key });
  if (settings.names?.["zh-CN"]) return;
  const names = { ...settings.names, "zh-CN": name["zh-CN"] };
  await callShopOrThrow(origin, "PATCH", "/api/v1/shop/settings", { key, body: { names } });
}

/** The storefront takes its first picture and words from the collection with this handle, as Shopify's themes do. */
const frontPage = ({ tagline, story, hero }, position) => {
  const paragraphs = { en: `<p>${story.en}</p>`, "zh-CN": `<p>${story["zh-CN"]}</p>` };
  return asCollection({ handle: "frontpage", title: tagline, description: paragraphs, image: hero }, position, []);
};

async function bringProduct(origin, key, currency, product) {
  const isNew = await createUnlessThere(origin, key, "/api/v1/products", asProduct(product, currency));
  if (!isNew) return 0;
  for (const { sku, stock } of product.variants)
    await callShopOrThrow(origin, "PUT", `/api/v1/stock/${encodeURIComponent(sku)}`, { key, body: { on_hand: stock } });
  return 1;
}

async function createUnlessThere(origin, key, path, body) {
  const answer = await callShop(origin, "POST", path, { key, body });
  if (answer.body?.code === "handle_taken") return false;
  if (answer.status === 201) return true;
  throw new Error(`${path} did not take ${body.handle}: ${answer.body?.detail ?? answer.text.slice(0, 200)}`);
}

const asProduct = (product, currency) => ({
  handle: product.handle,
  title: product.title.en,
  description_html: product.description.en,
  vendor: product.vendor,
  type: product.type.en,
  tags: product.tags,
  status: "active",
  options: product.options.map(({ name, values }) => ({ name: name.en, values: values.map((value) => value.en) })),
  images: product.images.map(({ src, alt, width, height }, i) => ({
    src,
    alt: alt.en,
    width,
    height,
    position: i + 1,
  })),
  seo: { title: product.seo.title.en, description: product.seo.description.en },
  translations: {
    "zh-CN": {
      title: product.title["zh-CN"],
      description_html: product.description["zh-CN"],
      type: product.type["zh-CN"],
      seo: { title: product.seo.title["zh-CN"], description: product.seo.description["zh-CN"] },
      options: Object.fromEntries(
        product.options.flatMap(({ name, values }) => [name, ...values]).map((text) => [text.en, text["zh-CN"]]),
      ),
    },
  },
  variants: product.variants.map((variant) => ({
    sku: variant.sku,
    barcode: variant.barcode,
    price: { amount: variant.price, currency },
    compare_at_price: variant.compareAt === undefined ? undefined : { amount: variant.compareAt, currency },
    grams: variant.grams,
    options: variant.options,
    image: variant.image === undefined ? undefined : product.images[variant.image].src,
  })),
});

const asCollection = ({ handle, title, description, image }, position, productHandles) => ({
  handle,
  title: title.en,
  description_html: description.en,
  image: image ? { src: image.src, alt: image.alt.en } : null,
  translations: { "zh-CN": { title: title["zh-CN"], description_html: description["zh-CN"] } },
  position,
  product_handles: productHandles,
});
