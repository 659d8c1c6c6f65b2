import { m } from "../messages/compiled/messages.js";
import type { Visit } from "../visit.ts";

export const PaymentChoice = ({ visit: { say } }: { visit: Visit }) => (
  <fieldset class="payment">
    <legend>{m.payment({}, say)}</legend>
    <label class="payment-way">
      <input type="radio" name="payment_provider" value="sandbox" checked />
      <span>
        <strong>{m.sandbox_bank({}, say)}</strong>
        <span class="field-hint">{m.sandbox_hint({}, say)}</span>
      </span>
    </label>
  </fieldset>
);
