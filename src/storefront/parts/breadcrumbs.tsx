import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";

export interface Crumb {
  title: string;
  path: string;
}

/** The way here from the front page; the last crumb is the page itself. */
export function Breadcrumbs({ visit, crumbs }: { visit: Visit; crumbs: readonly Crumb[] }) {
  return (
    <nav class="crumbs" aria-label={m.breadcrumbs({}, visit.say)}>
      <ol>
        <li>
          <a href="/">{m.home({}, visit.say)}</a>
        </li>
        {crumbs.map(({ title, path }, i) => (
          <li>{i === crumbs.length - 1 ? <span aria-current="page">{title}</span> : <a href={path}>{title}</a>}</li>
        ))}
      </ol>
    </nav>
  );
}

/** The same way for search engines (schema.org BreadcrumbList). */
export const breadcrumbData = (visit: Visit, crumbs: readonly Crumb[]): object => ({
  "@context": "https://schema.org",
  "@type": "BreadcrumbList",
  itemListElement: [{ title: m.home({}, visit.say), path: "/" }, ...crumbs].map(({ title, path }, i) => ({
    "@type": "ListItem",
    position: i + 1,
    name: title,
    item: new URL(path, visit.ctx.origin).href,
  })),
});
