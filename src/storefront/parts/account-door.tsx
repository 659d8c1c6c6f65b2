import type { Child } from "hono/jsx";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";
import { Lantern } from "./lantern.tsx";

interface DoorProps {
  visit: Visit;
  title: string;
  text: string;
  children?: Child;
}

/** Where a shopper comes in: the form, and what an account is good for. */
export const AccountDoor = ({ visit: { say }, title, text, children }: DoorProps) => (
  <div class="wrap page door">
    <section class="door-card">
      <h1>{title}</h1>
      <p class="door-text">{text}</p>
      {children}
    </section>
    <aside class="door-side">
      <Lantern />
      <h2>{m.account_good_for({}, say)}</h2>
      <ul>
        <li>{m.account_good_cart({}, say)}</li>
        <li>{m.account_good_address({}, say)}</li>
        <li>{m.account_good_orders({}, say)}</li>
      </ul>
      <p class="field-hint">{m.account_not_needed({}, say)}</p>
    </aside>
  </div>
);
