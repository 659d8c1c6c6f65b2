import { createMiddleware } from "hono/factory";
import { missingPage } from "./pages/missing.tsx";
import type { Storefront } from "./visit.ts";

/** The pages of a capability: where the shop has it switched off, there is no such page. */
export const partOf = (capability: string) =>
  createMiddleware<Storefront>(async (c, next) => (c.var.visit.has(capability) ? next() : missingPage(c)));
