import { z } from "@hono/zod-openapi";
import { commit } from "../../../platform/commit.ts";
import type { Ctx } from "../../../platform/context.ts";
import { newId } from "../../../platform/ids.ts";
import { callObject } from "../../../platform/objects.ts";
import { foreignCursor, readCursor, writeCursor } from "../../../platform/page-cursor.ts";
import { ok, type Refused, type Result, refused } from "../../../platform/result.ts";
import { changeRules } from "./actions/known-rules.ts";
import { unknownRule } from "./actions/refusals.ts";
import { guardOf } from "./actions/watch-arm.ts";
import type * as contract from "./contract.ts";
import { WINDOW_SECONDS } from "./rules/guard.ts";
import { differingTwin, type Rule } from "./rules/rule.ts";
import { words } from "./rules/words.ts";
import { insertRule, readRules, readRule as readStored, removeRule, updateRule } from "./store.ts";

/** Every request of the shop may be asked against each of them. */
const RULES_MAX = 50;

type OnWire = z.infer<typeof contract.rule>;
type Flaw = "invalid_expression" | "overlay_unwanted" | "arm_differs";

export async function createRule(
  ctx: Ctx,
  wish: z.infer<NonNullable<typeof contract.createRule.body>>,
): Promise<Result<OnWire, Flaw | "too_many_rules">> {
  const others = await readRules(ctx.env, ctx.tenant.id);
  if (others.length >= RULES_MAX) return refused("too_many_rules", `A shop has at most ${RULES_MAX} rules.`);
  const now = ctx.now();
  const rule: Rule = {
    tenantId: ctx.tenant.id,
    id: newId("car"),
    ...termsOf(wish),
    offAt: null,
    offWhy: null,
    createdAt: now,
    changedAt: now,
  };
  const flaw = findFlaw(rule, others);
  if (flaw) return flaw;
  await changeRules(ctx, () => commit(ctx, [insertRule(ctx.env, rule)]));
  return ok(onWire(rule));
}

export async function listRules(
  ctx: Ctx,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Result<{ data: OnWire[]; next_cursor: string | null }, "invalid_request">> {
  const list = `${ctx.tenant.id} canary rules`;
  const place = cursor === undefined ? undefined : readCursor(list, rulePlace, cursor);
  if (cursor !== undefined && !place) return foreignCursor;
  const later = (await readRules(ctx.env, ctx.tenant.id)).filter((it) => !place || isAfter(it, place));
  const page = later.slice(0, limit);
  const last = later.length > limit ? page.at(-1) : undefined;
  return ok({ data: page.map(onWire), next_cursor: last ? writeCursor(list, [last.position, last.id]) : null });
}

/** Where a rule stands among the others: its position and id. */
const rulePlace = z.tuple([z.int(), z.string()]);
const isAfter = (rule: Rule, [position, id]: z.infer<typeof rulePlace>): boolean =>
  rule.position > position || (rule.position === position && rule.id > id);

export async function readRule(
  ctx: Ctx,
  { id }: { id: string },
): Promise<Result<z.infer<typeof contract.ruleWithCalls>, "unknown_rule">> {
  const found = await readStored(ctx.env, ctx.tenant.id, id);
  if (!found) return unknownRule;
  const { calls, failed, slow } = await callObject(
    () => guardOf(ctx.env, found),
    async (stub) => await stub.lately(),
  );
  return ok({ ...onWire(found), lately: { seconds: WINDOW_SECONDS, calls, failed, slow } });
}

export async function changeRule(
  ctx: Ctx,
  { id, ...wish }: { id: string } & z.infer<NonNullable<typeof contract.changeRule.body>>,
): Promise<Result<OnWire, Flaw | "unknown_rule">> {
  const others = await readRules(ctx.env, ctx.tenant.id);
  const found = others.find((it) => it.id === id);
  if (!found) return unknownRule;
  const wished = termsOf({ ...onWire(found), ...dropUndefined(wish) });
  const isStartedAnew = wish.enabled === true;
  const changed: Rule = {
    ...found,
    ...wished,
    ...(isStartedAnew && { offAt: null, offWhy: null }),
    changedAt: ctx.now(),
  };
  const flaw = findFlaw(changed, others);
  if (flaw) return flaw;
  if (isStartedAnew)
    await callObject(
      () => guardOf(ctx.env, found),
      async (stub) => await stub.startAnew(),
    );
  await changeRules(ctx, () => commit(ctx, [updateRule(ctx.env, changed)]));
  return ok(onWire(changed));
}

export async function deleteRule(ctx: Ctx, { id }: { id: string }): Promise<Result<undefined, "unknown_rule">> {
  const found = await readStored(ctx.env, ctx.tenant.id, id);
  if (!found) return unknownRule;
  await changeRules(ctx, () => commit(ctx, [removeRule(ctx.env, found)]));
  return ok(undefined);
}

function findFlaw(rule: Rule, others: readonly Rule[]): Refused<Flaw> | undefined {
  const compiled = words.compile(rule.condition, "bool");
  if (!compiled.ok) {
    const { code, detail, facts } = compiled;
    return refused(code, detail, { facts, errors: [{ field: "when", code, detail }] });
  }
  if (rule.target === "canary" && rule.overlay)
    return refused(
      "overlay_unwanted",
      "The canary Worker brings its own differences; an overlay is for a feature arm.",
    );
  const twin = differingTwin(rule, others);
  return (
    twin &&
    refused("arm_differs", `“${twin.name}” leads to the arm ${rule.arm} too, with another target or overlay.`, {
      facts: { rule_id: twin.id },
    })
  );
}

const termsOf = (wish: Omit<OnWire, "id" | "off" | "created_at" | "changed_at">) => ({
  name: wish.name,
  condition: wish.when,
  position: wish.position,
  target: wish.target,
  arm: wish.arm,
  overlay: wish.overlay,
  guard: wish.guard,
  isEnabled: wish.enabled,
});

const dropUndefined = <Wish extends object>(wish: Wish): { [Key in keyof Wish]: Exclude<Wish[Key], undefined> } =>
  JSON.parse(JSON.stringify(wish));

const onWire = (rule: Rule): OnWire => ({
  id: rule.id,
  name: rule.name,
  when: rule.condition,
  position: rule.position,
  target: rule.target,
  arm: rule.arm,
  overlay: rule.overlay,
  guard: rule.guard,
  enabled: rule.isEnabled,
  off: rule.offAt === null ? null : { at: asTime(rule.offAt), why: rule.offWhy ?? "" },
  created_at: asTime(rule.createdAt),
  changed_at: asTime(rule.changedAt),
});

const asTime = (at: number): string => new Date(at).toISOString();
