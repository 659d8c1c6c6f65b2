import { learnTime, learnTimeOfPage, serverNow } from "./kit/clock.ts";
import { limitQuantity } from "./kit/limit-quantity.ts";
import { type Live, watch } from "./kit/live.ts";
import { swapRegions } from "./kit/swap.ts";

/** A sale and its waiting room as they happen: the countdown by the server's clock, what is left, the place in the line. */
const root = document.querySelector<HTMLElement>("[data-sale]");
const data: DOMStringMap = root?.dataset ?? {};
const words: { [name: string]: string } = JSON.parse(data["words"] ?? "{}");
const language = document.documentElement.lang;
const count = new Intl.NumberFormat(language);

/** Everybody's clock strikes at once, so pages are asked for again over this time. */
const SPREAD_MS = 2_000;
/** Shares of what was there, and people ahead, at which those who listen are told. */
const SHARES_SAID = [0.5, 0.1, 0];
const AHEAD_SAID = [100, 50, 10, 3, 1];

const all = (selector: string) => document.querySelectorAll<HTMLElement>(selector);
const fill = (sentence: string | undefined, gaps: { [name: string]: string }): string =>
  (sentence ?? "").replace(/\{(\w+)\}/g, (_, name: string) => gaps[name] ?? "");
const two = (value: number): string => String(value).padStart(2, "0");

function say(text: string | undefined): void {
  for (const it of all("[data-say]")) it.textContent = text ?? "";
}

async function refresh(): Promise<void> {
  await swapRegions(location.href, "data-region").catch(() => false);
  dress();
}

/** Times of the page in the shopper's own zone. */
function dress(): void {
  const form: Intl.DateTimeFormatOptions = { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" };
  for (const it of document.querySelectorAll<HTMLTimeElement>("[data-local-time]")) {
    const at = new Date(it.dateTime);
    // The zone comes last; by itself Chinese would have it amid the time.
    const zone = new Intl.DateTimeFormat(language, { ...form, timeZoneName: "short" })
      .formatToParts(at)
      .find(({ type }) => type === "timeZoneName");
    it.textContent = `${new Intl.DateTimeFormat(language, form).format(at)} ${zone?.value ?? ""}`;
  }
  limitQuantity();
  showButtons();
}

function showButtons(left = 0): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-press]")) {
    button.dataset["label"] ??= button.textContent ?? "";
    button.disabled = data["state"] !== "live";
    if (!button.classList.contains("button")) continue;
    const time = `${two(Math.floor(left / 3_600))}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
    const label = data["state"] === "before" ? fill(words["opens"], { time }) : words["soldOut"];
    button.textContent = (button.disabled ? label : button.dataset["label"]) ?? "";
  }
}

function tick(): void {
  const now = serverNow();
  for (const clock of all("[data-until]")) {
    const left = Math.max(0, Math.ceil((Date.parse(clock.dataset["until"] ?? "") - now) / 1_000));
    showClock(clock, left);
    if (data["state"] === "before") strike(left);
  }
  setTimeout(tick, 1_000 - (now % 1_000) + 10);
}

function showClock(clock: HTMLElement, left: number): void {
  const parts: { [name: string]: number } = {
    d: Math.floor(left / 86_400),
    h: Math.floor(left / 3_600) % 24,
    m: Math.floor(left / 60) % 60,
    s: left % 60,
  };
  for (const part of clock.querySelectorAll<HTMLElement>("[data-part]")) {
    const text = two(parts[part.dataset["part"] ?? ""] ?? 0);
    if (part.textContent !== text) part.textContent = text;
  }
}

function strike(left: number): void {
  if (left === 60) say(words["sayMinute"]);
  if (left === 10) say(words["sayTen"]);
  showButtons(left);
  if (left === 0) turn("live");
}

function turn(state: string): void {
  data["state"] = state;
  showButtons();
  if (state === "live") say(words["sayOpen"]);
  if (state === "sold_out") say(words["soldOut"]);
  setTimeout(() => void refresh(), Math.random() * SPREAD_MS);
  if (data["entry"]) setTimeout(() => void lookAtRoom(), Math.random() * SPREAD_MS);
}

/** Shows what is left of a sale or of one of its SKUs, and answers it as it is written. */
function showLeft(
  where: string,
  bars: string,
  { remaining, quantity }: { remaining: number; quantity: number },
): string {
  const left = count.format(Math.max(0, remaining));
  for (const it of all(where)) it.textContent = fill(words["left"], { left, quantity: count.format(quantity) });
  for (const bar of document.querySelectorAll<HTMLProgressElement>(bars)) {
    bar.max = quantity;
    bar.value = Math.max(0, remaining);
  }
  return left;
}

const choiceOf = (sku: string) =>
  document.querySelector<HTMLInputElement>(`input[name=sku][value="${CSS.escape(sku)}"]`);

let saidShare = 1;
function hear(live: Live): void {
  learnTime(live.server_time);
  // Our own clock strikes a moment before or after the server's word: it never goes back to "before".
  if (live.state !== data["state"] && live.state !== "before") turn(live.state);
  const left = showLeft("[data-left-all]", "[data-left-all-bar]", live);
  for (const it of live.items) {
    const card = `[data-item="${CSS.escape(it.sku)}"]`;
    showLeft(`${card} [data-left]`, `${card} progress`, it);
    for (const shown of all(card)) shown.toggleAttribute("data-gone", it.remaining <= 0);
    const choice = choiceOf(it.sku);
    if (choice) choice.disabled = !choice.checked && live.state === "live" && it.remaining <= 0;
  }
  const share = live.remaining / live.quantity;
  const crossed = SHARES_SAID.find((it) => share <= it && saidShare > it && share > 0);
  if (crossed !== undefined) say(fill(words["sayLeft"], { left }));
  saidShare = share;
  if (live.serving !== null) moveLine(live.serving);
}

let saidAhead = Number.POSITIVE_INFINITY;
function moveLine(serving: number): void {
  for (const line of all("[data-place]")) {
    const place = Number(line.dataset["place"]);
    const ahead = Math.max(0, place - serving - 1);
    for (const it of line.querySelectorAll("[data-ahead]")) it.textContent = count.format(ahead);
    for (const bar of line.querySelectorAll("progress")) bar.value = Math.min(serving, place);
    const minutes = Math.ceil(ahead / Number(line.dataset["rate"]) / 60);
    const wait = new Intl.NumberFormat(language, { style: "unit", unit: "minute", unitDisplay: "long" });
    for (const it of line.querySelectorAll("[data-wait]"))
      it.textContent = minutes <= 1 ? (words["waitSoon"] ?? "") : wait.format(minutes);
    const crossed = AHEAD_SAID.find((it) => ahead <= it && saidAhead > it);
    if (crossed !== undefined) say(fill(words["sayAhead"], { count: count.format(ahead) }));
    saidAhead = ahead;
    if (serving >= place) void lookAtRoom();
  }
}

let isLooking = false;
/** Asks where this browser stands; whose turn it is goes on to the sale. */
async function lookAtRoom(): Promise<void> {
  if (isLooking) return;
  isLooking = true;
  try {
    const answer = await fetch(location.pathname, { headers: { accept: "application/json" } });
    const { state, place }: { state: string; place: number | null } = await answer.json();
    if (state === "admitted") return location.assign(location.pathname.replace(/\/room$/, ""));
    const hasPlace = document.querySelector("[data-place]") !== null;
    if (state !== data["entry"] || (place !== null) !== hasPlace) await refresh();
    data["entry"] = state;
  } finally {
    isLooking = false;
  }
}

async function followRoom(): Promise<void> {
  for (;;) {
    await new Promise((resume) => setTimeout(resume, (Number(data["poll"]) || 5) * 1_000));
    await lookAtRoom().catch(() => undefined);
  }
}

// Chosen in the form as it is: what was filled in stays.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-choose]") : null;
  const choice = link && choiceOf(link.dataset["choose"] ?? "");
  if (!choice) return;
  event.preventDefault();
  choice.disabled = false;
  choice.checked = true;
  choice.dispatchEvent(new Event("input", { bubbles: true }));
  document.getElementById("take-part")?.scrollIntoView();
  choice.focus({ preventScroll: true });
});

document.addEventListener("input", limitQuantity);

// What somebody has begun to fill in is never replaced.
document.addEventListener("input", (event) => {
  if (event.target instanceof Element) event.target.closest("[data-region=action]")?.removeAttribute("data-region");
});

if (root) {
  learnTimeOfPage(data["serverTime"]);
  dress();
  tick();
  const isOver = data["state"] === "ended" || data["state"] === "cancelled";
  if (data["sale"] && !isOver && data["live"] === "on") watch(data["sale"], hear);
  if (data["entry"] === "waiting" || data["entry"] === "sold_out") void followRoom();
}
