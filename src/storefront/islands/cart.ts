/** A changed quantity counts at once; the button for it is only needed without scripts. */
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-quantity]")) {
  form.classList.add("is-automatic");
  form.addEventListener("change", () => form.requestSubmit());
}
