import { m } from "../messages/compiled/messages.js";
import { Notice } from "../parts/notice.tsx";
import type { Page } from "../visit.ts";
import { memberOf } from "./door.ts";
import { showStudio, studioLinks } from "./frame.tsx";
import { roleName, roleText } from "./words.ts";

/** `GET /studio`: what this member can do here. */
export async function landingPage(c: Page): Promise<Response> {
  const { visit } = c.var;
  const { say } = visit;
  const member = memberOf(c);
  if (!member) return c.redirect("/studio/sign-in", 303);
  const outside = [
    { href: "/", name: m.staff_shop({}, say), text: m.staff_shop_text({}, say) },
    { href: "/docs", name: m.staff_docs({}, say), text: m.staff_docs_text({}, say) },
  ];
  return showStudio(
    c,
    m.staff_studio({}, say),
    <div class="wrap page">
      <p class="eyebrow">
        {roleName(member.role, say)} · {member.email}
      </p>
      <h1>{m.staff_hello({ name: member.name }, say)}</h1>
      <p class="staff-lead">{roleText(member.role, say)}</p>
      {!member.hasSecondFactor && (
        <Notice kind="few">
          <p>
            {m.staff_factor_missing({}, say)}{" "}
            <a href="/studio/second-factor?to=/studio/security">{m.staff_set_up({}, say)}</a>
          </p>
        </Notice>
      )}
      <ul class="staff-ways">
        {[...studioLinks(visit), ...outside].map(({ href, name, text }) => (
          <li>
            <a href={href}>
              <strong>{name}</strong>
              <span>{text}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>,
  );
}
