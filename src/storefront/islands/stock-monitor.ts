import { swapRegions } from "./kit/swap.ts";

/** Looks every second while somebody looks on; says aloud only what changed. */
const LOOK_MS = 1_000;

const title = (): string => document.querySelector("[data-watch-title]")?.textContent ?? "";
const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

async function follow(): Promise<void> {
  for (;;) {
    await pause(LOOK_MS);
    if (document.hidden) continue;
    const before = title();
    const isHere = await swapRegions(location.href, "data-monitor").catch(() => false);
    document.querySelector("[data-monitor=state]")?.classList.toggle("watch-away", !isHere);
    const live = document.querySelector<HTMLElement>("[data-live]");
    if (live && title() !== before) live.textContent = title();
  }
}

void follow();
