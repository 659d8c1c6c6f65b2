import { search, suggest } from "../../capabilities/selling/search/actions.ts";
import type { SearchAnswer } from "../../capabilities/selling/search/contract/shapes.ts";
import { searchQuery } from "../../capabilities/selling/search/contract.ts";
import { minorDigits } from "../../platform/money.ts";
import { m } from "../messages/compiled/messages.js";
import { ChosenFilters } from "../parts/chosen-filters.tsx";
import { Notice } from "../parts/notice.tsx";
import { SearchBox } from "../parts/search-box.tsx";
import { SearchFacets } from "../parts/search-facets.tsx";
import { SearchHits } from "../parts/search-hits.tsx";
import type { Shell } from "../read-shell.ts";
import { searchAddress, withoutFilters } from "../search-address.ts";
import { show } from "../show.tsx";
import type { Page, Visit } from "../visit.ts";

const PAGE_PRODUCTS = 24;
const HOT_WORDS = 8;
const SORTS = ["relevance", "newest", "price_asc", "price_desc"] as const;

/** `GET /search?q=` and what narrows it: the whole search stands in the address. */
export async function searchPage(c: Page): Promise<Response> {
  const { visit } = c.var;
  const typed = typedPrices(visit);
  if (typed) return c.redirect(typed, 303);
  const given = Object.fromEntries([...visit.url.searchParams].filter(([name]) => name in searchQuery.shape));
  const asked = searchQuery.safeParse(given);
  const found = asked.success ? await search(visit.ctx, { ...asked.data, limit: PAGE_PRODUCTS }) : undefined;
  const q = (visit.url.searchParams.get("q") ?? "").trim();
  const head = {
    title: q ? m.search_for({ query: q.slice(0, 60) }, visit.say) : m.search({}, visit.say),
    isPrivate: true,
    islands: ["search"],
    sheets: ["search"],
  };
  const hot = q === "" ? await suggest(visit.ctx, { q: "", limit: HOT_WORDS }) : undefined;
  const content = (shell: Shell) => (
    <div class="wrap search-page" data-searching={m.searching({}, visit.say)}>
      <SearchBox visit={visit} />
      {found?.ok ? (
        <Results
          visit={visit}
          shell={shell}
          answer={inLanguage(found.value, shell)}
          q={q}
          hot={hot?.ok ? hot.value.queries : []}
        />
      ) : (
        <Refused visit={visit} />
      )}
    </div>
  );
  return show(c, head, content, found?.ok ? 200 : 422);
}

/** The range form speaks of whole prices, in either order; the address of minor units. */
function typedPrices({ url, ctx }: Visit): string | undefined {
  const [from, to] = [url.searchParams.get("from"), url.searchParams.get("to")];
  if (from === null && to === null) return undefined;
  const minor = (text: string | null) => {
    const price = Number(text?.trim().replace(",", ".") || Number.NaN);
    return price >= 0 && price < 1e12 ? Math.round(price * 10 ** minorDigits(ctx.tenant.currency)) : undefined;
  };
  const [least, most] = [minor(from), minor(to)];
  const isTurned = least !== undefined && most !== undefined && least > most;
  const [min, max] = isTurned ? [most, least] : [least, most];
  return searchAddress(url, { price_min: min?.toString(), price_max: max?.toString() });
}

/** Collections are named in the shopper's language, as in the header. */
const inLanguage = (answer: SearchAnswer, { collections }: Shell): SearchAnswer => {
  const titles = new Map(collections.map((it) => [it.handle, it.title]));
  const named = answer.facets.collections.flatMap((it) => {
    const title = titles.get(it.value);
    return title === undefined ? [] : [{ ...it, title }];
  });
  return { ...answer, facets: { ...answer.facets, collections: named } };
};

interface ResultsProps {
  visit: Visit;
  shell: Shell;
  answer: SearchAnswer;
  q: string;
  hot: readonly string[];
}

function Results({ visit, shell, answer, q, hot }: ResultsProps) {
  const { say } = visit;
  return (
    <>
      <div class="search-head" data-search="head">
        <h1>{titleOf(visit, answer, q)}</h1>
        <p role="status" class="search-said">
          {answer.total > 0 && m.things({ count: answer.total }, say)}
          <Way visit={visit} answer={answer} />
        </p>
        <HotWords visit={visit} words={hot} />
      </div>
      <div class="search-layout">
        <button class="button button-quiet filters-open" type="button" popovertarget="filters">
          {m.filters({}, say)}
        </button>
        <aside class="filters" id="filters" popover="auto" aria-label={m.filters({}, say)}>
          <div class="filters-bar">
            <h2>{m.filters({}, say)}</h2>
            <button class="button" type="button" popovertarget="filters" popovertargetaction="hide">
              {m.show_results({}, say)}
            </button>
          </div>
          <div data-search="facets">
            <SearchFacets visit={visit} answer={answer} />
          </div>
        </aside>
        <section class="search-results" data-search="results" aria-label={m.search_results({}, say)}>
          <Toolbar visit={visit} answer={answer} />
          {answer.total > 0 ? (
            <SearchHits visit={visit} hits={answer.data} />
          ) : (
            <Nothing visit={visit} answer={answer} shell={shell} />
          )}
          <Pages visit={visit} next={answer.next_cursor} />
        </section>
      </div>
    </>
  );
}

function titleOf({ say }: Visit, { total }: SearchAnswer, query: string): string {
  if (query === "") return total > 0 ? m.search_all({}, say) : m.search_nothing_filtered({}, say);
  return total > 0 ? m.search_for({ query }, say) : m.search_nothing_for({ query }, say);
}

function Way({ visit: { say }, answer }: { visit: Visit; answer: SearchAnswer }) {
  if (answer.total === 0) return null;
  if (answer.way === "corrected")
    return <strong>{m.search_corrected({ query: answer.did_you_mean ?? "" }, say)}</strong>;
  return answer.way === "some" ? <strong>{m.search_some({}, say)}</strong> : null;
}

function HotWords({ visit, words }: { visit: Visit; words: readonly string[] }) {
  if (words.length === 0) return null;
  return (
    <div class="hot-words">
      <h2>{m.search_hot({}, visit.say)}</h2>
      <ul>
        {words.map((word) => (
          <li>
            <a href={searchAddress(new URL("/search", visit.url), { q: word })}>{word}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Toolbar({ visit, answer }: { visit: Visit; answer: SearchAnswer }) {
  const { say, url } = visit;
  const sort = url.searchParams.get("sort") ?? "relevance";
  return (
    <div class="search-tools">
      <ChosenFilters visit={visit} answer={answer} />
      {answer.total > 1 && (
        <nav class="sorts" aria-label={m.sort({}, say)}>
          <ul>
            {SORTS.map((it) => (
              <li>
                <a
                  href={searchAddress(url, { sort: it === "relevance" ? undefined : it })}
                  aria-current={it === sort ? "true" : undefined}
                  data-instant
                >
                  {sortWords(it, say)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  );
}

function sortWords(sort: (typeof SORTS)[number], say: Visit["say"]): string {
  switch (sort) {
    case "relevance":
      return m.sort_relevance({}, say);
    case "newest":
      return m.sort_newest({}, say);
    case "price_asc":
      return m.sort_cheapest({}, say);
    case "price_desc":
      return m.sort_dearest({}, say);
  }
}

/** What helps whoever found nothing: fewer conditions, what others looked for, the shelves themselves. */
function Nothing({ visit, answer, shell: { collections } }: { visit: Visit; answer: SearchAnswer; shell: Shell }) {
  const { say, url } = visit;
  const all = withoutFilters(url);
  return (
    <div class="search-nothing">
      <p>{m.search_nothing_text({}, say)}</p>
      {all !== searchAddress(url, { sort: url.searchParams.get("sort") ?? undefined }) && (
        <p>
          <a class="button" href={all} data-instant>
            {m.clear_filters({}, say)}
          </a>
        </p>
      )}
      <HotWords visit={visit} words={answer.popular} />
      {collections.length > 0 && (
        <div class="hot-words">
          <h2>{m.the_stalls({}, say)}</h2>
          <ul>
            {collections.map((it) => (
              <li>
                <a href={`/collections/${it.handle}`}>{it.title}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** Cursors only lead on; the browser's own way back works, and the first page is one step away. */
function Pages({ visit: { say, url }, next }: { visit: Visit; next: string | null }) {
  const isFirst = !url.searchParams.has("cursor");
  if (isFirst && next === null) return null;
  const first = searchAddress(url);
  return (
    <nav class="pager" aria-label={m.pages({}, say)}>
      {!isFirst && (
        <a class="button button-quiet" rel="prev" href={first} data-instant>
          {m.page_first({}, say)}
        </a>
      )}
      {next !== null && (
        <a
          class="button button-quiet"
          rel="next"
          href={`${first}${first.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(next)}`}
          data-instant
        >
          {m.page_next({}, say)}
        </a>
      )}
    </nav>
  );
}

const Refused = ({ visit: { say } }: { visit: Visit }) => (
  <div class="search-refused" data-search="results">
    <h1 class="unseen">{m.search({}, say)}</h1>
    <Notice kind="bad" isAnswer>
      <p class="notice-title">{m.search_refused({}, say)}</p>
      <p>
        <a href="/search">{m.search_afresh({}, say)}</a>
      </p>
    </Notice>
  </div>
);
