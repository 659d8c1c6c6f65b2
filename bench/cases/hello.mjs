/** A bare Hono Worker, served the same way: what the machine can do at all. */
export const hello = {
  name: "hello",
  prepare: async ({ helloOrigin }) => ({ url: `${helloOrigin}/hello`, status: 200 }),
};
