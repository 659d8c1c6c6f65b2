/** The same answer as `pipeline`, asked with a partner's key: key, switch, limits, meter and receipt are what it adds. */
export const metered = {
  name: "metered",
  reference: "pipeline",
  goal: 0.8,
  prepare: async ({ origin, partnerKey }) => ({ url: `${origin}/api/v1/health`, key: partnerKey, status: 200 }),
};
