import { swapRegions } from "./kit/swap.ts";

/** The product page without reloads: another variant takes its regions from its own page, the form adds to the cart in place. */
const say = document.querySelector<HTMLElement>("[data-added]");
let latest = 0;

async function choose(link: HTMLAnchorElement): Promise<void> {
  const turn = ++latest;
  const { href, id } = link;
  document.body.classList.add("is-choosing");
  try {
    if (!(await swapRegions(href, "data-swap", () => turn === latest))) return location.assign(href);
    if (turn !== latest) return;
    history.replaceState(null, "", href);
    document.getElementById(id)?.focus({ preventScroll: true });
    if (say)
      say.textContent = [...document.querySelectorAll(".product-buy .choice p, .price-now, .stock")]
        .map((it) => it.textContent)
        .join(". ");
    say?.classList.add("is-quiet");
  } catch {
    location.assign(href);
  } finally {
    document.body.classList.remove("is-choosing");
  }
}

interface Added {
  ok: boolean;
  message: string;
  carried?: number;
}

async function add(form: HTMLFormElement): Promise<void> {
  const button = form.querySelector("button");
  button?.setAttribute("aria-busy", "true");
  try {
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
    const added: Added = await answer.json();
    tell(added);
  } catch {
    form.submit();
  } finally {
    button?.removeAttribute("aria-busy");
  }
}

function tell({ ok, message, carried }: Added): void {
  if (!say) return;
  say.classList.remove("is-quiet");
  say.classList.toggle("is-bad", !ok);
  say.textContent = message;
  if (!ok) return;
  const link = document.createElement("a");
  link.href = "/cart";
  link.textContent = say.dataset["viewCart"] ?? "";
  say.append(" ", link);
  const count = document.querySelector<HTMLElement>("[data-cart-count]");
  if (!count || carried === undefined) return;
  count.hidden = carried === 0;
  count.textContent = String(carried);
  count.removeAttribute("aria-label");
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-variant]") : null;
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  void choose(link);
});

document.addEventListener("submit", (event) => {
  if (!(event.target instanceof HTMLFormElement) || !event.target.matches("[data-buy]")) return;
  event.preventDefault();
  void add(event.target);
});
