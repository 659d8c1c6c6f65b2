import { z } from "@hono/zod-openapi";
import { handle } from "../../../catalog/contract/shapes.ts";
import { selector } from "../selector.ts";
import { weight } from "../weight.ts";

const COLLECTIONS_MAX = 20;

const shape = z
  .strictObject({ kind: z.literal("category"), weight, collections: z.array(handle).min(1).max(COLLECTIONS_MAX) })
  .openapi("CategorySelector", { description: "In any of these collections; in more of them is better." });

export const category = selector("category", shape, ({ collections }) => {
  const wanted = new Set(collections);
  const those = (it: { collections: readonly string[] }) => it.collections.filter((one) => wanted.has(one));
  return {
    strength: (it) => those(it).length / wanted.size || undefined,
    because: (it) => `In ${those(it).join(", ")}.`,
  };
});
