import type { z } from "@hono/zod-openapi";
import type { report as reportShape } from "../../capabilities/insight/consistency/contract.ts";
import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";
import { DriftTable, reasonWords } from "./drift-table.tsx";

export type Report = z.infer<typeof reportShape>;
type Say = Visit["say"];

/** A watch that checks every second and has not for so long has stopped. */
const LATE_SECONDS = 10;

interface WatchProps {
  visit: Visit;
  report: Report;
  now: number;
}

/** The state of the watch, what it can find, and what it found. */
export function StockWatch({ visit, report, now }: WatchProps) {
  const { say } = visit;
  return (
    <>
      <WatchState visit={visit} report={report} now={now} />
      {report.shards.length > 1 && <Shards say={say} report={report} />}
      <section class="section" data-monitor="drifts">
        <h2>{m.watch_drifts({}, say)}</h2>
        {report.drifts.length > 0 ? (
          <DriftTable visit={visit} drifts={report.drifts} />
        ) : (
          <p class="watch-none">{m.watch_drifts_none({}, say)}</p>
        )}
      </section>
      <section class="section" data-monitor="reasons">
        <h2>{m.watch_reasons({}, say)}</h2>
        <ul class="reasons">
          {reasonsOf(report).map(({ reason, total }) => (
            <li class={total > 0 ? "reason-met" : undefined}>
              <span class="reason-total">{total}</span>
              <h3>{reasonWords(reason, say).name}</h3>
              <p>{reasonWords(reason, say).text}</p>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function WatchState({ visit: { say, locale }, report, now }: WatchProps) {
  const seconds = report.checked_at === null ? undefined : Math.floor((now - Date.parse(report.checked_at)) / 1000);
  const { mood, title, text } = stateOf(report, seconds, say);
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 });
  return (
    <section class={`watch watch-${mood}`} data-monitor="state">
      <div>
        <p class="eyebrow">{m.watch_eyebrow({}, say)}</p>
        <h1 data-watch-title>{title}</h1>
        <p class="watch-text">{text}</p>
      </div>
      <p class="watch-ratio">{report.skus === 0 ? "—" : percent.format(Math.floor(report.ratio * 10_000) / 10_000)}</p>
      {report.recent.length > 0 && <Pulse say={say} recent={report.recent} />}
      <dl class="watch-facts">
        <Fact name={m.watch_skus({}, say)} value={number.format(report.skus)} />
        <Fact name={m.watch_lagging({}, say)} value={number.format(report.lagging)} />
        <Fact name={m.watch_checks({}, say)} value={number.format(report.checks)} />
        <Fact name={m.watch_repaired({}, say)} value={number.format(repaired(report))} />
        <Fact name={m.watch_last({}, say)} value={seconds === undefined ? "—" : m.watch_seconds({ seconds }, say)} />
      </dl>
    </section>
  );
}

function stateOf(report: Report, seconds: number | undefined, say: Say) {
  if (report.skus === 0 || seconds === undefined)
    return { mood: "calm", title: m.watch_empty({}, say), text: m.watch_empty_text({}, say) };
  if (seconds > LATE_SECONDS)
    return { mood: "few", title: m.watch_late({}, say), text: m.watch_late_text({ seconds }, say) };
  if (report.ratio === 1) return { mood: "good", title: m.watch_good({}, say), text: m.watch_good_text({}, say) };
  const all = report.shards.reduce((sum, it) => sum + it.skus, 0);
  const count = Math.round(all * (1 - report.ratio));
  return { mood: "bad", title: m.watch_bad({ count, all }, say), text: m.watch_bad_text({}, say) };
}

const repaired = (report: Report): number => {
  const open = report.drifts.filter((it) => it.repaired_at === null).length;
  return report.mismatches.reduce((sum, it) => sum + it.total, 0) - open;
};

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

/** One bar a check, newest at the right. */
function Pulse({ say, recent }: { say: Say; recent: Report["recent"] }) {
  const bad = recent.filter((it) => it.drifted > 0).length;
  return (
    <figure class="pulse">
      <div class="pulse-bars" role="img" aria-label={m.watch_pulse({ count: recent.length, bad }, say)}>
        {recent.map((it) => (
          <span class={it.drifted > 0 ? "beat beat-bad" : "beat"} />
        ))}
      </div>
      <figcaption aria-hidden="true">
        <span>{m.watch_pulse_from({}, say)}</span>
        <span>{m.watch_pulse_to({}, say)}</span>
      </figcaption>
    </figure>
  );
}

const Shards = ({ say, report }: { say: Say; report: Report }) => (
  <section class="section" data-monitor="shards">
    <h2>{m.watch_shards({}, say)}</h2>
    <ul class="shards">
      {report.shards.map(({ shard, ratio, skus }) => (
        <li>
          <span>{shard === null ? m.watch_whole({}, say) : m.watch_shard({ number: shard }, say)}</span>
          <svg class="shard-bar" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
            <rect width={ratio} height="1" />
          </svg>
          <span class="shard-count">
            {Math.round(ratio * skus)} / {skus}
          </span>
        </li>
      ))}
    </ul>
  </section>
);

/** Totals by reason, all copies together, in the order of the contract. */
function reasonsOf(report: Report): { reason: Report["mismatches"][number]["reason"]; total: number }[] {
  const totals = new Map<Report["mismatches"][number]["reason"], number>();
  for (const { reason, total } of report.mismatches) totals.set(reason, (totals.get(reason) ?? 0) + total);
  return [...totals].map(([reason, total]) => ({ reason, total }));
}
