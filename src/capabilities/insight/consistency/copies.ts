import type { Ctx } from "../../../platform/context.ts";
import { readMirror, repairMirror } from "../../selling/stock/actions/mirror.ts";
import type { Level } from "./rules.ts";

/** A place that repeats what counters say. It is compared with them, and put right from them. */
export interface Copy {
  name: string;
  /** What the copy says of these SKUs; those it does not have are missing. */
  read(ctx: Ctx, skus: readonly string[]): Promise<Map<string, Level>>;
  /** Brings the copy to `expected` if it still says what was `seen`; safe to do twice. */
  repair(ctx: Ctx, sku: string, drift: { seen: Level | undefined; expected: Level | undefined }): Promise<void>;
}

/** Every copy of stock that outlives a request. A shared cache of stock levels, once there is one, is one more line here. */
export const copies: readonly Copy[] = [{ name: "mirror", read: readMirror, repair: repairMirror }];
