/** The quantity offered is what one buyer may have of the SKU that is chosen in a sale's form. */
export function limitQuantity(): void {
  const choice = document.querySelector<HTMLInputElement>("input[name=sku]:checked");
  const quantity = document.querySelector<HTMLSelectElement>("select[name=quantity]");
  const limit = Number(choice?.dataset["limit"] ?? 0);
  if (!quantity || limit < 1) return;
  for (const option of quantity.options) {
    option.disabled = Number(option.value) > limit;
    option.hidden = option.disabled;
  }
  if (Number(quantity.value) > limit) quantity.value = String(limit);
}
