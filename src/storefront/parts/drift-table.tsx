import type { z } from "@hono/zod-openapi";
import type { drift as driftShape } from "../../capabilities/insight/consistency/contract.ts";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";

type Drift = z.infer<typeof driftShape>;
type Level = NonNullable<Drift["seen"]>;
type Say = Visit["say"];

/** What was found and what became of it, newest first; on a phone each row is a card. */
export const DriftTable = ({ visit: { say, locale }, drifts }: { visit: Visit; drifts: readonly Drift[] }) => (
  <table class="drifts">
    <thead>
      <tr>
        <th scope="col">SKU</th>
        <th scope="col">{m.watch_what({}, say)}</th>
        <th scope="col">{m.watch_copy_said({}, say)}</th>
        <th scope="col">{m.watch_counter_says({}, say)}</th>
        <th scope="col">{m.watch_found({}, say)}</th>
        <th scope="col">{m.watch_fixed({}, say)}</th>
      </tr>
    </thead>
    <tbody>
      {drifts.map((it) => (
        <tr>
          <th scope="row">
            {it.sku}
            {it.shard !== null && <span class="drift-shard">{m.watch_shard({ number: it.shard }, say)}</span>}
          </th>
          <td class="drift-reason">
            {reasonWords(it.reason, say).name}
            <span class="drift-copy">{copyName(it.copy, say)}</span>
          </td>
          <td data-label={m.watch_copy_said({}, say)}>{levelWords(it.seen, it.expected, say)}</td>
          <td data-label={m.watch_counter_says({}, say)}>{levelWords(it.expected, it.seen, say)}</td>
          <td data-label={m.watch_found({}, say)}>
            <time datetime={it.found_at}>{clock(it.found_at, locale)}</time>
          </td>
          <td data-label={m.watch_fixed({}, say)} class={it.repaired_at === null ? "drift-open" : "drift-fixed"}>
            {it.repaired_at === null ? (
              m.watch_fixed_not({}, say)
            ) : (
              <time datetime={it.repaired_at}>{clock(it.repaired_at, locale)}</time>
            )}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** The parts of a level in which it differs from `other`; of copies that say no more, what is available. */
function levelWords(level: Level | null, other: Level | null, say: Say): string {
  if (!level) return m.watch_no_row({}, say);
  const { available, on_hand, reserved, sold, version } = level;
  const isPlain = on_hand === null || (other !== null && other.on_hand === null);
  const parts = [
    isPlain && available !== other?.available && m.watch_available({ units: available }, say),
    !isPlain && on_hand !== other?.on_hand && m.watch_on_hand({ units: on_hand ?? 0 }, say),
    !isPlain && reserved !== other?.reserved && m.watch_reserved({ units: reserved ?? 0 }, say),
    !isPlain && sold !== other?.sold && m.watch_sold({ units: sold ?? 0 }, say),
    version !== other?.version && m.watch_version({ number: version }, say),
  ];
  const whole = parts.filter((it) => it !== false).map((it) => it.replaceAll(" ", "\u00a0"));
  return whole.join("\u00a0· ");
}

function copyName(copy: Drift["copy"], say: Say): string {
  switch (copy) {
    case "mirror":
      return m.watch_in_mirror({}, say);
    case "search":
      return m.watch_in_search({}, say);
    case "parent":
      return m.watch_in_parent({}, say);
  }
}

/** UTC, as the table's head says. */
const clock = (iso: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hour12: false,
    timeZone: "UTC",
  }).format(new Date(iso));

export function reasonWords(reason: Drift["reason"], say: Say): { name: string; text: string } {
  switch (reason) {
    case "row_missing":
      return { name: m.reason_row_missing({}, say), text: m.reason_row_missing_text({}, say) };
    case "row_orphaned":
      return { name: m.reason_row_orphaned({}, say), text: m.reason_row_orphaned_text({}, say) };
    case "copy_ahead":
      return { name: m.reason_copy_ahead({}, say), text: m.reason_copy_ahead_text({}, say) };
    case "copy_behind":
      return { name: m.reason_copy_behind({}, say), text: m.reason_copy_behind_text({}, say) };
    case "levels_differ":
      return { name: m.reason_levels_differ({}, say), text: m.reason_levels_differ_text({}, say) };
  }
}
