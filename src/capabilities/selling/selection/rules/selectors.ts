import { category } from "./selectors/category.ts";
import { price } from "./selectors/price.ts";
import { sales } from "./selectors/sales.ts";
import { stock } from "./selectors/stock.ts";
import { tags } from "./selectors/tag.ts";

/** Every way to choose products, one line each; the contract and the judgement read this list. */
export const selectors = [category, tags, stock, price, sales] as const;
