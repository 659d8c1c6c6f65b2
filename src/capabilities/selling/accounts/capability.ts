import { defineCapability } from "../../../platform/capability.ts";
import { serve } from "../../../platform/contract.ts";
import { addAddress, changeAddress, listAddresses, removeAddress } from "./actions/addresses.ts";
import { linkPaidOrder } from "./actions/orders-of-address.ts";
import { listOwnOrders } from "./actions/own-orders.ts";
import {
  addPasskey,
  beginPasskey,
  beginPasskeySignIn,
  listPasskeys,
  removePasskey,
  signInWithPasskey,
} from "./actions/passkeys.ts";
import { confirmAccount, registerAccount } from "./actions/register.ts";
import { askPasswordReset, resetPassword } from "./actions/reset-password.ts";
import { endSession, forgetEndedSessions, listSessions } from "./actions/sessions.ts";
import { answerRegistration, sendReset, tellChange } from "./actions/write-letters.ts";
import { changePassword, deleteAccount, readAccount, signIn } from "./actions.ts";
import * as links from "./contract/mail-links.ts";
import * as passkeys from "./contract/passkeys.ts";
import * as contract from "./contract.ts";

export default defineCapability({
  name: "accounts",
  sells: "internal",
  needs: ["carts", "orders", "mail"],
  operations: [
    serve(contract.registerAccount, registerAccount),
    serve(contract.confirmAccount, confirmAccount),
    serve(contract.signIn, signIn),
    serve(links.askPasswordReset, askPasswordReset),
    serve(links.resetPassword, resetPassword),
    serve(contract.readAccount, readAccount),
    serve(contract.listSessions, listSessions),
    serve(contract.endSession, endSession),
    serve(contract.listAddresses, listAddresses),
    serve(contract.addAddress, addAddress),
    serve(contract.changeAddress, changeAddress),
    serve(contract.removeAddress, removeAddress),
    serve(contract.listOwnOrders, listOwnOrders),
    serve(passkeys.beginPasskeySignIn, beginPasskeySignIn),
    serve(passkeys.signInWithPasskey, signInWithPasskey),
    serve(passkeys.beginPasskey, beginPasskey),
    serve(passkeys.addPasskey, addPasskey),
    serve(passkeys.listPasskeys, listPasskeys),
    serve(passkeys.removePasskey, removePasskey),
    serve(contract.changePassword, changePassword),
    serve(contract.deleteAccount, deleteAccount),
  ],
  on: {
    "account.registered": answerRegistration,
    "account.reset_asked": sendReset,
    "account.password_changed": tellChange,
    "order.paid": linkPaidOrder,
  },
  every: { hour: [forgetEndedSessions] },
});
