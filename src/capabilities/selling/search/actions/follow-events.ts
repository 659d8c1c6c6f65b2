import type { EventHandler } from "../../../../platform/capability.ts";
import { changedHandles } from "../../catalog/actions/tell-changes.ts";
import { askIndex } from "./ask-index.ts";

export const followProducts: EventHandler = async (ctx, event) =>
  askIndex(ctx, async (index) => await index.changed("product", changedHandles(event)));

export const followCollections: EventHandler = async (ctx, event) =>
  askIndex(ctx, async (index) => await index.changed("collection", changedHandles(event)));

/** Counts what was looked for, once for each event. */
export const countHotWords: EventHandler = async (ctx, { id, payload }) => {
  const counts = Object.entries(payload["queries"] ?? {}).filter(
    (it): it is [string, number] => typeof it[1] === "number",
  );
  await askIndex(ctx, async (index) => await index.countSearches(id, Object.fromEntries(counts)));
};
