import { swapRegions } from "./kit/swap.ts";

/** The search page without reloads: results follow what is typed and chosen, and the address follows them. */
const PAUSE_MS = 180;

const box = document.querySelector<HTMLFormElement>("[data-search-box]");
const input = box?.querySelector<HTMLInputElement>("input[name=q]");
let latest = 0;
let pending: AbortController | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Typing goes on in one entry of the history; choosing makes a new one. */
let isTyping = false;

async function show(address: string, how: "push" | "replace" | "none"): Promise<void> {
  const turn = ++latest;
  clearTimeout(timer);
  pending?.abort();
  pending = new AbortController();
  document.body.classList.add("is-searching");
  try {
    const done = await swapRegions(address, "data-search", () => turn === latest, pending.signal);
    if (turn !== latest) return;
    if (!done) return location.assign(address);
    if (how !== "none") history[how === "push" ? "pushState" : "replaceState"](null, "", address);
  } catch {
    if (turn === latest) location.assign(address);
  } finally {
    if (turn === latest) document.body.classList.remove("is-searching");
  }
}

function addressOf(form: HTMLFormElement): string {
  const filled = [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]);
  const query = new URLSearchParams(filled.filter(([, value]) => value !== ""));
  return query.size > 0 ? `/search?${query}` : "/search";
}

function follow(form: HTMLFormElement, how: "push" | "replace"): void {
  const address = addressOf(form);
  if (address !== location.pathname + location.search || pending) void show(address, how);
}

input?.addEventListener("input", (event) => {
  // Half-typed pinyin is not a query yet.
  if (event instanceof InputEvent && event.isComposing) return;
  clearTimeout(timer);
  timer = setTimeout(() => typed(), PAUSE_MS);
});
input?.addEventListener("compositionend", () => typed());

function typed(): void {
  if (!box) return;
  follow(box, isTyping ? "replace" : "push");
  isTyping = true;
}

box?.addEventListener("submit", (event) => {
  event.preventDefault();
  follow(box, isTyping ? "replace" : "push");
  isTyping = false;
  if (matchMedia("(pointer: coarse)").matches) input?.blur();
});

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-instant]") : null;
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  isTyping = false;
  const label = link.querySelector(".choice-words")?.textContent;
  const isPage = link.rel === "next" || link.rel === "prev";
  void show(link.pathname + link.search, "push").then(() => {
    if (isPage) document.querySelector("[data-search=head]")?.scrollIntoView();
    refocus(label);
  });
});

/** The link that was followed is another element now; who came by keyboard goes on where they were. */
function refocus(label: string | null | undefined): void {
  const same = [...document.querySelectorAll<HTMLAnchorElement>("a.choice-link")].find(
    (it) => label && it.querySelector(".choice-words")?.textContent === label,
  );
  (same ?? document.querySelector<HTMLElement>("#main"))?.focus({ preventScroll: true });
}

addEventListener("popstate", () => {
  isTyping = false;
  if (input) input.value = new URLSearchParams(location.search).get("q") ?? "";
  void show(location.pathname + location.search, "none");
});
