import { z } from "@hono/zod-openapi";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import type { Ctx } from "../../../../platform/context.ts";
import { callObject } from "../../../../platform/objects.ts";
import { ok, refused } from "../../../../platform/result.ts";
import { deriveSecret } from "../../../../platform/signatures.ts";
import { paymentId } from "../contract.ts";
import type { PaymentProvider } from "./provider.ts";

const body = z.object({ type: z.string(), data: z.object({ payment_id: paymentId }) });

/** The secret that the sandbox signs a shop's notifications with. */
export const sandboxSecret = (secret: string, tenantId: string): string => deriveSecret(secret, `sandbox:${tenantId}`);

export const bank = <Answer>(
  ctx: Ctx,
  ask: (stub: ReturnType<Env["SANDBOX"]["getByName"]>) => Promise<Answer>,
): Promise<Answer> => callObject(() => ctx.env.SANDBOX.getByName(ctx.tenant.id), ask);

/** A provider that lives in the platform and behaves as badly as asked: the default where no real one is configured. */
export const sandbox: PaymentProvider = {
  name: "sandbox",
  isOn: (env) => env.SANDBOX_PAYMENTS === "on",
  payAt: (id, token) => `/pay/sandbox/${id}?token=${token}`,
  lookUp: (ctx, id) => bank(ctx, async (stub) => await stub.lookUp(id)),
  refund: (ctx, id, amount) => bank(ctx, async (stub) => await stub.refund(id, amount)),
  readNotification(ctx, headers, raw) {
    let given: unknown;
    try {
      given = new Webhook(sandboxSecret(ctx.env.SOUK_SECRET, ctx.tenant.id)).verify(raw, Object.fromEntries(headers));
    } catch (error) {
      if (error instanceof WebhookVerificationError)
        return refused("bad_signature", "The signature does not fit, or it is too old.");
      if (error instanceof SyntaxError) return refused("malformed_body", "The body is not JSON.");
      throw error;
    }
    const parsed = body.safeParse(given);
    if (!parsed.success) return refused("malformed_body", "The body names no payment.");
    return ok({ eventId: headers.get("webhook-id") ?? "", paymentId: parsed.data.data.payment_id });
  },
};
