import { refused } from "../../../../platform/result.ts";

export const unknownRule = refused("unknown_rule", "There is no such rule.");
