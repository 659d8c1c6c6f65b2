import type { z } from "@hono/zod-openapi";
import type { KeptAttempt, LoggedDelivery } from "../../../../../durable-objects/delivery-book.ts";
import type * as contract from "../contract.ts";
import type { Breaker, BreakerState } from "../rules/breaker.ts";
import type { Endpoint } from "../store.ts";

export const onWire = (endpoint: Endpoint): z.infer<typeof contract.endpoint> => ({
  id: endpoint.id,
  url: endpoint.url,
  description: endpoint.description,
  events: endpoint.events,
  enabled: endpoint.disabledAt === null,
  disabled_reason: endpoint.disabledReason,
  disabled_at: asTime(endpoint.disabledAt),
  created_at: new Date(endpoint.createdAt).toISOString(),
});

export const withHealth = (
  endpoint: Endpoint,
  { breaker, state, waiting, dead }: { breaker: Breaker; state: BreakerState; waiting: number; dead: number },
): z.infer<typeof contract.endpointWithHealth> => ({
  ...onWire(endpoint),
  health: {
    breaker: state,
    failures_in_a_row: breaker.failures,
    failing_since: asTime(breaker.failingSince),
    rests_until: asTime(breaker.restsUntil),
    waiting,
    dead,
  },
});

export const deliveryOnWire = ({
  id,
  type,
  at,
  state,
  attempts,
  next_at,
  log: [last],
}: LoggedDelivery): z.infer<typeof contract.delivery> => ({
  id,
  type,
  happened_at: new Date(at).toISOString(),
  state,
  attempts,
  next_attempt_at: asTime(next_at),
  last_attempt: last ? attemptOnWire(last) : null,
});

export const withAttempts = (delivery: LoggedDelivery): z.infer<typeof contract.deliveryWithAttempts> => ({
  ...deliveryOnWire(delivery),
  body: delivery.body,
  log: delivery.log.map(attemptOnWire),
});

const attemptOnWire = ({ number, at, ...rest }: KeptAttempt): z.infer<typeof contract.attempt> => ({
  attempt: number,
  at: new Date(at).toISOString(),
  ...rest,
});

const asTime = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
