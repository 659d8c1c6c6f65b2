import { m } from "../messages/compiled/messages.js";
import type { Page } from "../visit.ts";
import { showStudio } from "./frame.tsx";

/** For a member whose role does not open a page. */
export function showForbidden(c: Page): Promise<Response> {
  const { say } = c.var.visit;
  const content = (
    <div class="wrap page">
      <h1>{m.staff_forbidden({}, say)}</h1>
      <p>
        <a href="/studio">{m.staff_studio({}, say)}</a>
      </p>
    </div>
  );
  return showStudio(c, m.staff_forbidden({}, say), content, 403);
}
