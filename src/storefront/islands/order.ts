import { swapRegions } from "./kit/swap.ts";

/** Looks after an order that is still moving, less and less often, and shows it anew when it changed. */
const FIRST_PAUSE_MS = 1_000;
const PAUSE_GROWTH = 1.4;
const PAUSE_MAX_MS = 15_000;
const LOOKS_MAX = 200;

const region = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-order]");
const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

async function follow(): Promise<void> {
  let wait = FIRST_PAUSE_MS;
  for (let looks = 0; looks < LOOKS_MAX && region()?.dataset["moving"] !== undefined; looks++) {
    await pause(wait);
    wait = document.hidden ? PAUSE_MAX_MS : Math.min(wait * PAUSE_GROWTH, PAUSE_MAX_MS);
    if (await hasChanged().catch(() => false)) {
      await show();
      wait = FIRST_PAUSE_MS;
    }
  }
}

async function hasChanged(): Promise<boolean> {
  const { order, version } = region()?.dataset ?? {};
  if (!order) return false;
  const answer = await fetch(order);
  if (!answer.ok) return false;
  const now: { version: number } = await answer.json();
  return String(now.version) !== version;
}

async function show(): Promise<void> {
  if (!(await swapRegions(location.href, "data-order"))) return;
  const story = document.querySelector("[data-story]");
  const live = document.querySelector<HTMLElement>("[data-live]");
  if (live) live.textContent = story?.textContent ?? "";
}

void follow();
