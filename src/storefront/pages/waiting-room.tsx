import { buyerEmail } from "../../capabilities/marketing/flash-sales/contract.ts";
import { enterRoom, readRoom } from "../../capabilities/marketing/waiting-room/actions.ts";
import { m } from "../messages/compiled/messages.js";
import { DrawNotes } from "../parts/draw-notes.tsx";
import { Picture } from "../parts/picture.tsx";
import { RoomView } from "../parts/room-view.tsx";
import { type Entry, keepPlace, placeOf, readOwnEntry } from "../place-in-line.ts";
import { keyOf } from "../read-address-form.ts";
import { readForm } from "../read-form.ts";
import { readShownSale } from "../read-sale.ts";
import { saleScriptWords } from "../sale-script-words.ts";
import { refusalWords } from "../sale-words.ts";
import { show } from "../show.tsx";
import { type Page, wantsJson } from "../visit.ts";
import { missingPage } from "./missing.tsx";
import { showSale } from "./sale.tsx";

/** `GET /sales/:id/room`: where this browser stands; whose turn it is goes on to the sale. */
export async function waitingRoomPage(c: Page): Promise<Response> {
  const { visit } = c.var;
  const sale = await readShownSale(visit, c.req.param("id"));
  if (!sale) return missingPage(c);
  const own = await readOwnEntry(c, sale.id);
  if (wantsJson(c)) return c.json(own ? shortly(own.entry) : { state: "none" });
  const room = await readRoom(visit.ctx, { id: sale.id });
  if (!own || !room.ok) return c.redirect(sale.path, 303);
  if (own.entry.state === "admitted") return c.redirect(sale.path, 303);
  const { place, entry } = own;
  const isMoving = entry.state === "waiting" || entry.state === "sold_out";
  return show(
    c,
    {
      title: m.room_title({}, visit.say),
      isPrivate: true,
      islands: ["sale"],
      refreshSeconds: isMoving ? entry.poll_after_seconds : undefined,
    },
    <div
      class="stage room-page"
      data-sale={sale.id}
      data-state={sale.state}
      data-live={visit.has("live-board") ? "on" : "off"}
      data-entry={entry.state}
      data-poll={entry.poll_after_seconds}
      data-server-time={new Date(visit.ctx.now()).toISOString()}
      data-words={saleScriptWords(visit)}
    >
      <p class="unseen" role="status" data-say />
      <div class="wrap stage-columns">
        {sale.image && (
          <div class="stage-picture">
            <Picture src={sale.image} alt="" isFirst width={800} height={800} />
          </div>
        )}
        <div class="room-words">
          <RoomView
            visit={visit}
            sale={sale}
            room={room.value}
            entry={entry}
            email={place.email}
            formKey={crypto.randomUUID()}
          />
          <DrawNotes visit={visit} sale={sale} room={room.value} entryId={entry.id} />
        </div>
      </div>
    </div>,
  );
}

/** What the page's script needs to know; the pass stays here. */
const shortly = ({ state, place, ahead, estimated_wait_seconds, poll_after_seconds }: Entry) => ({
  state,
  place,
  ahead,
  estimated_wait_seconds,
  poll_after_seconds,
});

/** `POST /sales/:id/room`: lines up; the form's key makes a second press the same entry. */
export async function lineUpFromForm(c: Page): Promise<Response> {
  const { visit } = c.var;
  const sale = await readShownSale(visit, c.req.param("id"));
  if (!sale) return missingPage(c);
  const form = await readForm(c);
  const email = buyerEmail.safeParse(form.get("email") ?? "");
  const key = keyOf(form);
  if (!email.success) {
    const lineUpError = form.get("email") ? m.error_email({}, visit.say) : m.error_required({}, visit.say);
    return showSale(c, sale, { form, lineUpError, status: 422, key });
  }
  const entered = await enterRoom(visit.ctx, { id: sale.id, email: email.data, key });
  if (!entered.ok) return showSale(c, sale, { form, words: refusalWords(entered.code, visit.say), status: 409 });
  const { entry, token } = entered.value;
  if (token) keepPlace(c, sale.id, { entryId: entry.id, token, email: email.data });
  else if (placeOf(c)?.entryId !== entry.id)
    return showSale(c, sale, { form, words: refusalWords("known", visit.say), status: 409 });
  return c.redirect(`${sale.path}/room`, 303);
}
