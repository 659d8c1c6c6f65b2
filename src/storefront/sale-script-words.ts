import { m } from "./messages/compiled/messages.js";
import type { Visit } from "./visit.ts";

/** The sentences that the sale's script says, with their gaps; numbers it writes in the page's language itself. */
export const saleScriptWords = ({ say }: Visit): string =>
  JSON.stringify({
    left: m.sale_left({ left: "{left}", quantity: "{quantity}" }, say),
    opens: m.sale_button_waits({ time: "{time}" }, say),
    soldOut: m.sale_state_sold_out({}, say),
    sayOpen: m.sale_say_open({}, say),
    sayLeft: m.sale_say_left({ left: "{left}" }, say),
    sayMinute: m.sale_say_minute({}, say),
    sayTen: m.sale_say_ten({}, say),
    sayAhead: m.room_say_ahead({ count: "{count}" }, say),
    waitSoon: m.room_wait_soon({}, say),
  });
