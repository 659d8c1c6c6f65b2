const TOP = 10;

/**
 * What a ranking is worth against labels: nDCG@10 (gain 1 for each relevant title, log2 discount; Jarvelin and Kekalainen, 2002),
 * recall@10 of at most ten, and recall and precision of everything that was found. Means over the queries.
 */
export function score(judged) {
  const mean = (measure) => Number((judged.reduce((sum, it) => sum + measure(it), 0) / judged.length).toFixed(3));
  return {
    ndcg_at_10: mean(ndcg),
    recall_at_10: mean(({ found, relevant }) => hits(found.slice(0, TOP), relevant) / Math.min(TOP, relevant.size)),
    recall: mean(({ found, relevant }) => hits(found, relevant) / relevant.size),
    precision: mean(({ found, relevant }) => (found.length === 0 ? 0 : hits(found, relevant) / found.length)),
    answered: mean(({ found }) => (found.length > 0 ? 1 : 0)),
  };
}

function ndcg({ found, relevant }) {
  const gain = (rank) => 1 / Math.log2(rank + 2);
  const got = found.slice(0, TOP).reduce((sum, id, rank) => sum + (relevant.has(id) ? gain(rank) : 0), 0);
  const best = Array.from({ length: Math.min(TOP, relevant.size) }, (_, rank) => gain(rank)).reduce((a, b) => a + b, 0);
  return got / best;
}

function hits(found, relevant) {
  return found.filter((id) => relevant.has(id)).length;
}
