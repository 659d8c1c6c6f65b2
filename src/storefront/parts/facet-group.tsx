import type { Child } from "hono/jsx";

/** One thing by which a search can be narrowed. */
export const FacetGroup = ({ title, children }: { title: string; children?: Child }) => (
  <section class="facet">
    <h3>{title}</h3>
    <ul>{children}</ul>
  </section>
);

interface ChoiceProps {
  href: string;
  isChosen: boolean;
  count: number;
  children?: Child;
}

/** A value of a facet as a link that looks and speaks like a box to tick. */
export const Choice = ({ href, isChosen, count, children }: ChoiceProps) => (
  <li>
    <a class="choice-link" href={href} rel="nofollow" aria-current={isChosen ? "true" : undefined} data-instant>
      <span class="choice-box" aria-hidden="true" />
      <span class="choice-words">{children}</span>
      <span class="choice-count">{count}</span>
    </a>
  </li>
);
