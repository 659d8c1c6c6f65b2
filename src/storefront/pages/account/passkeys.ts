import {
  addPasskey,
  removePasskey,
  signInWithPasskey,
} from "../../../capabilities/selling/accounts/actions/passkeys.ts";
import {
  addPasskey as addLine,
  signInWithPasskey as signInLine,
} from "../../../capabilities/selling/accounts/contract/passkeys.ts";
import { browserName, keepSession } from "../../keep-session.ts";
import { type Form, readForm } from "../../read-form.ts";
import type { Page } from "../../visit.ts";
import { nextPath } from "./enter.ts";

/** `POST /account/passkey`: the island has filled in what the passkey proved. */
export async function signInWithPasskeyFromForm(c: Page): Promise<Response> {
  const form = await readForm(c);
  const next = nextPath(form.get("next"));
  const wish = signInLine.body?.safeParse({
    ...fieldsOf(form, ["credential_id", "client_data", "authenticator_data", "signature", "user_handle"]),
    cart_id: c.var.visit.cartId,
    device_name: browserName(c.req.header("user-agent")),
  }).data;
  const signedIn = wish && (await signInWithPasskey(c.var.ctx, wish));
  if (!signedIn?.ok) return c.redirect(`/account/sign-in?problem=passkey&next=${encodeURIComponent(next)}`, 303);
  keepSession(c, signedIn.value);
  return c.redirect(next, 303);
}

/** `POST /account/security/passkeys`: the island has filled in the passkey that the browser made. */
export async function addPasskeyFromForm(c: Page): Promise<Response> {
  const form = await readForm(c);
  const wish = addLine.body?.safeParse({
    ...fieldsOf(form, ["credential_id", "client_data", "attestation_object"]),
    transports: (form.get("transports") ?? "").split(" ").filter(Boolean),
    name: browserName(c.req.header("user-agent")),
  }).data;
  const added = wish && (await addPasskey(c.var.ctx, wish));
  return c.redirect(`/account/security?${added?.ok ? "done=passkey" : "problem=passkey"}`, 303);
}

/** `POST /account/security/passkeys/:passkey/remove` */
export async function removePasskeyFromForm(c: Page): Promise<Response> {
  await removePasskey(c.var.ctx, { id: c.req.param("passkey") ?? "" });
  return c.redirect("/account/security?done=no-passkey", 303);
}

const fieldsOf = (form: Form, names: readonly string[]): Record<string, string | undefined> =>
  Object.fromEntries(names.map((name) => [name, form.get(name)]));
