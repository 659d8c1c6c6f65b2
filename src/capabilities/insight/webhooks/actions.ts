import { z } from "@hono/zod-openapi";
import { commit } from "../../../platform/commit.ts";
import type { Ctx } from "../../../platform/context.ts";
import { newId } from "../../../platform/ids.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../platform/page-cursor.ts";
import { type FieldError, ok, type Refused, type Result, refused } from "../../../platform/result.ts";
import { forgetAsked, toldEvents } from "../../../platform/wanted-events.ts";
import { askSender, findEndpoint } from "./actions/ask-sender.ts";
import { onWire, withHealth } from "./actions/on-wire.ts";
import { placeOf, secretOf } from "./actions/send-message.ts";
import type * as contract from "./contract.ts";
import { judgeUrl } from "./rules/judge-url.ts";
import { rotated } from "./rules/secrets.ts";
import {
  countEndpoints,
  deleteEndpoint as deleteStored,
  type Endpoint,
  insertEndpoint,
  readEndpoints,
  readEndpoint as readStored,
  replaceSalts,
  updateEndpoint,
} from "./store.ts";

/** Endpoints of one shop. It only guards against waste, so two that are made at once may exceed it. */
const ENDPOINTS_MAX = 20;
const HOUR_MS = 3_600_000;

type OnWire = z.infer<typeof contract.endpoint>;
type Wish = z.infer<NonNullable<typeof contract.createEndpoint.body>>;
type Unknown = "unknown_endpoint";

/** The secret is in this answer and nowhere else. */
export async function createEndpoint(
  ctx: Ctx,
  wish: Wish,
): Promise<Result<z.infer<typeof contract.newEndpoint>, "invalid_request" | "too_many_endpoints">> {
  const flaws = flawsOf(ctx, wish);
  if (flaws) return flaws;
  if ((await countEndpoints(ctx.env, ctx.tenant.id)) >= ENDPOINTS_MAX)
    return refused("too_many_endpoints", `A shop has at most ${ENDPOINTS_MAX} webhook endpoints.`);
  const salt = crypto.randomUUID();
  const endpoint: Endpoint = {
    tenantId: ctx.tenant.id,
    id: newId("whe"),
    url: wish.url,
    description: wish.description,
    events: [...new Set(wish.events)],
    salts: [{ salt, until: null }],
    createdAt: ctx.now(),
    disabledAt: null,
    disabledReason: null,
  };
  await commit(ctx, [insertEndpoint(ctx.env, endpoint)]);
  forgetAsked(ctx.tenant.id);
  return ok({ endpoint: onWire(endpoint), secret: secretOf(ctx.env, endpoint, salt) });
}

const endpointPlace = z.tuple([z.string()]);

export async function listEndpoints(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Result<{ data: OnWire[]; next_cursor: string | null }, "invalid_request">> {
  const list = `${ctx.tenant.id} webhook endpoints`;
  const [before] = (cursor !== undefined && readCursor(list, endpointPlace, cursor)) || [];
  if (cursor !== undefined && before === undefined) return foreignCursor;
  const found = await readEndpoints(ctx.env, ctx.tenant.id, limit + 1, before);
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  return ok({ data: page.map(onWire), next_cursor: last ? writeCursor(list, [last.id]) : null });
}

export async function readEndpoint(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<z.infer<typeof contract.endpointWithHealth>, Unknown>> {
  const found = await findEndpoint(ctx, id);
  if (!found.ok) return found;
  const health = await askSender(ctx, id, async (sender) => await sender.health());
  return ok(withHealth(found.value, health));
}

/** Live everywhere within five seconds; the sender of the endpoint sees it at once. */
export async function changeEndpoint(
  ctx: Ctx,
  { id, ...wish }: { id: string } & z.infer<NonNullable<typeof contract.changeEndpoint.body>>,
): Promise<Result<OnWire, Unknown | "invalid_request">> {
  const found = await findEndpoint(ctx, id);
  if (!found.ok) return found;
  const flaws = flawsOf(ctx, wish);
  if (flaws) return flaws;
  const { url, description, events, disabledAt, disabledReason } = found.value;
  const isOn = wish.enabled ?? disabledAt === null;
  const change = {
    url: wish.url ?? url,
    description: wish.description ?? description,
    events: [...new Set(wish.events ?? events)],
    disabledAt: isOn ? null : (disabledAt ?? ctx.now()),
    disabledReason: isOn ? null : (disabledReason ?? "staff"),
  };
  await commit(ctx, [updateEndpoint(ctx.env, found.value, change)]);
  forgetAsked(ctx.tenant.id);
  if (isOn && disabledAt !== null) await askSender(ctx, id, async (sender) => await sender.resume());
  if (!isOn) await askSender(ctx, id, async (sender) => await sender.stop());
  return ok(onWire({ ...found.value, ...change }));
}

export async function deleteEndpoint(ctx: Ctx, { id }: { id: string }): Promise<Result<undefined, Unknown>> {
  const found = await findEndpoint(ctx, id);
  if (!found.ok) return found;
  await commit(ctx, [deleteStored(ctx.env, found.value)]);
  forgetAsked(ctx.tenant.id);
  await askSender(ctx, id, async (sender) => await sender.forget());
  return ok(undefined);
}

/** Of two that rotate at once, one is refused, so no secret is lost that somebody was shown. */
export async function rotateSecret(
  ctx: Ctx,
  { id, old_valid_hours }: { id: string; old_valid_hours: number },
): Promise<Result<{ secret: string; old_valid_until: string }, Unknown | "too_many_secrets" | "changed_meanwhile">> {
  const found = await findEndpoint(ctx, id);
  if (!found.ok) return found;
  const salt = crypto.randomUUID();
  const now = ctx.now();
  const overlapMs = old_valid_hours * HOUR_MS;
  const salts = rotated(found.value.salts, salt, now, overlapMs);
  if (!salts) return refused("too_many_secrets", "Five secrets are valid already. Wait until the oldest ends.");
  await commit(ctx, [replaceSalts(ctx.env, found.value, salts)]);
  const after = await readStored(ctx.env, found.value);
  if (after?.salts[0]?.salt !== salt) return refused("changed_meanwhile", "Somebody else rotated it at the same time.");
  const old_valid_until = new Date(now + overlapMs).toISOString();
  return ok({ secret: secretOf(ctx.env, found.value, salt), old_valid_until });
}

export const listEventTypes = async (): Promise<Result<{ data: { type: string; summary: string }[] }>> =>
  ok({
    data: [...toldEvents()].map(([type, summary]) => ({ type, summary })).sort((a, b) => (a.type < b.type ? -1 : 1)),
  });

/** What the contract's shape cannot know: which events there are, and where events may be sent. */
function flawsOf({ env }: Ctx, { url, events }: Partial<Wish>): Refused<"invalid_request"> | undefined {
  const errors: FieldError[] = [];
  const judged = url === undefined ? undefined : judgeUrl(url, placeOf(env));
  if (judged && !judged.fits) errors.push({ field: "url", code: judged.code, detail: judged.detail });
  for (const [i, type] of (events ?? []).entries())
    if (!toldEvents().has(type))
      errors.push({ field: `events.${i}`, code: "unknown_event", detail: "GET /webhook-event-types lists the types." });
  if (errors.length === 0) return undefined;
  return refused("invalid_request", errors.map((it) => `${it.field}: ${it.detail}`).join(" "), { errors });
}
