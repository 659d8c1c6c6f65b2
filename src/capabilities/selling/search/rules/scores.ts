/** Products that something was found in, and what each is worth for it: positive, more is better. Ids ascend. */
export interface Scores {
  ids: Uint32Array;
  scores: Float32Array | Float64Array;
}

/** Products that are in each list, with their scores added up. */
export function inAll(lists: readonly Scores[]): Scores {
  const [first = NOTHING, ...others] = lists.toSorted((a, b) => a.ids.length - b.ids.length);
  return others.reduce(inBoth, first);
}

/** Products that are in any list, with their scores added up. */
export const inAny = (lists: readonly Scores[]): Scores => lists.reduce(inEither, NOTHING);

/** What is in `extra` too is worth that much more. */
export const withMore = (found: Scores, extra: Scores): Scores =>
  extra.ids.length === 0 ? found : inEither(found, inBoth(extra, { ids: found.ids, scores: noScores(found) }));

/** The best ones that are worth at least `share` of the very best, at most so many, best first. */
export function bestOf({ ids, scores }: Scores, share: number, most: number): [id: number, score: number][] {
  let least = 0;
  for (const score of scores) least = Math.max(least, score * share);
  const best: [number, number][] = [];
  for (let i = 0; i < ids.length; i++) {
    const score = scores[i] ?? 0;
    if (score >= least) best.push([ids[i] ?? 0, score]);
  }
  return best.sort((a, b) => b[1] - a[1]).slice(0, most);
}

export const NOTHING: Scores = { ids: new Uint32Array(0), scores: new Float64Array(0) };

const noScores = ({ ids }: Scores): Float64Array => new Float64Array(ids.length);

function inBoth(a: Scores, b: Scores): Scores {
  const most = Math.min(a.ids.length, b.ids.length);
  const found = { ids: new Uint32Array(most), scores: new Float64Array(most) };
  let count = 0;
  for (let i = 0, j = 0; i < a.ids.length && j < b.ids.length; ) {
    const [left, right] = [a.ids[i] ?? 0, b.ids[j] ?? 0];
    if (left === right) {
      found.ids[count] = left;
      found.scores[count++] = (a.scores[i++] ?? 0) + (b.scores[j++] ?? 0);
    } else if (left < right) i++;
    else j++;
  }
  return firstOf(found, count);
}

function inEither(a: Scores, b: Scores): Scores {
  if (a.ids.length === 0) return b;
  if (b.ids.length === 0) return a;
  const most = a.ids.length + b.ids.length;
  const found = { ids: new Uint32Array(most), scores: new Float64Array(most) };
  let count = 0;
  for (let i = 0, j = 0; i < a.ids.length || j < b.ids.length; count++) {
    const left = a.ids[i] ?? AFTER_ALL;
    const right = b.ids[j] ?? AFTER_ALL;
    found.ids[count] = Math.min(left, right);
    found.scores[count] = (left <= right ? (a.scores[i++] ?? 0) : 0) + (right <= left ? (b.scores[j++] ?? 0) : 0);
  }
  return firstOf(found, count);
}

/** No product has so high an id. */
const AFTER_ALL = Number.POSITIVE_INFINITY;

const firstOf = ({ ids, scores }: Scores, count: number): Scores => ({
  ids: ids.subarray(0, count),
  scores: scores.subarray(0, count),
});
