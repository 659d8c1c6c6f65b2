/** The parts of an address are called as in the chosen country, and the order is sent once. */
const fields = document.querySelector<HTMLElement>("[data-labels]");
const country = document.querySelector<HTMLSelectElement>("[data-country]");
const labels: { [country: string]: { [field: string]: string } } = JSON.parse(fields?.dataset["labels"] ?? "{}");

country?.addEventListener("change", () => {
  for (const [field, words] of Object.entries(labels[country.value] ?? {})) {
    const label = document.querySelector(`[data-label="${field}"]`);
    if (label) label.textContent = words;
  }
});

const form = document.querySelector<HTMLFormElement>("[data-checkout]");
const send = form?.querySelector("button[type=submit]");
form?.addEventListener("submit", (event) => {
  if (send?.getAttribute("aria-busy") === "true") event.preventDefault();
  send?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", () => send?.removeAttribute("aria-busy"));
