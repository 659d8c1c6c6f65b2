import type { Locale } from "../storefront/locale.ts";
import { m } from "../storefront/messages/compiled/messages.js";

type Say = (inputs: Record<string, never>, options: { locale: Locale }) => string;

const does: Record<string, Say> = {
  tenants: m.docs_does_tenants,
  keys: m.docs_does_keys,
  staff: m.docs_does_staff,
  usage: m.docs_does_usage,
  invoices: m.docs_does_invoices,
  gateway: m.docs_does_gateway,
  catalog: m.docs_does_catalog,
  search: m.docs_does_search,
  selection: m.docs_does_selection,
  media: m.docs_does_media,
  stock: m.docs_does_stock,
  reservations: m.docs_does_reservations,
  consistency: m.docs_does_consistency,
  capacity: m.docs_does_capacity,
  carts: m.docs_does_carts,
  accounts: m.docs_does_accounts,
  mail: m.docs_does_mail,
  orders: m.docs_does_orders,
  payments: m.docs_does_payments,
  "flash-sales": m.docs_does_flash_sales,
  "waiting-room": m.docs_does_waiting_room,
  canary: m.docs_does_canary,
  webhooks: m.docs_does_webhooks,
  "live-board": m.docs_does_live_board,
  checkout: m.docs_does_checkout,
};

/** What a capability does, in a sentence for who thinks of buying it; empty for one that nobody described yet. */
export const whatItDoes = (name: string, locale: Locale): string => does[name]?.({}, { locale }) ?? "";
