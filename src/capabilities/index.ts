import type { Capability } from "../platform/capability.ts";
import capacity from "./insight/capacity/capability.ts";
import consistency from "./insight/consistency/capability.ts";
import liveBoard from "./insight/live-board/capability.ts";
import webhooks from "./insight/webhooks/capability.ts";
import canary from "./marketing/canary/capability.ts";
import flashSales from "./marketing/flash-sales/capability.ts";
import waitingRoom from "./marketing/waiting-room/capability.ts";
import gateway from "./money/gateway/capability.ts";
import invoices from "./money/invoices/capability.ts";
import keys from "./money/keys/capability.ts";
import staff from "./money/staff/capability.ts";
import tenants from "./money/tenants/capability.ts";
import usage from "./money/usage/capability.ts";
import accounts from "./selling/accounts/capability.ts";
import carts from "./selling/carts/capability.ts";
import catalog from "./selling/catalog/capability.ts";
import checkout from "./selling/checkout/capability.ts";
import mail from "./selling/mail/capability.ts";
import media from "./selling/media/capability.ts";
import orders from "./selling/orders/capability.ts";
import payments from "./selling/payments/capability.ts";
import reservations from "./selling/reservations/capability.ts";
import search from "./selling/search/capability.ts";
import selection from "./selling/selection/capability.ts";
import stock from "./selling/stock/capability.ts";

/** Everything Souk can do, one line each. */
export const capabilities: readonly Capability[] = [
  tenants,
  keys,
  staff,
  usage,
  invoices,
  gateway,
  catalog,
  stock,
  reservations,
  capacity,
  mail,
  carts,
  orders,
  accounts,
  payments,
  checkout,
  search,
  selection,
  flashSales,
  waitingRoom,
  liveBoard,
  media,
  canary,
  consistency,
  webhooks,
];
