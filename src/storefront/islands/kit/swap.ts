/**
 * Fetches a page and puts its regions (the elements with the attribute `name`, by its value) in the place of ours, if that
 * `isWanted` still. Regions that are the same stay, and with them what is selected or focused. Answers whether the page was there.
 */
export async function swapRegions(
  address: string,
  name: string,
  isWanted = () => true,
  signal?: AbortSignal,
): Promise<boolean> {
  const answer = await fetch(address, { headers: { accept: "text/html" }, signal: signal ?? null });
  if (!answer.ok) return false;
  const text = await answer.text();
  if (!isWanted()) return true;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const old of document.querySelectorAll<HTMLElement>(`[${name}]`)) {
    const next = fresh.querySelector(`[${name}="${CSS.escape(old.getAttribute(name) ?? "")}"]`);
    if (next && !next.isEqualNode(old)) old.replaceWith(document.adoptNode(next));
  }
  return true;
}
