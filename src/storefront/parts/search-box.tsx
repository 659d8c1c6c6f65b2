import { QUERY_CHARACTERS_MAX } from "../../capabilities/selling/search/contract.ts";
import { m } from "../messages/compiled/messages.js";
import { filterParts } from "../search-address.ts";
import type { Visit } from "../visit.ts";

const Glass = () => (
  <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
    <circle cx="10.500" cy="10.500" r="6.500" />
    <path d="M15.500 15.500 21 21" />
  </svg>
);

/** In the header of every page but the search page: a field where there is room, elsewhere the way to it. */
export function HeaderSearch({ visit: { say, url, has } }: { visit: Visit }) {
  if (url.pathname === "/search" || !has("search")) return null;
  return (
    <search class="header-search">
      <a class="search-link" href="/search">
        <Glass />
        <span class="unseen">{m.search({}, say)}</span>
      </a>
      <form action="/search">
        <Glass />
        <input
          type="search"
          name="q"
          aria-label={m.search({}, say)}
          placeholder={m.search_in_shop({}, say)}
          maxlength={QUERY_CHARACTERS_MAX}
          autocomplete="off"
          enterkeyhint="search"
        />
      </form>
    </search>
  );
}

/** The search page's own field; what narrows the search stays when its words change. */
export function SearchBox({ visit: { say, url } }: { visit: Visit }) {
  const kept = [...filterParts, "sort" as const].flatMap((name) => {
    const value = url.searchParams.get(name);
    return value ? [{ name, value }] : [];
  });
  return (
    <search>
      <form class="search-box" action="/search" data-search-box>
        <div class="search-field">
          <Glass />
          <input
            type="search"
            name="q"
            value={url.searchParams.get("q") ?? ""}
            aria-label={m.search({}, say)}
            placeholder={m.search_in_shop({}, say)}
            maxlength={QUERY_CHARACTERS_MAX}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            enterkeyhint="search"
            autofocus={!url.searchParams.has("q") && url.searchParams.size === 0 ? true : undefined}
          />
          <button class="button" type="submit">
            {m.search_go({}, say)}
          </button>
        </div>
        <div data-search="kept" hidden>
          {kept.map(({ name, value }) => (
            <input type="hidden" name={name} value={value} />
          ))}
        </div>
      </form>
    </search>
  );
}
