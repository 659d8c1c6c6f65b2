import type { Letter } from "../contract.ts";

/** What a mail program is given. */
export interface RenderedLetter {
  subject: string;
  text: string;
  html: string;
}

const COLONS = { en: ":", "zh-CN": "：" };
const SUBJECT_CHARACTERS_MAX = 200;

/** A letter as plain text and as HTML that says the same, signed by the shop. Everything in it is text: nothing is markup. */
export function renderLetter(letter: Letter, shop: string): RenderedLetter {
  const { locale, paragraphs, link, notes = [] } = letter;
  const subject = oneLine(letter.subject).slice(0, SUBJECT_CHARACTERS_MAX);
  const text = [
    ...paragraphs,
    ...(link ? [`${link.words}${COLONS[locale]}\n${link.href}`] : []),
    ...notes,
    `-- \n${shop}`,
  ].join("\n\n");
  const html = `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px 16px;font:16px/1.6 -apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei',sans-serif">
<div style="max-width:34em;margin:0 auto">
${paragraphs.map((it) => `<p style="margin:0 0 16px">${escaped(it)}</p>`).join("\n")}
${link ? button(link) : ""}
${notes.map((it) => `<p style="margin:0 0 12px;font-size:14px;opacity:.75">${escaped(it)}</p>`).join("\n")}
<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #8888;font-size:14px">${escaped(shop)}</p>
</div></body></html>
`;
  return { subject, text: `${text}\n`, html };
}

const button = ({ words, href }: { words: string; href: string }): string =>
  `<p style="margin:24px 0"><a href="${escaped(href)}" style="display:inline-block;padding:12px 20px;border-radius:6px;` +
  `background:#a8452c;color:#fff;text-decoration:none">${escaped(words)}</a></p>\n` +
  `<p style="margin:0 0 16px;font-size:13px;word-break:break-all;opacity:.75">${escaped(href)}</p>`;

const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (it) => ESCAPES[it] ?? it);
