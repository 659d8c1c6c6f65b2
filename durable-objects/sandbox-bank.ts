import { DurableObject } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import type { outcomes } from "../src/capabilities/selling/payments/contract.ts";
import type { ProviderAnswer } from "../src/capabilities/selling/payments/providers/provider.ts";
import { sandboxSecret } from "../src/capabilities/selling/payments/providers/sandbox.ts";
import { newId } from "../src/platform/ids.ts";
import { describe, log } from "../src/platform/log.ts";
import type { Money } from "../src/platform/money.ts";
import { Alarms } from "./kit/alarms.ts";

const PENDING_SECONDS = 5;
/** `late` pays this long after the shopper left, unless told otherwise: after the usual payment window. */
const LATE_SECONDS = 7_500;
const RETRY_MS = 5_000;
const ATTEMPTS_MAX = 10;

type Play = {
  paymentId: string;
  amount: Money;
  outcome: (typeof outcomes)[number];
  delaySeconds?: number;
  origin: string;
};
type ChargeRow = {
  state: "open" | "pending" | "paid" | "declined";
  amount: number;
  currency: string;
  captured: number;
  refunded: number;
};
type NoteRow = {
  id: string;
  payment_id: string;
  state: ChargeRow["state"];
  due_at: number;
  attempts: number;
  origin: string;
};

/**
 * The provider's side of the sandbox, one bank per shop: it keeps charges, and notifies the shop through its front door with
 * signed webhooks, at once, late, twice or never. Notifications wait in storage and are sent by alarm.
 */
export class SandboxBank extends DurableObject<Env> {
  private readonly sql = this.ctx.storage.sql;
  private readonly alarms = new Alarms(this.ctx);
  private now = () => Date.now();

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.sql.exec(`
      CREATE TABLE IF NOT EXISTS charges (
        payment_id TEXT PRIMARY KEY, state TEXT NOT NULL, amount INTEGER NOT NULL, currency TEXT NOT NULL,
        captured INTEGER NOT NULL CHECK (captured BETWEEN 0 AND amount), refunded INTEGER NOT NULL CHECK (refunded BETWEEN 0 AND captured));
      CREATE TABLE IF NOT EXISTS notifications (
        id TEXT PRIMARY KEY, payment_id TEXT NOT NULL, state TEXT NOT NULL, due_at INTEGER NOT NULL, attempts INTEGER NOT NULL,
        origin TEXT NOT NULL)`);
  }

  /** The shopper has chosen; answers `settled` when the charge is paid already. */
  play({ paymentId, amount, outcome, delaySeconds, origin }: Play): "played" | "settled" {
    const charge = this.charge(paymentId);
    if (charge?.state === "paid") return "settled";
    this.sql.exec(
      "INSERT OR IGNORE INTO charges VALUES (?, 'open', ?, ?, 0, 0)",
      paymentId,
      amount.amount,
      amount.currency,
    );
    const notify = (state: ChargeRow["state"], seconds: number, times = 1) => {
      for (let i = 0; i < times; i++) this.plan({ paymentId, state, at: this.now() + seconds * 1000, origin });
    };
    switch (outcome) {
      case "paid":
        notify("paid", 0);
        break;
      case "declined":
        notify("declined", 0);
        break;
      case "duplicate_notification":
        notify("paid", 0, 3);
        break;
      case "pending_then_paid":
        notify("pending", 0);
        notify("paid", delaySeconds ?? PENDING_SECONDS);
        break;
      case "late":
        notify("paid", delaySeconds ?? LATE_SECONDS);
        break;
      case "never_answers":
        break;
    }
    return "played";
  }

  lookUp(paymentId: string): ProviderAnswer {
    const charge = this.charge(paymentId);
    if (!charge) return { kind: "unknown" };
    const { state, captured, refunded, currency } = charge;
    return { kind: "known", state, captured: { amount: captured, currency }, refunded: { amount: refunded, currency } };
  }

  refund(paymentId: string, amount: Money): "refunded" | "failed" {
    const charge = this.charge(paymentId);
    if (!charge || charge.currency !== amount.currency || amount.amount > charge.captured) return "failed";
    this.sql.exec("UPDATE charges SET refunded = ? WHERE payment_id = ?", amount.amount, paymentId);
    return "refunded";
  }

  override async alarm(): Promise<void> {
    this.alarms.spent();
    const due = this.sql
      .exec<NoteRow>("SELECT * FROM notifications WHERE due_at <= ? ORDER BY due_at, id", this.now())
      .toArray();
    for (const note of due) {
      this.settle(note);
      await this.notify(note);
    }
    const next = this.sql.exec<{ due: number | null }>("SELECT min(due_at) AS due FROM notifications").one().due;
    if (next !== null) this.alarms.armBy(next);
  }

  private charge(paymentId: string): ChargeRow | undefined {
    return this.sql.exec<ChargeRow>("SELECT * FROM charges WHERE payment_id = ?", paymentId).toArray()[0];
  }

  private plan({
    paymentId,
    state,
    at,
    origin,
  }: {
    paymentId: string;
    state: ChargeRow["state"];
    at: number;
    origin: string;
  }): void {
    this.sql.exec("INSERT INTO notifications VALUES (?, ?, ?, ?, 0, ?)", newId("msg"), paymentId, state, at, origin);
    this.alarms.armBy(at);
  }

  /** The charge reaches the state that the notification is about; paid is final. */
  private settle({ payment_id, state }: NoteRow): void {
    this.sql.exec(
      "UPDATE charges SET state = ?, captured = CASE WHEN ? = 'paid' THEN amount ELSE 0 END WHERE payment_id = ? AND state <> 'paid'",
      state,
      state,
      payment_id,
    );
  }

  private async notify(note: NoteRow): Promise<void> {
    const isDelivered = await this.send(note).catch((error) => {
      log("warn", "sandbox_notification_failed", { id: note.id, error: describe(error) });
      return false;
    });
    if (isDelivered || note.attempts + 1 >= ATTEMPTS_MAX)
      this.sql.exec("DELETE FROM notifications WHERE id = ?", note.id);
    else
      this.sql.exec(
        "UPDATE notifications SET attempts = attempts + 1, due_at = ? WHERE id = ?",
        this.now() + RETRY_MS * 2 ** note.attempts,
        note.id,
      );
  }

  private async send({ id, payment_id, state, origin }: NoteRow): Promise<boolean> {
    const body = JSON.stringify({ type: `payment.${state}`, data: { payment_id } });
    const at = new Date(this.now());
    const signature = new Webhook(sandboxSecret(this.env.SOUK_SECRET, this.ctx.id.name ?? "")).sign(id, at, body);
    const answer = await this.ctx.exports.default.fetch(`${origin}/api/v1/payments/webhooks/sandbox`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
        "webhook-signature": signature,
      },
      body,
    });
    return answer.ok;
  }
}
