/** The product page as a shopper gets it. */
export const productPage = {
  name: "product-page",
  reference: "pipeline",
  prepare: async ({ origin, handle }) => ({ url: `${origin}/products/${handle}`, status: 200 }),
};
