import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { holdsScope } from "../../platform/scopes.ts";
import { built } from "../built.ts";
import { m } from "../messages/compiled/messages.js";
import { LanguageSwitch } from "../parts/header.tsx";
import { Lantern } from "../parts/lantern.tsx";
import type { Head } from "../parts/layout.tsx";
import { ThemeStyle } from "../parts/theme-style.tsx";
import type { Page, Visit } from "../visit.ts";
import { memberOf, type SignedInMember } from "./door.ts";
import { roleName } from "./words.ts";

type Status = 200 | 403 | 404 | 409 | 422 | 429;

/** Answers a page of the studio: the shop's sign above, no stalls and no cart. Nobody keeps a copy of it. */
export async function showStudio(
  c: Page,
  title: string,
  content: Child,
  status: Status = 200,
  { islands = [], sheets = [] }: Pick<Head, "islands" | "sheets"> = {},
): Promise<Response> {
  const { visit } = c.var;
  c.header("cache-control", "no-store");
  c.header("content-language", visit.locale);
  c.header("vary", "accept-language, cookie");
  c.header("referrer-policy", "same-origin");
  const page = await Promise.resolve(
    <html lang={visit.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · ${visit.ctx.tenant.name}`}</title>
        <link rel="stylesheet" href={built(visit.ctx.env, "shop.css")} />
        <link rel="stylesheet" href={built(visit.ctx.env, "staff.css")} />
        {sheets.map((name) => (
          <link rel="stylesheet" href={built(visit.ctx.env, `${name}.css`)} />
        ))}
        <ThemeStyle visit={visit} />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {islands.map((name) => (
          <script type="module" src={built(visit.ctx.env, `${name}.js`)} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          {m.skip_to_content({}, visit.say)}
        </a>
        <StudioHeader visit={visit} member={memberOf(c)} />
        <main id="main" tabindex={-1}>
          {content}
        </main>
      </body>
    </html>,
  );
  return c.html(raw(`<!doctype html>${page}`), status);
}

/** The studio's pages that this caller may open, with the name of each. */
export function studioLinks({ ctx, say, has }: Visit): { href: string; name: string; text: string }[] {
  const held = ctx.actor.kind === "staff" ? ctx.actor.scopes : [];
  const all = [
    {
      href: "/studio/orders",
      name: m.staff_orders({}, say),
      text: m.staff_orders_text({}, say),
      scope: "orders:read",
    },
    {
      href: "/studio/sales",
      name: m.staff_sales({}, say),
      text: m.staff_sales_text({}, say),
      scope: "flash-sales:read",
    },
    {
      href: "/studio/pictures",
      name: m.studio_title({}, say),
      text: m.staff_pictures_text({}, say),
      scope: "media:write",
    },
    {
      href: "/monitor/stock",
      name: m.watch_title({}, say),
      text: m.staff_stock_text({}, say),
      scope: "consistency:read",
    },
    {
      href: "/studio/members",
      name: m.staff_members({}, say),
      text: m.staff_members_text({}, say),
      scope: "staff:read",
    },
    {
      href: "/studio/outbox",
      name: m.mail_outbox({}, say),
      text: m.mail_outbox_text({}, say),
      scope: "mail:read",
    },
    {
      href: "/studio/security",
      name: m.staff_security({}, say),
      text: m.staff_security_text({}, say),
      scope: undefined,
    },
  ];
  const part: Record<string, string> = {
    "/studio/sales": "flash-sales",
    "/studio/pictures": "media",
    "/monitor/stock": "consistency",
  };
  return all.filter(({ href, scope }) => holdsScope(held, scope) && (!part[href] || has(part[href])));
}

/** Whether an entry leads to the page that is shown, or to the list that it belongs to; `/studio` has no pages of its own below it. */
function currentAt(path: string, href: string): "page" | "true" | undefined {
  if (path === href) return "page";
  return href !== "/studio" && path.startsWith(`${href}/`) ? "true" : undefined;
}

function StudioHeader({ visit, member }: { visit: Visit; member: SignedInMember | undefined }) {
  const { say, url } = visit;
  return (
    <header class="header">
      <div class="awning" aria-hidden="true" />
      <div class="header-row wrap">
        <a class="brand" href="/studio">
          <Lantern />
          <span>{visit.ctx.tenant.name}</span>
          <em class="staff-sign">{m.staff_studio({}, say)}</em>
        </a>
        <div class="header-tools staff-tools">
          <LanguageSwitch visit={visit} />
          {member && (
            <form method="post" action="/studio/sign-out">
              <button class="link-button" type="submit">
                {m.staff_sign_out({}, say)}
              </button>
            </form>
          )}
        </div>
      </div>
      {member && (
        <nav class="stalls" aria-label={m.staff_studio({}, say)}>
          <ul class="wrap">
            {[{ href: "/studio", name: m.staff_studio({}, say) }, ...studioLinks(visit)].map(({ href, name }) => (
              <li>
                <a href={href} aria-current={currentAt(url.pathname, href)}>
                  {name}
                </a>
              </li>
            ))}
            <li class="staff-me">
              {member.name} · {roleName(member.role, say)}
            </li>
          </ul>
        </nav>
      )}
    </header>
  );
}
