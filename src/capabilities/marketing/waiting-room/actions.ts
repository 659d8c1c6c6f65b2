import type { z } from "@hono/zod-openapi";
import type { RoomTerms } from "../../../../durable-objects/waiting-book.ts";
import type { RoomAnswer, Standing, Survey, Wish } from "../../../../durable-objects/waiting-room.ts";
import type { Ctx } from "../../../platform/context.ts";
import { newId } from "../../../platform/ids.ts";
import { callObject, type Decided } from "../../../platform/objects.ts";
import { ok, type Result, refused } from "../../../platform/result.ts";
import { sha256Hex, sign, verify } from "../../../platform/signatures.ts";
import { buyerOf, issuePass } from "../flash-sales/actions/issue-pass.ts";
import { readSale } from "../flash-sales/actions.ts";
import type { flashSale } from "../flash-sales/contract/sale.ts";
import type * as contract from "./contract.ts";

type Sale = z.infer<typeof flashSale>;
type Entry = z.infer<typeof contract.entry>;
type Missing = "unknown_sale" | "no_waiting_room";

/** A pass is good from a little earlier than the room's clock says, because the counter's clock is another one. */
const CLOCKS_DIFFER_MS = 60_000;

export async function enterRoom(
  ctx: Ctx,
  { id, email, key }: { id: string; email: string; key?: string },
): Promise<
  Result<{ entry: Entry; token: string | null }, Missing | "sold_out" | "ended" | "key_reused" | "room_full">
> {
  const found = await saleWithRoom(ctx, id);
  if (!found.ok) return found;
  const sale = found.value;
  if (sale.state === "ended" || sale.state === "cancelled") return refused("ended", "The sale is over.");
  if (sale.state === "sold_out") return refused("sold_out", "Everything is sold or held for somebody.");
  const entryId = newId("wre");
  const fingerprint = key === undefined ? crypto.randomUUID() : sha256Hex(key);
  const answer = await ask(ctx, sale, { kind: "enter", id: entryId, buyer: buyerOf(email), key: fingerprint });
  switch (answer.outcome) {
    case "entered":
    case "replayed":
      return ok({ entry: onWire(ctx, sale, answer.standing), token: tokenOf(ctx, sale.id, answer.standing.id) });
    case "known":
      return ok({ entry: { ...onWire(ctx, sale, answer.standing), pass: null }, token: null });
    case "key_reused":
      return refused("key_reused", "This Idempotency-Key was used for another request.");
    case "room_full":
      return refused("room_full", "The room is full.", { retryAfterSeconds: 60 });
    default:
      throw new Error(`entering answered ${answer.outcome}`);
  }
}

export async function readEntry(
  ctx: Ctx,
  { id, entry_id, token }: { id: string; entry_id: string; token?: string },
): Promise<Result<Entry, Missing | "unknown_entry">> {
  const found = await saleWithRoom(ctx, id);
  if (!found.ok) return found;
  const isOwn = token !== undefined && verify(ctx.env.SOUK_SECRET, purposeOf(ctx, id), entry_id, token);
  if (!isOwn) return unknownEntry;
  const answer = await ask(ctx, found.value, { kind: "look", id: entry_id });
  return answer.outcome === "found" ? ok(onWire(ctx, found.value, answer.standing)) : unknownEntry;
}

export async function readRoom(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<z.infer<typeof contract.waitingRoom>, Missing>> {
  const found = await saleWithRoom(ctx, id);
  if (!found.ok) return found;
  const sale = found.value;
  const { admitPerSecond, burst, passMs } = termsOf(sale);
  const { commitment, seed, drawn, entered, waiting, serving, now } = await surveyRoom(ctx, sale);
  return ok({
    sale_id: sale.id,
    starts_at: sale.starts_at,
    server_time: new Date(now).toISOString(),
    admit_per_second: admitPerSecond,
    burst,
    pass_seconds: passMs / 1_000,
    draw_commitment: commitment,
    draw_seed: seed,
    drawn,
    entered,
    waiting,
    serving,
  });
}

export async function readDraw(
  ctx: Ctx,
  { id, limit, cursor = 0 }: { id: string; limit: number; cursor?: number },
): Promise<Result<{ data: string[]; next_cursor: string | null }, Missing>> {
  const found = await saleWithRoom(ctx, id);
  if (!found.ok) return found;
  const data = await room(ctx, id, async (stub) => await stub.drawnAfter(cursor, limit));
  return ok({ data, next_cursor: data.length === limit ? String(cursor + limit) : null });
}

/** Counts and the draw of a sale's room, for those who have read the sale. */
export async function surveyRoom(ctx: Ctx, sale: Sale): Promise<Survey> {
  const answer = await ask(ctx, sale, { kind: "survey" });
  if (answer.outcome !== "surveyed") throw new Error(`a survey answered ${answer.outcome}`);
  return answer.survey;
}

async function saleWithRoom(ctx: Ctx, id: string): Promise<Result<Sale, Missing>> {
  const found = await readSale(ctx, { id });
  if (!found.ok || found.value.waiting_room) return found;
  return refused("no_waiting_room", "This sale has no waiting room: take part without a pass.");
}

type Stub = ReturnType<Env["WAITING_ROOM"]["getByName"]>;

const room = <Answer>(ctx: Ctx, saleId: string, call: (stub: Stub) => Promise<Answer>): Promise<Decided<Answer>> =>
  ctx.timing.measure(
    "waiting-room",
    callObject(() => ctx.env.WAITING_ROOM.getByName(`${ctx.tenant.id}:${saleId}`), call),
  );

const ask = (ctx: Ctx, sale: Sale, wish: Wish): Promise<Decided<RoomAnswer>> =>
  room(
    ctx,
    sale.id,
    async (stub) => await stub.ask(wish, { terms: termsOf(sale), isPaused: sale.state === "sold_out" }),
  );

function termsOf({ waiting_room: wish, starts_at, ends_at, version }: Sale): RoomTerms {
  if (!wish) throw new Error("the sale has no waiting room");
  return {
    version,
    startsAt: Date.parse(starts_at),
    endsAt: Date.parse(ends_at),
    admitPerSecond: wish.admit_per_second,
    burst: wish.burst ?? wish.admit_per_second,
    passMs: wish.pass_seconds * 1_000,
    livePassesMax: wish.live_passes_max,
  };
}

function onWire(ctx: Ctx, sale: Sale, standing: Standing): Entry {
  const { id, place, ahead, waitSeconds, pollSeconds, expiresAt, now } = standing;
  const state = stateOf(sale, standing);
  // Each SKU takes a pass once, so one that was used may still be good for the others.
  const isSpent = state === "used" && sale.items.length === 1;
  const hasPass = expiresAt !== null && now < expiresAt && state !== "ended" && !isSpent;
  return {
    id,
    sale_id: sale.id,
    state,
    place,
    ahead,
    estimated_wait_seconds: waitSeconds,
    poll_after_seconds: pollSeconds,
    pass: hasPass ? passOf(ctx, sale, standing, expiresAt) : null,
    pass_expires_at: hasPass ? new Date(expiresAt).toISOString() : null,
    server_time: new Date(now).toISOString(),
  };
}

function stateOf(sale: Sale, { usedAt, expiresAt, now }: Standing): Entry["state"] {
  if (usedAt !== null) return "used";
  if (sale.state === "ended" || sale.state === "cancelled") return "ended";
  if (sale.state === "sold_out") return "sold_out";
  if (expiresAt === null) return "waiting";
  return now < expiresAt ? "admitted" : "expired";
}

/** The same text however often it is asked for: a turn in the line has one pass. */
const passOf = (ctx: Ctx, sale: Sale, { id, buyer, turn, admittedAt }: Standing, expiresAt: number): string =>
  issuePass(ctx, {
    saleId: sale.id,
    buyer,
    notBefore: (admittedAt ?? 0) - CLOCKS_DIFFER_MS,
    expiresAt,
    jti: `${id}.${turn}`,
  });

const purposeOf = (ctx: Ctx, saleId: string): string => `waiting-room:${ctx.tenant.id}:${saleId}`;
const tokenOf = (ctx: Ctx, saleId: string, entryId: string): string =>
  sign(ctx.env.SOUK_SECRET, purposeOf(ctx, saleId), entryId);

const unknownEntry = refused("unknown_entry", "There is no such entry, or it is not yours to see.");
