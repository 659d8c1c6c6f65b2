/** The pipeline and an empty call to the SKU's counter: what the way to an object costs. */
export const rpc = {
  name: "rpc",
  reference: "hello",
  prepare: async ({ origin, key, sku }) => ({
    url: `${origin}/api/v1/stock/${sku}/ping`,
    method: "POST",
    key,
    status: 200,
  }),
};
