import { pictured } from "./choose-product.ts";
import { deleteFromShop, Refusal } from "./shop-api.ts";
import { errorWords, part, words } from "./words.ts";

interface Deletable {
  id: string;
  src: string;
  filename: string;
  width: number;
}

/** A small picture with a button that deletes it once that is confirmed; `gone` is called when it is. */
export function deletable({ id, src, filename, width }: Deletable, gone: () => void): HTMLLIElement {
  const item = pictured({ src, alt: filename, width });
  const open = button("×", () => ask());
  open.className = "studio-delete";
  open.setAttribute("aria-label", words.delete.replace("#", filename));
  const sure = document.createElement("div");
  sure.className = "studio-sure";
  sure.hidden = true;
  const text = document.createElement("span");
  text.textContent = words.delete_sure;
  const yes = button(words.delete_yes, () => void remove());
  const no = button(words.delete_no, () => keep());
  sure.append(text, yes, no);
  item.append(open, sure);

  function ask(): void {
    [open.hidden, sure.hidden] = [true, false];
    no.focus();
  }

  function keep(): void {
    [open.hidden, sure.hidden] = [false, true];
    open.focus();
  }

  async function remove(): Promise<void> {
    yes.disabled = true;
    try {
      await deleteFromShop(`/media/pictures/${id}`);
      part("live").textContent = words.deleted.replace("#", filename);
      part("files").focus();
      gone();
    } catch (error) {
      yes.disabled = false;
      text.textContent = error instanceof Refusal ? errorWords(error.code, error.message) : String(error);
    }
  }

  return item;
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}
