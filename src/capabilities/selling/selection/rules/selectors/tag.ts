import { z } from "@hono/zod-openapi";
import { selector } from "../selector.ts";
import { weight } from "../weight.ts";

const TAGS_MAX = 20;
/** Tags that a program gave instead of a person begin so. */
export const AI_PREFIX = "ai:";

const tag = z
  .string()
  .min(1)
  .max(255)
  .refine((value) => !/\p{Cc}/u.test(value), "Control characters are not text.");

const shape = z
  .strictObject({
    kind: z.literal("tag"),
    weight,
    tags: z.array(tag).min(1).max(TAGS_MAX),
    match: z.enum(["any", "all"]).default("any"),
    by: z
      .enum(["anyone", "merchant", "ai"])
      .default("anyone")
      .openapi({ description: `Who gave the tag: a person, or a program, which writes it as "${AI_PREFIX}tag".` }),
  })
  .openapi("TagSelector", { description: "Tagged with any or all of these; more of them is better." });

export const tags = selector("tag", shape, ({ tags: wanted, match, by }) => {
  const distinct = [...new Set(wanted)];
  const spellings = (it: string) => [...(by === "ai" ? [] : [it]), ...(by === "merchant" ? [] : [AI_PREFIX + it])];
  const those = (it: { tags: readonly string[] }) => {
    const own = new Set(it.tags);
    return distinct.flatMap((one) => spellings(one).find((spelling) => own.has(spelling)) ?? []);
  };
  return {
    strength: (it) => {
      const share = those(it).length / distinct.length;
      return share === 0 || (match === "all" && share < 1) ? undefined : share;
    },
    because: (it) => `Tagged ${those(it).join(", ")}.`,
  };
});
