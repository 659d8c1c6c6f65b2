import type { Answer } from "./api.ts";
import { refusalFlaws } from "./attack.ts";

/** Headers that every page and every refusal of one must carry. */
export function pageFlaws({ status, headers, text, body }: Answer): string[] {
  const policy = headers.get("content-security-policy") ?? "";
  const flaws = [
    ...(policy.includes("default-src 'none'") && !policy.includes("unsafe") ? [] : [`has the policy ${policy}`]),
  ];
  for (const [name, value] of Object.entries({
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
  }))
    if (headers.get(name) !== value) flaws.push(`${name} is ${headers.get(name)}`);
  if (!headers.has("x-request-id") || !headers.has("strict-transport-security"))
    flaws.push("lacks its request id or its transport policy");
  if (body !== undefined && status >= 400)
    flaws.push(...refusalFlaws({ status, headers, text, body }).filter((it) => it.includes("inside")));
  return flaws;
}

/** What a browser would run, load from elsewhere or send elsewhere. */
export async function activeParts({ text, headers }: Answer): Promise<string[]> {
  const flaws: string[] = [];
  const nonce = /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1];
  let script = "";
  await new HTMLRewriter()
    .on("*", {
      element(element) {
        for (const [name = "", value = ""] of element.attributes) {
          if (/^on|^srcdoc$|^style$/i.test(name)) flaws.push(`has <${element.tagName} ${name}="${value}">`);
          if (
            /^(href|src|action|formaction|content)$/i.test(name) &&
            /^\s*(java\s*script|data:text|vbscript)/i.test(value)
          )
            flaws.push(`has ${name}="${value}"`);
        }
        if (["iframe", "object", "embed", "base", "math"].includes(element.tagName))
          flaws.push(`has <${element.tagName}>`);
        if (element.tagName === "form" && /^[a-z]+:|^\/\//i.test(element.getAttribute("action") ?? ""))
          flaws.push("sends a form elsewhere");
        // A page without scripts may ask for itself again, and for nothing else.
        const isOwnRefresh =
          element.getAttribute("http-equiv") === "refresh" && /^\d+$/.test(element.getAttribute("content") ?? "");
        if (element.tagName === "meta" && element.hasAttribute("http-equiv") && !isOwnRefresh)
          flaws.push("has a meta that is a header");
      },
    })
    .on("script", {
      element(element) {
        const isData = element.getAttribute("type") === "application/ld+json";
        if (element.getAttribute("nonce") !== nonce && !/^\/build\//.test(element.getAttribute("src") ?? ""))
          flaws.push("has a script without the nonce");
        element.onEndTag(() => {
          if (isData) JSON.parse(script);
          else if (script.includes("xss")) flaws.push(`runs ${script.slice(0, 80)}`);
          script = "";
        });
      },
      text: (part) => {
        script += part.text;
      },
    })
    .transform(new Response(text, { headers: { "content-type": "text/html" } }))
    .text();
  return flaws;
}
