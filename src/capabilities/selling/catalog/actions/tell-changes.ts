import type { Happening } from "../../../../platform/commit.ts";
import type { SoukEvent } from "../../../../platform/events.ts";

/** Handles that one event carries: 255 characters each, they stay below the 128 KB of a queue message. */
const HANDLES_MAX = 100;

/** `product.changed` for what one transaction wrote, in as few events as it takes: an import writes products by the hundred. */
export function productsChanged(handles: readonly string[]): Happening[] {
  const events: Happening[] = [];
  for (let i = 0; i < handles.length; i += HANDLES_MAX)
    events.push({ type: "product.changed", payload: { handles: handles.slice(i, i + HANDLES_MAX) } });
  return events;
}

/** Which products a `product.changed` or `product.deleted` is about; what they are now, the shop knows. */
export function changedHandles({ payload }: SoukEvent): string[] {
  const { handle, handles } = payload;
  const named = Array.isArray(handles) ? handles : [handle];
  return named.filter((it) => typeof it === "string");
}
