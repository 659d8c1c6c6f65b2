import { z } from "@hono/zod-openapi";
import { operation } from "../../../platform/contract.ts";
import { saleId } from "../flash-sales/contract/sale.ts";
import { buyerEmail } from "../flash-sales/contract.ts";

const billing = { rateLimit: 2_000, quotaScope: "per-tenant", tier: "basic" } as const;

/** Ids of the draw that one answer lists. */
export const DRAW_PAGE_MAX = 1_000;

export const entryId = z.string().regex(/^wre_[0-9a-z]{26}$/, "Not an entry's id.");

export const waitingRoom = z
  .object({
    sale_id: z.string(),
    starts_at: z.string(),
    server_time: z.string(),
    admit_per_second: z.int(),
    burst: z.int().describe("The most that are let in at once after a quiet time, and at the start."),
    pass_seconds: z.int().describe("How long a pass may be used."),
    draw_commitment: z
      .string()
      .describe("SHA-256 of `draw_seed` (as its 64 characters), in hexadecimal: published before anybody enters."),
    draw_seed: z
      .string()
      .nullable()
      .describe(
        "Null until the start. Then HMAC-SHA256(draw_seed, entry id) is the lot of each early entrant; the lowest goes first.",
      ),
    drawn: z.int().describe("Entrants before the start, whom the draw put in order."),
    entered: z.int(),
    waiting: z.int(),
    serving: z.int().describe("Everybody up to this place was let in."),
  })
  .openapi("WaitingRoom");

export const entryStates = ["waiting", "admitted", "used", "expired", "sold_out", "ended"] as const;

export const entry = z
  .object({
    id: z.string(),
    sale_id: z.string(),
    state: z
      .enum(entryStates)
      .describe("`expired`: the pass was not used in time; enter again to stand at the end of the line."),
    place: z
      .int()
      .nullable()
      .describe("The place in the line, fixed at the draw or, after the start, on arrival; null before the draw."),
    ahead: z.int().nullable().describe("How many will be let in before; null before the draw."),
    estimated_wait_seconds: z.int().nullable().describe("By the admission rate alone; null before the draw."),
    poll_after_seconds: z.int(),
    pass: z.string().nullable().describe("Goes with the participation, for this buyer and sale, once."),
    pass_expires_at: z.string().nullable(),
    server_time: z.string(),
  })
  .openapi("WaitingRoomEntry");

const params = z.object({ id: saleId });

export const enterRoom = operation({
  id: "enterWaitingRoom",
  method: "post",
  path: "/flash-sales/{id}/waiting-room/entries",
  summary: "Line up for a sale: one entry per buyer",
  description:
    "Whoever comes before the start takes part in the draw, whoever comes later stands behind. The same e-mail address has the same " +
    "entry; its token is answered to whoever made it, and to a repetition with the same Idempotency-Key, and to nobody else. Entering " +
    "again after the pass expired lines up again.",
  who: "visitor",
  params,
  body: z.strictObject({ email: buyerEmail }),
  key: "optional",
  example: { email: "ann@example.com" },
  answer: {
    status: 201,
    shape: z
      .object({ entry, token: z.string().nullable().describe("Reads the entry; null when the buyer had one already.") })
      .openapi("WaitingRoomEntered"),
  },
  refusals: {
    unknown_sale: 404,
    no_waiting_room: 404,
    sold_out: 409,
    ended: 409,
    key_reused: 422,
    room_full: 429,
  },
  billing: { ...billing, meter: "waiting_room_enter" },
});

export const readEntry = operation({
  id: "readWaitingRoomEntry",
  method: "get",
  path: "/flash-sales/{id}/waiting-room/entries/{entry_id}",
  summary: "Where an entrant stands, and their pass once it is their turn",
  description: "Ask again after `poll_after_seconds`. Reading does not change anybody's place.",
  who: "visitor",
  params: z.object({ id: saleId, entry_id: entryId }),
  query: z.strictObject({ token: z.string().max(100).optional() }),
  answer: { status: 200, shape: entry },
  refusals: { unknown_sale: 404, no_waiting_room: 404, unknown_entry: 404 },
  billing: { ...billing, meter: "waiting_room_read" },
});

export const readRoom = operation({
  id: "readWaitingRoom",
  method: "get",
  path: "/flash-sales/{id}/waiting-room",
  summary: "The room as everybody may see it: rate, counts, and the draw's commitment and seed",
  who: "visitor",
  params,
  answer: { status: 200, shape: waitingRoom },
  refusals: { unknown_sale: 404, no_waiting_room: 404 },
  billing: { ...billing, meter: "waiting_room_read" },
});

export const readDraw = operation({
  id: "readWaitingRoomDraw",
  method: "get",
  path: "/flash-sales/{id}/waiting-room/draw",
  summary: "The entry ids of the draw in its order, so that anybody can draw again and compare",
  who: "visitor",
  params,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(DRAW_PAGE_MAX).default(DRAW_PAGE_MAX),
    cursor: z.coerce
      .number()
      .int()
      .min(0)
      .max(10_000_000)
      .optional()
      .describe("The place after which the answer begins."),
  }),
  answer: {
    status: 200,
    shape: z.object({ data: z.array(z.string()), next_cursor: z.string().nullable() }).openapi("WaitingRoomDraw"),
  },
  refusals: { unknown_sale: 404, no_waiting_room: 404 },
  billing: { ...billing, meter: "waiting_room_read" },
});
