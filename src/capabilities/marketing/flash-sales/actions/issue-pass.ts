import type { Ctx } from "../../../../platform/context.ts";
import { normaliseBuyer } from "../rules/buyer.ts";
import { type Pass, signPass } from "../rules/pass.ts";

/** Who an e-mail address is to a sale: one buyer has one participation and one place in the line. */
export const buyerOf = (email: string): string => normaliseBuyer(email);

/** A pass for this shop's buyer, which the sale takes once. The same content is the same text. */
export const issuePass = (ctx: Ctx, pass: Omit<Pass, "tenantId">): string =>
  signPass(ctx.env.SOUK_SECRET, { ...pass, tenantId: ctx.tenant.id });
