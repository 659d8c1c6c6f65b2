/** The counter's snapshot by GET: an object call without key and body, to tell what those two cost the other cases. */
export const stockRead = {
  name: "stock-read",
  reference: "hello",
  prepare: async ({ origin, key, sku }) => ({ url: `${origin}/api/v1/stock/${sku}`, method: "GET", key, status: 200 }),
};
