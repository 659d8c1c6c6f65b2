import { commit } from "../../../../platform/commit.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { forgetShop } from "../actions.ts";
import { deleteSwitch, insertSwitch, readTenant } from "../store.ts";

/** What is switched off in the shop now, read afresh. */
export const offNow = async (ctx: Ctx): Promise<ReadonlySet<string>> =>
  (await readTenant(ctx.env, ctx.tenant.id))?.off ?? ctx.tenant.off;

/** Switches these capabilities of the shop, all or none; live everywhere within seconds. */
export async function switchCapabilities(ctx: Ctx, names: readonly string[], isOn: boolean): Promise<void> {
  const { env, tenant } = ctx;
  const statements = names.map((name) =>
    isOn ? deleteSwitch(env, tenant.id, name) : insertSwitch(env, tenant.id, name, ctx.now()),
  );
  await commit(ctx, statements);
  forgetShop(tenant.id);
}
