/** Elements that a description may use; every other tag is dropped and its text kept. */
const ALLOWED = new Set("p br ul ol li strong em b i h2 h3 h4 a table thead tbody tfoot tr th td caption".split(" "));
/** Elements whose content is no text for readers: it goes with them. */
const DROPPED = new Set(
  "script style iframe object embed template noscript noembed noframes textarea title select svg math xmp plaintext audio video head".split(
    " ",
  ),
);
/** What a new element of the left kind closes, as browsers do (HTML 13.1.2.4, optional tags). */
const CLOSES: { [tag: string]: readonly string[] } = {
  li: ["p", "li"],
  p: ["p"],
  ul: ["p"],
  ol: ["p"],
  table: ["p"],
  h2: ["p"],
  h3: ["p"],
  h4: ["p"],
  tr: ["td", "th", "tr"],
  td: ["td", "th"],
  th: ["td", "th"],
};
const VOID = new Set(["br"]);
/** HTML of one description; what is longer is cut, and what is open then is closed. */
const OUTPUT_CHARACTERS_MAX = 200_000;

/**
 * Untrusted HTML (imported catalogues) as safe HTML. The parser only reports tags and text; the answer is written anew from the
 * allow-list, every element closed, all text escaped, so nothing of the source reaches the page unread.
 */
export async function sanitiseHtml(html: string): Promise<string> {
  if (html.trim() === "") return "";
  const writer = new SafeWriter();
  const rewriter = new HTMLRewriter().on("*", { element: (element) => writer.open(element) }).onDocument({
    text: ({ text }) => writer.text(text),
  });
  await rewriter
    .transform(new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } }))
    .arrayBuffer();
  return writer.finish();
}

class SafeWriter {
  private out = "";
  private readonly stack: string[] = [];
  private dropping = 0;

  open(element: Element): void {
    const tag = element.tagName.toLowerCase();
    if (DROPPED.has(tag)) {
      this.dropping++;
      // A dropped element that is never closed drops the rest: the cautious reading.
      this.onEnd(element, () => this.dropping--);
      return;
    }
    if (this.dropping > 0 || !ALLOWED.has(tag) || this.out.length > OUTPUT_CHARACTERS_MAX) return;
    this.closeImplied(tag);
    this.out += tag === "a" ? linkTag(element.getAttribute("href")) : `<${tag}>`;
    if (VOID.has(tag)) return;
    this.stack.push(tag);
    this.onEnd(element, () => this.close(tag));
  }

  text(raw: string): void {
    if (this.dropping > 0 || this.out.length > OUTPUT_CHARACTERS_MAX) return;
    this.out += raw.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  }

  finish(): string {
    while (this.stack.length > 0) this.out += `</${this.stack.pop()}>`;
    return this.out.trim();
  }

  /** Void elements have no end tag to wait for, and asking for one throws. */
  private onEnd(element: Element, act: () => void): void {
    try {
      element.onEndTag(act);
    } catch {
      act();
    }
  }

  private closeImplied(tag: string): void {
    const implied = CLOSES[tag] ?? [];
    for (let top = this.stack.at(-1); top !== undefined && implied.includes(top); top = this.stack.at(-1))
      this.close(top);
  }

  private close(tag: string): void {
    if (!this.stack.includes(tag)) return;
    let top: string | undefined;
    do {
      top = this.stack.pop();
      this.out += `</${top}>`;
    } while (top !== tag);
  }
}

/** Only web and mail addresses are linked; search engines and the target learn nothing of the shopper. */
function linkTag(href: string | null): string {
  const address = href?.replaceAll("&amp;", "&").trim() ?? "";
  if (!/^(https?:\/\/|mailto:)[^\s"'<>`\\]+$/i.test(address)) return "<a>";
  return `<a href="${address.replaceAll("&", "&amp;")}" rel="nofollow noopener noreferrer">`;
}
