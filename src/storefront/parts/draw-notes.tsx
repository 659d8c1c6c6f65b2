import { m } from "../messages/compiled/messages.js";
import type { Sale } from "../read-sale.ts";
import type { Visit } from "../visit.ts";
import type { Room } from "./room-view.tsx";

/** What the draw is, and all that somebody needs to make it again. */
export function DrawNotes({ visit: { say }, sale, room, entryId }: DrawProps) {
  const seed = room.draw_seed;
  const check = seed
    ? `printf %s ${seed} | sha256sum\nprintf %s ${entryId} | openssl dgst -sha256 -hmac ${seed}`
    : undefined;
  return (
    <details class="draw">
      <summary>{m.room_draw_title({}, say)}</summary>
      <div data-region="draw">
        <p>{m.room_draw_text({}, say)}</p>
        <dl>
          <dt>{m.room_entry({}, say)}</dt>
          <dd>
            <code>{entryId}</code>
          </dd>
          <dt>{m.room_commitment({}, say)}</dt>
          <dd>
            <code>{room.draw_commitment}</code>
          </dd>
          <dt>{m.room_seed({}, say)}</dt>
          <dd>{seed ? <code>{seed}</code> : m.room_seed_later({}, say)}</dd>
          {check && <dt>{m.room_check({}, say)}</dt>}
          {check && (
            <dd>
              <pre tabindex={0}>{check}</pre>
            </dd>
          )}
        </dl>
        {seed && (
          <p>
            <a href={`/api/v1/flash-sales/${sale.id}/waiting-room/draw`}>{m.room_draw_list({}, say)}</a>
          </p>
        )}
      </div>
    </details>
  );
}

interface DrawProps {
  visit: Visit;
  sale: Sale;
  room: Room;
  entryId: string;
}
