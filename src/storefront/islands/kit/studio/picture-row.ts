import { drawPreview } from "./draw-preview.ts";
import { flawOf, type Published, type Step, sendPicture } from "./send-picture.ts";
import { callShop, Refusal } from "./shop-api.ts";
import { errorWords, part, words } from "./words.ts";

type State = "ready" | "waiting" | "working" | "done" | "failed";

const ASK_MS = 1_000;
const ASKS_MAX = 120;

interface Around {
  /** The handle of the chosen product, or empty. */
  product: () => string;
  /** A row changed its state or went. */
  changed: () => void;
  /** Wants to be sent, now or as soon as others are done. */
  queue: (row: PictureRow) => void;
  published: (published: Published) => void;
}

/** One chosen file on the page: its preview, its words, its way to the shop and what became of it. */
export class PictureRow {
  readonly element: HTMLElement;
  state: State = "ready";
  private stop = new AbortController();

  constructor(
    private readonly file: File,
    private readonly around: Around,
  ) {
    const copy = part<HTMLTemplateElement>("row").content.cloneNode(true);
    const element = copy instanceof DocumentFragment ? copy.firstElementChild : null;
    if (!(element instanceof HTMLElement)) throw new Error("the row's template is empty");
    this.element = element;
    this.find("[data-name]").textContent = file.name;
    this.find("[data-facts]").textContent = sizeOf(file);
    this.find("[data-retry]").addEventListener("click", () => this.enqueue());
    this.find("[data-cancel]").addEventListener("click", () => this.cancel());
    this.find("[data-remove]").addEventListener("click", () => this.remove());
    void drawPreview(file, this.find<HTMLCanvasElement>("canvas"));
    const flaw = flawOf(file);
    if (flaw) this.fail(flaw, "");
    else this.show("ready", words.ready);
  }

  /** Offers the product's pictures as places to take. */
  offerPlaces(pictures: readonly { src: string; alt: string }[]): void {
    const select = this.find<HTMLSelectElement>("select");
    const options = pictures.map(({ src, alt }, i) =>
      option(src, `${words.place_of.replace("#", String(i + 1))}${alt ? ` (${alt})` : ""}`),
    );
    const chosen = select.value;
    select.replaceChildren(option("", words.place_last), ...options);
    if (pictures.some((it) => it.src === chosen)) select.value = chosen;
    this.find("[data-place]").hidden = pictures.length === 0;
  }

  enqueue(): void {
    this.stop = new AbortController();
    this.show("waiting", words.waiting);
    this.around.queue(this);
  }

  /** Sends the file and tells how it goes; never throws. */
  async send(): Promise<void> {
    if (this.state !== "waiting") return;
    const wanted = {
      file: this.file,
      alt: this.find<HTMLInputElement>("[data-alt] input").value.trim(),
      product: this.around.product(),
      replaces: this.find<HTMLSelectElement>("select").value,
    };
    try {
      const published = await sendPicture(wanted, this.stop.signal, (step, percent) => this.step(step, percent));
      this.show("done", words.published);
      this.around.published(published);
      void this.follow(published.task.id);
    } catch (error) {
      if (this.stop.signal.aborted) this.show("failed", words.cancelled);
      else if (error instanceof Refusal) this.fail(error.code, error.message);
      else this.fail("network", String(error));
    }
  }

  remove(): void {
    this.stop.abort();
    const next = this.element.nextElementSibling ?? this.element.previousElementSibling;
    const focus = next?.querySelector<HTMLElement>("[data-remove]") ?? part("files");
    this.element.remove();
    this.state = "done";
    this.around.changed();
    focus.focus();
  }

  private cancel(): void {
    this.stop.abort(new DOMException("cancelled", "AbortError"));
    if (this.state === "waiting") this.show("failed", words.cancelled);
    this.find("[data-retry]").focus();
  }

  /** Until old pages are out of the caches. */
  private async follow(task: string): Promise<void> {
    for (let asks = 0; asks < ASKS_MAX; asks++) {
      const { status } = await callShop<{ status: string }>(`/media/tasks/${task}`).catch(() => ({ status: "" }));
      if (status === "done") return this.show("done", words.refreshed);
      if (status === "failed") return;
      await new Promise((resume) => setTimeout(resume, ASK_MS));
    }
  }

  private step(step: Step, percent: number): void {
    this.show("working", step === "sending" ? words.sending.replace("#", String(percent)) : words[step]);
    this.find<HTMLProgressElement>("progress").value = step === "hashing" ? 0 : percent;
  }

  private fail(code: string, detail: string): void {
    this.show("failed", errorWords(code, detail));
    const isFinal = flawOf(this.file) !== undefined;
    this.find("[data-retry]").hidden = isFinal;
    this.element.toggleAttribute("data-final", isFinal);
  }

  private show(state: State, text: string): void {
    this.state = state;
    this.element.dataset["state"] = state;
    this.find("[data-status]").textContent = text;
    const isUnderWay = state === "working" || state === "waiting";
    this.find("progress").hidden = state !== "working";
    this.find("[data-retry]").hidden = state !== "failed";
    this.find("[data-cancel]").hidden = !isUnderWay;
    this.find("[data-remove]").hidden = isUnderWay;
    for (const field of this.element.querySelectorAll<HTMLInputElement | HTMLSelectElement>("input, select"))
      field.disabled = isUnderWay || state === "done";
    this.around.changed();
  }

  private find<Found extends HTMLElement>(selector: string): Found {
    const found = this.element.querySelector<Found>(selector);
    if (!found) throw new Error(`the row has no ${selector}`);
    return found;
  }
}

function option(value: string, text: string): HTMLOptionElement {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = text;
  return made;
}

/** In the page's language: `245 kB`. */
function sizeOf({ size }: File): string {
  const isLarge = size >= 1_000_000;
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit",
    unit: isLarge ? "megabyte" : "kilobyte",
    maximumFractionDigits: isLarge ? 1 : 0,
  }).format(isLarge ? size / 1_000_000 : Math.ceil(size / 1_000));
}
