import { chosenPictures, chosenProduct, offerProducts, readChosen } from "./kit/studio/choose-product.ts";
import { deletable } from "./kit/studio/deletable.ts";
import { PictureRow } from "./kit/studio/picture-row.ts";
import { callShop, isSignedIn, Refusal, staffKey } from "./kit/studio/shop-api.ts";
import { errorWords, part, words } from "./kit/studio/words.ts";

/** The studio's pictures: a key opens it, files come by choice, drop or paste, and leave two at a time. */
const AT_ONCE = 2;
const LATEST = 12;
/** More files than this at once are rather a mistake. */
const ROWS_MAX = 100;

let rows: PictureRow[] = [];
const queue: PictureRow[] = [];
let underWay = 0;

const around = {
  product: chosenProduct,
  changed: describeRows,
  queue: (row: PictureRow): void => {
    queue.push(row);
    void work();
  },
  published: (): void => {
    void showLatest();
    void readChosen(offerPlaces);
  },
};

async function work(): Promise<void> {
  while (underWay < AT_ONCE) {
    const row = queue.shift();
    if (!row) return;
    underWay++;
    void row.send().finally(() => {
      underWay--;
      void work();
    });
  }
}

function takeFiles(files: Iterable<File>): void {
  const taken = [...files].slice(0, ROWS_MAX - rows.length).map((file) => new PictureRow(file, around));
  for (const row of taken) row.offerPlaces(chosenPictures);
  rows.push(...taken);
  part("rows").append(...taken.map((it) => it.element));
  if (taken.length > 0) part("live").textContent = words.added.replace("#", String(taken.length));
  describeRows();
}

const offerPlaces = (): void => {
  for (const row of rows) if (row.state === "ready" || row.state === "failed") row.offerPlaces(chosenPictures);
};

function describeRows(): void {
  rows = rows.filter((it) => it.element.isConnected || it.state !== "done");
  const ready = rows.filter((it) => it.state === "ready").length;
  const done = rows.filter((it) => it.state === "done").length;
  const start = part<HTMLButtonElement>("start");
  part("send").hidden = rows.length === 0;
  start.hidden = ready === 0;
  start.textContent = words.upload.replace("#", String(ready));
  part("clear").hidden = done === 0;
  if (rows.length > 0 && ready === 0)
    part("live").textContent = words.summary.replace("#1", String(done)).replace("#2", String(rows.length));
}

async function showLatest(): Promise<void> {
  const { data } = await callShop<{ data: Parameters<typeof deletable>[0][] }>(`/media/pictures?limit=${LATEST}`);
  part("latest").replaceChildren(...data.map((it) => deletable(it, around.published)));
  part("latest").removeAttribute("aria-busy");
  part("waits").hidden = true;
  part("none").hidden = data.length > 0;
}

/** Opens the desk with the key that the tab holds, or shows the door. */
async function enter(): Promise<void> {
  const [door, desk, error] = [part("door"), part("desk"), part("door-error")];
  error.textContent = "";
  const enterButton = part<HTMLButtonElement>("enter");
  let isOpen = isSignedIn || staffKey.read() !== "";
  enterButton.disabled = isOpen;
  enterButton.ariaBusy = String(isOpen);
  try {
    if (isOpen) {
      await showLatest();
      await offerProducts(offerPlaces);
    }
  } catch (refusal) {
    const { code, message } = refusal instanceof Refusal ? refusal : new Refusal("network", String(refusal));
    error.textContent = errorWords(code, message);
    staffKey.forget();
    isOpen = false;
  }
  [door.hidden, desk.hidden] = [isOpen, !isOpen];
  enterButton.disabled = false;
  enterButton.ariaBusy = "false";
  if (error.textContent !== "") door.querySelector("input")?.focus();
}

part("door").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = part("door").querySelector("input");
  staffKey.keep(field?.value.trim() ?? "");
  void enter().then(() => {
    if (field && staffKey.read() !== "") field.value = "";
    if (staffKey.read() !== "") part("files").focus();
  });
});
part("leave").addEventListener("click", () => {
  staffKey.forget();
  location.reload();
});
part("start").addEventListener("click", () => {
  for (const row of rows) if (row.state === "ready") row.enqueue();
});
part("clear").addEventListener("click", () => {
  for (const row of [...rows]) if (row.state === "done") row.element.remove();
  describeRows();
  part("files").focus();
});

const input = part<HTMLInputElement>("files");
input.addEventListener("change", () => {
  takeFiles(input.files ?? []);
  input.value = "";
});

const isIn = (): boolean => !part("desk").hidden;
let depth = 0;
const lightUp = (by: number): void => {
  depth = Math.max(0, depth + by);
  part("drop").classList.toggle("is-over", depth > 0);
};
addEventListener("dragenter", () => lightUp(1));
addEventListener("dragleave", () => lightUp(-1));
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  depth = 0;
  lightUp(0);
  if (isIn()) takeFiles(event.dataTransfer?.files ?? []);
});
addEventListener("paste", (event) => {
  const files = event.clipboardData?.files;
  if (!isIn() || !files || files.length === 0) return;
  event.preventDefault();
  takeFiles(files);
});
addEventListener("beforeunload", (event) => {
  if (underWay > 0) event.preventDefault();
});

// Files that were chosen before this script ran.
takeFiles(input.files ?? []);
void enter();
