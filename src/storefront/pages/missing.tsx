import { m } from "../messages/compiled/messages.js";
import { show } from "../show.tsx";
import type { Page } from "../visit.ts";

/** What is not, or no longer, in the shop. */
export function missingPage(c: Page): Promise<Response> {
  const { say } = c.var.visit;
  return show(
    c,
    { title: m.missing_title({}, say) },
    (shell) => (
      <section class="wrap lost">
        <p class="lost-mark" aria-hidden="true">
          404
        </p>
        <h1>{m.missing_title({}, say)}</h1>
        <p>{m.missing_text({}, say)}</p>
        <ul class="lost-ways">
          {shell.collections.slice(0, 5).map(({ handle, title }) => (
            <li>
              <a class="button button-quiet" href={`/collections/${handle}`}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </section>
    ),
    404,
  );
}
