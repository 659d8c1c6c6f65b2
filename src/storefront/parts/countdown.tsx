import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";

interface CountdownProps {
  visit: Visit;
  label: string;
  /** ISO 8601. */
  until: string;
}

/** What was left when the page was made; a script keeps it going by the server's clock. Never announced by itself. */
export function Countdown({ visit: { ctx, say }, label, until }: CountdownProps) {
  const left = Math.max(0, Math.ceil((Date.parse(until) - ctx.now()) / 1_000));
  const days = Math.floor(left / 86_400);
  return (
    <div class="countdown">
      <p class="countdown-label" id="countdown">
        {label}
      </p>
      <p class="countdown-clock" role="timer" aria-labelledby="countdown" data-until={until}>
        <Part name="d" value={days} unit={m.sale_days({}, say)} isHidden={days === 0} />
        <Part name="h" value={Math.floor(left / 3_600) % 24} unit={m.sale_hours({}, say)} />
        <Part name="m" value={Math.floor(left / 60) % 60} unit={m.sale_minutes({}, say)} />
        <Part name="s" value={left % 60} unit={m.sale_seconds({}, say)} />
      </p>
    </div>
  );
}

const Part = ({ name, value, unit, isHidden }: { name: string; value: number; unit: string; isHidden?: boolean }) => (
  <span class="countdown-part" hidden={isHidden}>
    <b data-part={name}>{String(value).padStart(2, "0")}</b> <span>{unit}</span>
  </span>
);
