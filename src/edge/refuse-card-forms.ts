import { createMiddleware } from "hono/factory";
import type { App } from "../platform/capability.ts";
import { holdsCardData } from "../platform/card-data.ts";
import { refused } from "../platform/result.ts";
import { readText } from "./read-body.ts";
import { gatewayRefusals, problem } from "./render-problem.ts";

/** The shop's forms hold a few addresses, never more. */
const FORM_BYTES_MAX = 65_536;

/** A form that carries a card number is refused before a page reads it: cards are entered at the payment provider only. */
export const refuseCardForms = createMiddleware<App>(async (c, next) => {
  if (c.req.method !== "POST") return next();
  const form = await readText(c.req.raw.clone(), FORM_BYTES_MAX);
  if (!form.ok) return problem(form, gatewayRefusals[form.code], c.var.requestId);
  if (!holdsCardData(decodeForm(form.value))) return next();
  const refusal = refused(
    "card_data_refused",
    "The form seems to hold a payment card number. Enter it on the payment page only.",
  );
  return problem(refusal, gatewayRefusals.card_data_refused, c.var.requestId);
});

/** The names and values as the page will read them: any digit may be sent as `%34`, a blank as `+`. */
const decodeForm = (text: string): string => [...new URLSearchParams(text)].flat().join("\n");
