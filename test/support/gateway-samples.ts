import type { Sample } from "./samples.ts";

/** Good calls of the gateway's operations; the plug-in stays off, so that no other call meets it. */
export const gatewaySamples = {
  listGatewayPlugins: () => ({}),
  readGatewayPlugin: () => ({ params: { name: "rate-limit" } }),
  putGatewayPlugin: () => ({
    params: { name: "rate-limit" },
    body: { enabled: false, version: 1, order: 10, metadata: { limit: 1_000, seconds: 1 } },
  }),
  listGatewayAudit: () => ({ query: { limit: "1" } }),
} satisfies Record<string, () => Sample>;
