import type { Candidate, Judge, Market } from "./selector.ts";
import { selectors } from "./selectors.ts";

/** What is asked for: `all` wants every selector to fit, `any` at least one. */
export interface Wish {
  combine: "all" | "any";
  selectors: readonly { kind: string; weight: number }[];
}

export interface Reason {
  /** Which selector of the wish, from 0. */
  selector: number;
  kind: string;
  strength: number;
  because: string;
}

export interface Chosen<Item> {
  item: Item;
  /** Above 0 and up to 1: the strengths by weight, where a selector that does not fit adds nothing. */
  score: number;
}

export interface Selection {
  /** Those that fit, best first. Of equals the deeper stock goes first, then the order of `items`. */
  choose: <Item extends Candidate>(items: Iterable<Item>) => Chosen<Item>[];
  /** Why a product was chosen: one reason for each selector that fits. */
  explain: (item: Candidate) => Reason[];
}

/** A wish made ready to look at many products. */
export function selectionOf({ combine, selectors: asked }: Wish, market: Market): Selection {
  const judges = asked.map((it) => ({ judge: judgeOf(it, market), kind: it.kind, weight: it.weight }));
  const whole = asked.reduce((sum, it) => sum + it.weight, 0);
  const scoreOf = (item: Candidate): number | undefined => {
    let [fitting, sum] = [0, 0];
    for (const { judge, weight } of judges) {
      const strength = judge.strength(item);
      if (strength === undefined) continue;
      fitting++;
      sum += weight * strength;
    }
    return fitting === judges.length || (combine === "any" && fitting > 0) ? sum / whole : undefined;
  };
  return {
    choose: (items) =>
      Array.from(items)
        .flatMap((item) => {
          const score = scoreOf(item);
          return score === undefined ? [] : [{ item, score }];
        })
        .sort((a, b) => b.score - a.score || b.item.available - a.item.available),
    explain: (item) =>
      judges.flatMap(({ judge, kind }, selector) => {
        const strength = judge.strength(item);
        return strength === undefined ? [] : [{ selector, kind, strength, because: judge.because(item) }];
      }),
  };
}

function judgeOf(wish: Wish["selectors"][number], market: Market): Judge {
  const known = selectors.find(({ kind }) => kind === wish.kind);
  if (!known) throw new Error(`No selector is called ${wish.kind}.`);
  return known.judge(wish, market);
}
