import type { z } from "@hono/zod-openapi";
import type { order } from "../../../selling/orders/contract.ts";

type Order = z.infer<typeof order>;

const DIGITS = 5;
/** An order's text begins `{"id":"ord_..","number":"..","lines":[{"reservation_id":".."`: what its hold adds has a known place. */
const ID_AT = '{"id":"'.length;
const ID_LENGTH = 32;
const NUMBER_AT = ID_AT + ID_LENGTH + '","number":"'.length;
const TO_RESERVATION = '","lines":[{"reservation_id":"'.length;

const numberEnd = (seq: number): string => String(seq).padStart(DIGITS, "0");
const reservationEnd = (seq: number): string => seq.toString(36);

export const orderIdIn = (text: string): string => text.slice(ID_AT, ID_AT + ID_LENGTH);

/** Completes the text of an order by the number of its hold, without reading it: the same as `withHold` on the order itself. */
export function appendHold(text: string, seq: number): string {
  const number = text.indexOf('"', NUMBER_AT);
  const reservation = text.indexOf('"', number + TO_RESERVATION);
  return (
    text.slice(0, number) +
    numberEnd(seq) +
    text.slice(number, reservation) +
    reservationEnd(seq) +
    text.slice(reservation)
  );
}

/** Completes an order by the number of its hold: its own number and its line's reservation end with it. */
export const withHold = (order: Order, seq: number): Order => ({
  ...order,
  number: order.number + numberEnd(seq),
  lines: order.lines.map((line) => ({ ...line, reservation_id: line.reservation_id + reservationEnd(seq) })),
});
