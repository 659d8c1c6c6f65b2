import type { Ctx } from "../../../platform/context.ts";
import { readIndexedStock, repairIndexedStock } from "../../selling/search/actions/stock-copy.ts";
import { readMirror, repairMirror } from "../../selling/stock/actions/mirror.ts";
import { type Available, availableIn, type CopyName, type Duty, type Level, type Said } from "./rules.ts";

/** A place that repeats what counters say. It is compared with them, and put right from them. */
export interface Copy {
  name: CopyName;
  duty: Duty;
  /** Reads what the copy says of these SKUs now; what it said of each is asked of the answer. */
  read(ctx: Ctx, skus: readonly string[]): Promise<(sku: string) => Seen>;
}

/** What a copy said of one SKU, and the way to put it right. */
export interface Seen {
  /** Undefined: it said nothing. */
  seen: Said | undefined;
  /** Brings the copy to `expected` if it still says what was seen; safe to do twice. */
  repair(expected: Level | undefined): Promise<void>;
}

interface Place<Says extends Said> {
  name: CopyName;
  duty: Duty;
  read(ctx: Ctx, skus: readonly string[]): Promise<Map<string, Says>>;
  repair(ctx: Ctx, sku: string, drift: { seen: Says | undefined; expected: Level | undefined }): Promise<void>;
}

const copyAt = <Says extends Said>({ name, duty, read, repair }: Place<Says>): Copy => ({
  name,
  duty,
  async read(ctx, skus) {
    const levels = await read(ctx, skus);
    return (sku) => {
      const seen = levels.get(sku);
      return { seen, repair: (expected) => repair(ctx, sku, { seen, expected }) };
    };
  },
});

/** Counters write it within half a second. */
const MIRROR_LAG_MS = 2_000;
/** It follows the mirror once a second while somebody asks it. */
const INDEX_LAG_MS = 5_000;

const mirror = copyAt<Level>({
  name: "mirror",
  duty: { lagMs: MIRROR_LAG_MS, knows: "every SKU" },
  read: readMirror,
  repair: repairMirror,
});

/** The cache that searches filter and show by; it knows the SKUs of products. */
const index = copyAt<Available>({
  name: "search",
  duty: { lagMs: INDEX_LAG_MS, knows: "some SKUs" },
  read: readIndexedStock,
  async repair(ctx, sku, { seen, expected }) {
    const available = expected ? availableIn(expected) : 0;
    if (seen) await repairIndexedStock(ctx, sku, seen, { available, version: expected?.version ?? 0 });
  },
});

/** Every copy of stock that outlives a few seconds. */
export const copies: readonly Copy[] = [mirror, index];

/** What the parent of a divided SKU knows of its shards is a copy too. */
export const parent = { name: "parent", duty: mirror.duty } as const;
