import { NEW_PASSWORD, PASSWORD, pageOf } from "./accounts.ts";
import type { Sample } from "./samples.ts";
import { home } from "./shopper.ts";
import type { Stall } from "./stall.ts";

const address = { ...home, phone: "+1 555 0100", line2: "Flat 2" };
/** As the shop's own page calls for a shopper who is signed in. */
const asShopper = ({ shopper, shop }: Stall) => ({ headers: pageOf(shop, shopper.token) });

/** The calls of accounts, each with all its fields. */
export const accountSamples: Record<string, (stall: Stall) => Sample> = {
  registerAccount: () => ({ body: { email: "new@example.com", password: PASSWORD, locale: "en", next: "/checkout" } }),
  askPasswordReset: (it) => ({ body: { email: it.shopper.email, locale: "en" } }),
  resetPassword: (it) => ({ body: { token: it.shopper.resetToken, password: NEW_PASSWORD, locale: "en" } }),
  confirmAccount: (it) => ({
    body: {
      ...{ token: it.shopper.confirmToken, password: PASSWORD },
      ...{ cart_id: it.cartId, device_name: "Firefox on Android" },
    },
  }),
  listMails: (it) => ({ query: { limit: "1", cursor: it.mailCursor, state: "sent" } }),
  readMail: (it) => ({ params: { id: it.shopper.mailId } }),
  signIn: (it) => ({
    body: {
      ...{ email: it.shopper.email, password: PASSWORD, cart_id: it.cartId },
      ...{ device_name: "Firefox on Android", device_token: "x" },
    },
  }),
  readAccount: asShopper,
  changePassword: (it) => ({
    ...asShopper(it),
    body: { current_password: PASSWORD, new_password: NEW_PASSWORD, locale: "en" },
  }),
  deleteAccount: (it) => ({ ...asShopper(it), body: { password: PASSWORD } }),
  listAccountSessions: (it) => ({ ...asShopper(it), query: { limit: "1", cursor: it.shopper.sessionCursor } }),
  endAccountSession: (it) => ({ ...asShopper(it), params: { id: it.shopper.otherSessionId } }),
  listAddresses: (it) => ({ ...asShopper(it), query: { limit: "1", cursor: it.shopper.addressCursor } }),
  addAddress: (it) => ({ ...asShopper(it), body: { address, is_default: true } }),
  changeAddress: (it) => ({
    ...asShopper(it),
    params: { id: it.shopper.addressId },
    body: { address, is_default: true },
  }),
  removeAddress: (it) => ({ ...asShopper(it), params: { id: it.shopper.addressId } }),
  beginPasskey: asShopper,
  addPasskey: (it) => ({ ...asShopper(it), body: it.shopper.newPasskey }),
  listPasskeys: (it) => ({ ...asShopper(it), query: { limit: "1", cursor: it.shopper.passkeyCursor } }),
  removePasskey: (it) => ({ ...asShopper(it), params: { id: it.shopper.passkeyId } }),
  beginPasskeySignIn: () => ({}),
  signInWithPasskey: (it) => ({
    body: { ...it.shopper.passkeyProof, cart_id: it.cartId, device_name: "Firefox on Android" },
  }),
  listAccountOrders: (it) => ({ ...asShopper(it), query: { limit: "1", cursor: it.shopper.orderCursor } }),
};
