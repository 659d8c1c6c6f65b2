import type { Ctx } from "../../../../platform/context.ts";
import { callObject, type Decided } from "../../../../platform/objects.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import { type Endpoint, readEndpoint } from "../store.ts";

/** The shop's endpoint of this id. */
export async function findEndpoint(ctx: Ctx, id: string): Promise<Result<Endpoint, "unknown_endpoint">> {
  const found = await readEndpoint(ctx.env, { tenantId: ctx.tenant.id, id });
  return found ? ok(found) : refused("unknown_endpoint", "There is no such webhook endpoint.");
}

/** Asks the object that sends to one of the shop's endpoints. Look the endpoint up first: an unknown id would make an object. */
export const askSender = <Answer>(
  { env, tenant }: Pick<Ctx, "env" | "tenant">,
  id: string,
  ask: (sender: ReturnType<Env["WEBHOOKS"]["getByName"]>) => Promise<Answer>,
): Promise<Decided<Answer>> => callObject(() => env.WEBHOOKS.getByName(`${tenant.id}:${id}`), ask);
