/** The product page as a shopper gets it. */
export const productPage = {
  name: "product-page",
  reference: "hello",
  goal: 0.8,
  prepare: async ({ origin, handle }) => ({ url: `${origin}/products/${handle}`, status: 200 }),
};
