import { raw } from "hono/html";
import { encode } from "uqr";
import { findSession } from "../../capabilities/money/staff/actions/find-session.ts";
import { confirmSecondFactor, startSecondFactor } from "../../capabilities/money/staff/actions/second-factor.ts";
import { halfSession } from "../../capabilities/money/staff/actions/sign-in.ts";
import { m } from "../messages/compiled/messages.js";
import { readForm } from "../read-form.ts";
import { type Page, standAt, type Visit } from "../visit.ts";
import { browserOf, keepToken, tokenOf, wayOn } from "./door.ts";
import { showStudio } from "./frame.tsx";
import { CodeField, GiveUp, Problem } from "./sign-in.tsx";

/** Modules of white around a QR code, without which readers do not find it (ISO/IEC 18004). */
const QUIET_MODULES = 4;

/** The member's session, whether they are in or still at the door: setting up a second factor may be the way in. */
async function sessionOf(c: Page) {
  const token = tokenOf(c) ?? "";
  return (await findSession(c.var.ctx, token, "full")) ?? (await halfSession(c.var.ctx, token));
}

/** `GET /studio/second-factor?to=`: the secret as a QR code and as text. */
export async function secondFactorPage(c: Page): Promise<Response> {
  return showSecret(c, wayOn(c.req.query("to")));
}

/** `POST /studio/second-factor`: the first code turns it on and shows the recovery codes, once. */
export async function secondFactorFromForm(c: Page): Promise<Response> {
  const form = await readForm(c);
  const to = wayOn(form.get("to"));
  standAt(c, "/studio/second-factor", { to });
  const session = await sessionOf(c);
  if (!session) return c.redirect(`/studio/sign-in?to=${encodeURIComponent(to)}`, 303);
  const confirmed = await confirmSecondFactor(c.var.ctx, session, (form.get("code") ?? "").slice(0, 40), browserOf(c));
  if (!confirmed) return showSecret(c, to, "wrong_code");
  keepToken(c, confirmed.token);
  return showRecoveryCodes(c, confirmed.codes, to);
}

async function showSecret(c: Page, to: string, code?: string): Promise<Response> {
  const { say } = c.var.visit;
  const session = await sessionOf(c);
  if (!session) return c.redirect(`/studio/sign-in?to=${encodeURIComponent(to)}`, 303);
  const started = await startSecondFactor(c.var.ctx, session);
  if (!started)
    return c.redirect(
      session.stage === "full" ? "/studio/security" : `/studio/sign-in/code?to=${encodeURIComponent(to)}`,
      303,
    );
  const content = (
    <div class="wrap page staff-door staff-wide">
      <p class="eyebrow">{m.staff_studio({}, say)}</p>
      <h1>{m.staff_factor_title({}, say)}</h1>
      <Problem code={code} say={say} />
      <p class="staff-lead">{m.staff_factor_text({}, say)}</p>
      <div class="staff-factor">
        <QrCode text={started.address} say={say} />
        <div class="staff-form">
          <p>{m.staff_secret_text({}, say)}</p>
          <p>
            <code class="staff-secret">{started.secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</code>
          </p>
          <form class="staff-form" method="post" action="/studio/second-factor">
            <input type="hidden" name="to" value={to} />
            <CodeField say={say} />
            <button class="button" type="submit">
              {m.staff_turn_on({}, say)}
            </button>
          </form>
        </div>
      </div>
      {session.stage === "password" && <GiveUp say={say} />}
    </div>
  );
  return showStudio(c, m.staff_factor_title({}, say), content, code === undefined ? 200 : 422);
}

/** Codes are shown in the answer to the form that made them, and never again. */
export function showRecoveryCodes(c: Page, codes: readonly string[], to: string): Promise<Response> {
  const { say } = c.var.visit;
  const content = (
    <div class="wrap page staff-door staff-wide">
      <p class="eyebrow">{m.staff_studio({}, say)}</p>
      <h1>{m.staff_codes_title({}, say)}</h1>
      <p class="staff-lead">{m.staff_codes_text({}, say)}</p>
      <ol class="staff-codes">
        {codes.map((it) => (
          <li>
            <code>{it}</code>
          </li>
        ))}
      </ol>
      <p>
        <a class="button" href={to}>
          {m.staff_codes_kept({}, say)}
        </a>
      </p>
    </div>
  );
  return showStudio(c, m.staff_codes_title({}, say), content);
}

/** Drawn as one path, black on white whatever the page's colours: readers need the contrast. */
function QrCode({ text, say }: { text: string } & Pick<Visit, "say">) {
  const { data, size } = encode(text, { border: QUIET_MODULES });
  const path = data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")).join("")).join("");
  return (
    <svg class="staff-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={m.staff_qr({}, say)}>
      <rect width={size} height={size} fill="#fff" />
      {raw(`<path d="${path}" fill="#000" shape-rendering="crispEdges"/>`)}
    </svg>
  );
}
