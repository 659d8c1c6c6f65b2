import type { EventHandler } from "../../../../platform/capability.ts";
import { callObject } from "../../../../platform/objects.ts";
import { askedEvents } from "../../../../platform/wanted-events.ts";
import { messageOf } from "../rules/message.ts";
import { readWishes } from "../store.ts";

/** Everything that a shop's endpoints ask for. */
export const askedTypes = async (env: Env, tenantId: string): Promise<ReadonlySet<string>> =>
  new Set((await readWishes(env, tenantId)).flatMap((it) => it.events));

/** Leaves an event with the sender of each endpoint that asks for it. A sender takes an event once, so this may be repeated. */
export const tellEndpoints: EventHandler = async (ctx, event) => {
  const { env, tenant } = ctx;
  if (!(await askedEvents(env, tenant.id)).has(event.type)) return;
  const asking = (await readWishes(env, tenant.id)).filter((it) => it.events.includes(event.type));
  const message = messageOf(event);
  await Promise.all(
    asking.map(({ id }) =>
      callObject(
        () => env.WEBHOOKS.getByName(`${tenant.id}:${id}`),
        async (stub) => await stub.take(message),
      ),
    ),
  );
};
