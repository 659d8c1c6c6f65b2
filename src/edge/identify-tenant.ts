import { tenantByHost } from "../capabilities/money/tenants/actions.ts";
import type { Tenant } from "../platform/context.ts";

/** Stands for "no shop answers here"; only the operator's calls go on with it. */
const NOBODY: Tenant = {
  id: "",
  name: "Souk",
  currency: "USD",
  locale: "en",
  theme: {},
  settings: { paymentWindowMinutes: 120, orderShards: 1 },
  state: "active",
  trialEndsAt: null,
  off: new Set(),
};

/** The shop by host name: `<shop>.<platform domain>`, a custom domain, or the default shop on the platform domain itself. */
export async function identifyTenant(env: Env, url: URL): Promise<Tenant> {
  return (await tenantByHost(env, url.hostname.toLowerCase())) ?? NOBODY;
}
