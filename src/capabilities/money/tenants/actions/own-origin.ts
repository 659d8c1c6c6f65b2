import type { Ctx } from "../../../../platform/context.ts";
import { publicOrigin } from "../../../../platform/public-origin.ts";
import { firstHost } from "../store/hosts.ts";

/**
 * Where people reach the shop, for links that are followed later and that no visit asked for: its own domain, the first that was
 * proven, or its host on the platform's. For what follows from a visit, lead back to that visit's host: cart and session are there.
 */
export async function ownOrigin({ env, tenant }: Pick<Ctx, "env" | "tenant">): Promise<string> {
  return publicOrigin(env, (await firstHost(env, tenant.id)) ?? `${tenant.id}.${env.PLATFORM_DOMAIN}`);
}
