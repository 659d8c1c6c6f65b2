import { m } from "../messages/compiled/messages.js";
import type { Shell } from "../read-shell.ts";
import type { Visit } from "../visit.ts";
import { Lantern } from "./lantern.tsx";

export function Footer({ visit: { ctx, say }, shell }: { visit: Visit; shell: Shell }) {
  return (
    <footer class="footer">
      <div class="wrap footer-grid">
        <div class="footer-brand">
          <p class="brand">
            <Lantern />
            <span>{ctx.tenant.name}</span>
          </p>
          <p>{shell.front?.title ?? m.footer_line({}, say)}</p>
        </div>
        <div>
          <h2>{m.shop({}, say)}</h2>
          <ul>
            {shell.collections.slice(0, 6).map(({ handle, title }) => (
              <li>
                <a href={`/collections/${handle}`}>{title}</a>
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h2>{m.good_to_know({}, say)}</h2>
          <ul class="footer-notes">
            <li>{m.note_shipping({}, say)}</li>
            <li>{m.note_returns({}, say)}</li>
            <li>{m.note_payment({}, say)}</li>
          </ul>
        </div>
      </div>
      <p class="wrap footer-end">
        <span>{m.prices_in({ currency: ctx.tenant.currency }, say)}</span>
        <span>{m.runs_on_souk({}, say)}</span>
      </p>
    </footer>
  );
}
