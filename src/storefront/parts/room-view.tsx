import type { z } from "@hono/zod-openapi";
import type { waitingRoom } from "../../capabilities/marketing/waiting-room/contract.ts";
import { formatCount, formatLength } from "../format.ts";
import { m } from "../messages/compiled/messages.js";
import type { Entry } from "../place-in-line.ts";
import type { Sale } from "../read-sale.ts";
import type { Visit } from "../visit.ts";
import { Countdown } from "./countdown.tsx";

export type Room = z.infer<typeof waitingRoom>;

interface RoomProps {
  visit: Visit;
  sale: Sale;
  room: Room;
  entry: Entry;
  email: string;
  /** The form's idempotency key; `key` itself is a word of JSX. */
  formKey: string;
}

/** Where one entrant stands. It is made anew with each look, so that it is right without scripts too. */
export function RoomView(props: RoomProps) {
  const { visit, sale, room, entry } = props;
  const { title, text } = wordsOf(props);
  return (
    <section class="room" data-region="room" aria-labelledby="room">
      <p class="stage-eyebrow">
        <span class="badge badge-live">{m.room_title({}, visit.say)}</span>
        <span>{sale.heading}</span>
      </p>
      <h1 id="room">{title}</h1>
      <p class="room-text">{text}</p>
      {entry.place === null && sale.state === "before" && (
        <>
          <Countdown visit={visit} label={m.sale_starts_in({}, visit.say)} until={sale.starts_at} />
          <dl class="stage-facts">
            <div>
              <dt>{m.room_entered({}, visit.say)}</dt>
              <dd>{formatCount(room.entered, visit.locale)}</dd>
            </div>
          </dl>
        </>
      )}
      {entry.place !== null && (entry.state === "waiting" || entry.state === "sold_out") && <Progress {...props} />}
      {entry.state === "expired" && <Again {...props} />}
      {(entry.state === "used" || entry.state === "sold_out" || entry.state === "ended") && (
        <p>
          <a class="button" href={sale.path}>
            {m.sale_strip_go({}, visit.say)}
          </a>
        </p>
      )}
    </section>
  );
}

function wordsOf({ visit: { say }, sale, entry }: RoomProps): { title: string; text: string } {
  switch (entry.state) {
    case "waiting":
    case "admitted":
      return entry.place === null && sale.state === "before"
        ? { title: m.room_drawn_soon_title({}, say), text: m.room_drawn_soon_text({}, say) }
        : { title: m.room_waiting_title({}, say), text: m.room_waiting_text({}, say) };
    case "sold_out":
      return { title: m.room_sold_out_title({}, say), text: m.room_paused({}, say) };
    case "expired":
      return { title: m.room_expired_title({}, say), text: m.room_expired_text({}, say) };
    case "used":
      return { title: m.room_used_title({}, say), text: m.room_used_text({}, say) };
    case "ended":
      return { title: m.room_ended_title({}, say), text: m.room_ended_text({}, say) };
  }
}

/** The one number that everybody hears, `serving`, moves the bar: a script only subtracts. */
function Progress({ visit: { say, locale }, room, entry }: RoomProps) {
  const place = entry.place ?? 0;
  const seconds = entry.estimated_wait_seconds ?? 0;
  return (
    <div class="room-line" data-place={place} data-rate={room.admit_per_second}>
      <p class="room-ahead">
        <span>{m.room_ahead({}, say)}</span>
        <b data-ahead>{formatCount(entry.ahead ?? 0, locale)}</b>
      </p>
      <progress
        class="left-bar"
        value={Math.min(room.serving, place)}
        max={place}
        aria-label={m.room_progress({}, say)}
      />
      <dl class="stage-facts">
        <div>
          <dt>{m.room_place({}, say)}</dt>
          <dd>{formatCount(place, locale)}</dd>
        </div>
        <div>
          <dt>{m.room_wait({}, say)}</dt>
          <dd data-wait>{seconds < 60 ? m.room_wait_soon({}, say) : formatLength(seconds, locale)}</dd>
        </div>
      </dl>
    </div>
  );
}

const Again = ({ visit: { say }, sale, email, formKey }: RoomProps) => (
  <form method="post" action={`${sale.path}/room`}>
    <input type="hidden" name="key" value={formKey} />
    <input type="hidden" name="email" value={email} />
    <button class="button" type="submit">
      {m.room_again({}, say)}
    </button>
  </form>
);
