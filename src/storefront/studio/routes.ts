import { Hono } from "hono";
import { partOf } from "../part-of.ts";
import type { Storefront } from "../visit.ts";
import { membersOnly } from "./door.ts";
import { cancelFromForm, cancelPage, refundFromForm, refundPage } from "./end-order.tsx";
import { joinFromForm, joinPage } from "./join.tsx";
import { landingPage } from "./landing.tsx";
import { membersFromForm, membersPage } from "./members.tsx";
import { moveFromForm, staffOrderPage } from "./order.tsx";
import { ordersPage } from "./orders.tsx";
import { mailPage, outboxPage } from "./outbox.tsx";
import { forgottenFromForm, forgottenPage, resetFromForm, resetPage } from "./reset.tsx";
import { salesPage } from "./sales.tsx";
import { secondFactorFromForm, secondFactorPage } from "./second-factor.tsx";
import { securityFromForm, securityPage } from "./security.tsx";
import { codeFromForm, codePage, signInFromForm, signInPage, signOut } from "./sign-in.tsx";

/** Staff's side of a shop. It works without scripts; forms post and redirect, but for what is shown once. */
export const studio = new Hono<Storefront>()
  .get("/studio/sign-in", signInPage)
  .post("/studio/sign-in", signInFromForm)
  .get("/studio/sign-in/code", codePage)
  .post("/studio/sign-in/code", codeFromForm)
  .get("/studio/forgotten", forgottenPage)
  .post("/studio/forgotten", forgottenFromForm)
  .get("/studio/reset", resetPage)
  .post("/studio/reset", resetFromForm)
  .get("/studio/second-factor", secondFactorPage)
  .post("/studio/second-factor", secondFactorFromForm)
  .get("/studio/join", joinPage)
  .post("/studio/join", joinFromForm)
  .post("/studio/sign-out", signOut)
  .get("/studio", membersOnly, landingPage)
  .get("/studio/orders", membersOnly, ordersPage)
  .get("/studio/orders/:order", membersOnly, staffOrderPage)
  .post("/studio/orders/:order", membersOnly, moveFromForm)
  .get("/studio/orders/:order/cancel", membersOnly, cancelPage)
  .post("/studio/orders/:order/cancel", membersOnly, cancelFromForm)
  .get("/studio/orders/:order/refund", membersOnly, refundPage)
  .post("/studio/orders/:order/refund", membersOnly, refundFromForm)
  .get("/studio/sales", membersOnly, partOf("flash-sales"), salesPage)
  .get("/studio/members", membersOnly, membersPage)
  .post("/studio/members", membersOnly, membersFromForm)
  .get("/studio/outbox", membersOnly, outboxPage)
  .get("/studio/outbox/:mail", membersOnly, mailPage)
  .get("/studio/security", membersOnly, securityPage)
  .post("/studio/security", membersOnly, securityFromForm);
