/** The same product through the API. */
export const productJson = {
  name: "product-json",
  reference: "pipeline",
  prepare: async ({ origin, handle }) => ({ url: `${origin}/api/v1/products/${handle}`, status: 200 }),
};
