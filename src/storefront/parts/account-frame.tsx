import type { Child } from "hono/jsx";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";

interface FrameProps {
  visit: Visit;
  title: string;
  /** Above the title. */
  eyebrow?: string;
  children?: Child;
}

/** A page of the account that is signed in: where else to go in it, and the way out. */
export function AccountFrame({ visit, title, eyebrow, children }: FrameProps) {
  const { say, url } = visit;
  const places = [
    ["/account", m.account_overview({}, say)],
    ["/account/orders", m.account_orders({}, say)],
    ["/account/addresses", m.account_addresses({}, say)],
    ["/account/security", m.account_security_brief({}, say)],
  ] as const;
  return (
    <div class="wrap page account">
      <nav class="account-nav" aria-label={m.account({}, say)}>
        <ul>
          {places.map(([path, words]) => (
            <li>
              <a href={path} aria-current={url.pathname === path ? "page" : undefined}>
                {words}
              </a>
            </li>
          ))}
        </ul>
        <form method="post" action="/account/sign-out">
          <button class="link-button" type="submit">
            {m.sign_out({}, say)}
          </button>
        </form>
      </nav>
      <div class="account-main">
        <header class="account-head">
          {eyebrow && <p class="eyebrow">{eyebrow}</p>}
          <h1>{title}</h1>
        </header>
        {children}
      </div>
    </div>
  );
}
