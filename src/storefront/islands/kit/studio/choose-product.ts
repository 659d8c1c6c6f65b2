import { callShop } from "./shop-api.ts";
import { errorWords, part, studio, words } from "./words.ts";

interface Shown {
  src: string;
  alt: string;
  width?: number;
  height?: number;
}

const SUGGESTED = 100;
const field = studio?.querySelector<HTMLInputElement>("#product");

/** The chosen product's handle, or empty. */
export const chosenProduct = (): string => field?.value.trim() ?? "";

/** The chosen product's pictures, as far as they were read. */
export let chosenPictures: readonly Shown[] = [];

/** Offers the newest products, and shows the pictures of the one that is chosen; `tell` is called when they are read. */
export async function offerProducts(tell: () => void): Promise<void> {
  field?.addEventListener("change", () => void readChosen(tell));
  const { data } = await callShop<{ data: { handle: string; title: string }[] }>(`/products?limit=${SUGGESTED}`);
  const options = data.map(({ handle, title }) => {
    const made = document.createElement("option");
    made.value = handle;
    made.label = title;
    return made;
  });
  studio?.querySelector("#products")?.replaceChildren(...options);
  await readChosen(tell);
}

/** Reads the chosen product's pictures again. */
export async function readChosen(tell: () => void): Promise<void> {
  const handle = chosenProduct();
  const list = part("shown");
  const error = part("product-error");
  chosenPictures = [];
  error.textContent = "";
  try {
    if (handle) {
      const { images } = await callShop<{ images: Shown[] }>(`/products/${encodeURIComponent(handle)}`);
      chosenPictures = images;
    }
    list.replaceChildren(...chosenPictures.map(pictured));
    if (handle && chosenPictures.length === 0) list.textContent = words.no_product_pictures;
  } catch {
    list.replaceChildren();
    error.textContent = errorWords("unknown_product", "");
  }
  field?.toggleAttribute("aria-invalid", error.textContent !== "");
  tell();
}

/** A small picture in a list. */
export function pictured({ src, alt, width }: Shown): HTMLLIElement {
  const item = document.createElement("li");
  const image = document.createElement("img");
  image.src = src.startsWith("/media/") && (width ?? 0) > 320 && !src.endsWith(".gif") ? `${src}?w=320` : src;
  image.alt = alt;
  image.width = 96;
  image.height = 96;
  image.loading = "lazy";
  if (!src.startsWith("/")) image.referrerPolicy = "no-referrer";
  item.append(image);
  return item;
}
