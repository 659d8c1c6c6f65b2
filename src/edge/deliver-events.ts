import { capabilities } from "../capabilities/index.ts";
import { countUnits } from "../capabilities/money/usage/actions/count-units.ts";
import type { EventHandler } from "../platform/capability.ts";
import { forgetHandled, type SoukEvent } from "../platform/events.ts";
import { describe, log } from "../platform/log.ts";
import { tellEvents, wantEvents } from "../platform/wanted-events.ts";
import { systemContext } from "./system-context.ts";

/** Handlers by event type, read from the manifests. */
const handlers = new Map<string, EventHandler[]>();
for (const { on } of capabilities)
  for (const [type, handler] of Object.entries(on ?? {})) handlers.set(type, [...(handlers.get(type) ?? []), handler]);

for (const meter of capabilities.flatMap((it) => it.counts ?? []))
  handlers.set(meter.event, [...(handlers.get(meter.event) ?? []), countUnits(meter)]);

wantEvents(handlers.keys());

/** Told types go on to who takes them, in the shops that ask. */
const told = capabilities.flatMap(({ tells }) => Object.entries(tells ?? {}));
for (const { takesTold } of capabilities) {
  if (!takesTold) continue;
  tellEvents(told, takesTold.asked);
  for (const [type] of told) handlers.set(type, [...(handlers.get(type) ?? []), takesTold.handle]);
}

/**
 * Delivers each message to its handlers, one by one and acknowledged one by one: a failing event is tried again alone. Handled
 * events leave the outbox; those that the queue gave up on stay there, and the sweep sends them again.
 */
export async function deliverEvents(batch: MessageBatch<SoukEvent>, env: Env, exec: ExecutionContext): Promise<void> {
  if (batch.queue.endsWith("-dead")) return reportDead(batch);
  const handled: string[] = [];
  for (const message of batch.messages) {
    try {
      await deliverOne(message.body, env, exec);
      handled.push(message.body.id);
      message.ack();
    } catch (error) {
      log("warn", "event_retried", { id: message.body.id, type: message.body.type, error: describe(error) });
      message.retry();
    }
  }
  if (handled.length > 0) await forgetHandled(env, handled);
}

async function deliverOne(event: SoukEvent, env: Env, exec: ExecutionContext): Promise<void> {
  const interested = handlers.get(event.type);
  if (!interested) return;
  const ctx = await systemContext(env, exec, event.tenantId, event.arm);
  if (!ctx) return;
  for (const handle of interested) await handle(ctx, event);
}

function reportDead(batch: MessageBatch<SoukEvent>): void {
  for (const { body } of batch.messages)
    log("error", "event_undeliverable", { id: body.id, type: body.type, tenant: body.tenantId });
  batch.ackAll();
}
