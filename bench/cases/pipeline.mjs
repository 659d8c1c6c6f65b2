/** Everything that happens to every request, and nothing else. */
export const pipeline = {
  name: "pipeline",
  reference: "hello",
  goal: 0.5,
  prepare: async ({ origin }) => ({ url: `${origin}/api/v1/health`, status: 200 }),
};
