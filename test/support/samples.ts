import { inject } from "vitest";
import { accountSamples } from "./account-samples.ts";
import { gatewaySamples } from "./gateway-samples.ts";
import { moneySamples } from "./money-samples.ts";
import { searchSamples } from "./search-samples.ts";
import { home } from "./shopper.ts";
import type { Stall } from "./stall.ts";

/** The parts of a call that its contract line names. */
export interface Sample {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: Record<string, unknown>;
  raw?: BodyInit;
  headers?: Record<string, string>;
}

const words = (text: string) => ({
  title: text,
  description_html: `<p>${text}</p>`,
  type: text,
  seo: { title: text, description: text },
  options: { Size: text },
});
const price = ({ currency }: Stall) => ({ amount: 1_999, currency });
const product = (stall: Stall, sku: string) => ({
  title: "New lamp",
  description_html: "<p>New</p>",
  vendor: "Vendor",
  type: "Lamp",
  tags: ["new"],
  status: "active",
  options: [{ name: "Size", values: ["S"] }],
  images: [{ src: "/lamp.jpg", alt: "A lamp", width: 10, height: 10, position: 1 }],
  seo: { title: "New", description: "New" },
  translations: { "zh-CN": words("灯") },
  variants: [
    {
      sku,
      barcode: "1",
      price: price(stall),
      compare_at_price: price(stall),
      grams: 1,
      options: ["S"],
      image: "/lamp.jpg",
      on_hand: 1_000,
    },
  ],
});
const collection = (stall: Stall) => ({
  title: "New lamps",
  description_html: "<p>New</p>",
  image: { src: "/lamp.jpg", alt: "A lamp" },
  translations: { "zh-CN": { title: "灯", description_html: "<p>灯</p>", type: "灯" } },
  position: 1,
  product_handles: [stall.handle],
});
const order = ({ orderId, token }: Stall): Sample => ({ params: { id: orderId }, query: { token } });

const hold = ({ sku }: Stall): Sample => ({
  params: { sku },
  body: { buyer: "ann", quantity: 1, ttl_seconds: 60 },
  headers: { "idempotency-key": "sample" },
});

const itemTerms = ({ currency }: Pick<Stall, "currency">) => ({
  sale_price: { amount: 999, currency },
  quantity: 50,
  per_buyer_limit: 2,
});

const saleTerms = {
  starts_at: new Date(Date.now() + 3_600_000).toISOString(),
  ends_at: new Date(Date.now() + 86_400_000).toISOString(),
  eligibility: { countries: ["US"], email_domains: ["example.com"] },
  waiting_room: { admit_per_second: 10, burst: 10, pass_seconds: 300, live_passes_max: 100 },
};

const orderWish = {
  shipping_address: { ...home, phone: "+1 555 0100", line2: "Flat 2" },
  payment_provider: "sandbox",
  locale: "en",
};

/** Matches no request of any test. */
const canaryRule = (arm: string) => ({
  name: "New look",
  when: 'headers.get("X-User-Group") == "nobody" && bucket < 10',
  position: 1,
  target: "feature",
  arm,
  overlay: { theme: { accent: "#2f5d62", accent_dark: "#8fc1c6" }, payment_window_minutes: 60 },
  guard: { max_error_percent: 5, slow_ms: 2_000, max_slow_percent: 20, min_calls: 10 },
  enabled: true,
});

const hook = {
  url: `${inject("receiver")}/hooks/sample`,
  events: ["webhook_endpoint.disabled", "order.refunded"],
  description: "A receiver",
};

/** For each operation one call that is right in every part and names all its fields: attacks change one part of it. */
export const samples: Record<string, (stall: Stall) => Sample> = {
  health: () => ({}),
  checkInvariants: () => ({}),
  createShop: () => ({
    body: {
      id: "new-shop",
      name: "New shop",
      currency: "USD",
      locale: "en",
      theme: { accent: "#b4532a", accent_dark: "#b4532a" },
      settings: {
        payment_window_minutes: 120,
        order_shards: 2,
        reservation_rollout_percent: 100,
        time_zone: "Asia/Shanghai",
        names: { en: "Lamps", "zh-CN": "灯" },
      },
      trial_days: 30,
    },
  }),
  addHost: ({ shop }) => ({ body: { host: `new.${shop}.example.com` } }),
  listHosts: () => ({ query: { limit: "1" } }),
  checkHost: ({ host }) => ({ params: { host } }),
  removeHost: ({ host }) => ({ params: { host } }),
  verifyHost: ({ shop, host }) => ({ params: { id: shop, host } }),
  listShops: () => ({ query: { limit: "1", state: "active" } }),
  readShopRecord: ({ shop }) => ({ params: { id: `${shop}-hall` } }),
  moveShop: ({ shop }) => ({ params: { id: `${shop}-hall` }, body: { to: "active", reason: "It has paid." } }),
  changeTrial: ({ shop }) => ({ params: { id: `${shop}-porch` }, body: { ends_at: "2030-01-01T00:00:00Z" } }),
  listCapabilities: () => ({}),
  switchCapability: () => ({ params: { name: "search" }, body: { enabled: true, together: false } }),
  readShop: () => ({}),
  changeSettings: () => ({
    body: {
      payment_window_minutes: 120,
      order_shards: 2,
      reservation_rollout_percent: 100,
      time_zone: "Asia/Shanghai",
      names: { en: "Lamps", "zh-CN": "灯" },
    },
  }),
  listProducts: (it) => ({ query: { limit: "1", collection: it.collection, status: "active" } }),
  readProduct: (it) => ({ params: { handle: it.handle } }),
  createProduct: (it) => ({ body: { handle: "new-lamp", ...product(it, "NEW-LAMP") } }),
  changeProduct: (it) => ({ params: { handle: it.handle }, body: product(it, it.sku) }),
  deleteProduct: (it) => ({ params: { handle: `${it.shop}-other` } }),
  listCollections: () => ({}),
  readCollection: (it) => ({ params: { handle: it.collection } }),
  createCollection: (it) => ({ body: { handle: "new-lamps", ...collection(it) } }),
  changeCollection: (it) => ({ params: { handle: it.collection }, body: collection(it) }),
  deleteCollection: (it) => ({ params: { handle: it.collection } }),
  importCatalog: () => ({ raw: "Handle,Title\nimported,Imported\n", headers: { "content-type": "text/csv" } }),
  readImport: (it) => ({ params: { id: it.importId } }),
  exportCatalog: () => ({}),
  ...searchSamples,
  ...accountSamples,
  readStock: (it) => ({ params: { sku: it.sku } }),
  setStock: (it) => ({ params: { sku: it.sku }, body: { on_hand: 1_000, per_buyer_limit: 5 } }),
  adjustStock: (it) => ({ params: { sku: it.sku }, body: { delta: 1, reason: "found" } }),
  reserveStock: hold,
  confirmReservation: (it) => ({ params: { id: it.reservationId } }),
  releaseReservation: (it) => ({ params: { id: it.settledId } }),
  extendReservation: (it) => ({
    params: { id: it.reservationId },
    body: { ttl_seconds: 60 },
    headers: { "idempotency-key": "sample" },
  }),
  readReservation: (it) => ({ params: { id: it.reservationId } }),
  listReservations: (it) => ({ params: { sku: it.sku }, query: { limit: "1", status: "held" } }),
  ...moneySamples,
  createReservationLicence: () => ({ body: { name: "Partner", plan: "trial", enabled: true, rollout_percent: 50 } }),
  listReservationLicences: () => ({ query: { limit: "1" } }),
  readReservationLicence: (it) => ({ params: { id: it.licenceId } }),
  changeReservationLicence: (it) => ({
    params: { id: it.licenceId },
    body: { name: "Partner", plan: "standard", enabled: true, rollout_percent: 100 },
  }),
  revokeReservationLicence: (it) => ({ params: { id: it.licenceId } }),
  createWebhookEndpoint: () => ({ body: hook }),
  listWebhookEndpoints: () => ({ query: { limit: "1" } }),
  readWebhookEndpoint: (it) => ({ params: { id: it.endpointId } }),
  changeWebhookEndpoint: (it) => ({ params: { id: it.endpointId }, body: { ...hook, enabled: true } }),
  deleteWebhookEndpoint: (it) => ({ params: { id: it.endpointId } }),
  rotateWebhookSecret: (it) => ({ params: { id: it.endpointId }, body: { old_valid_hours: 0 } }),
  testWebhookEndpoint: (it) => ({ params: { id: it.endpointId } }),
  listWebhookDeliveries: (it) => ({
    params: { id: it.endpointId },
    query: { limit: "1", state: "dead" },
  }),
  readWebhookDelivery: (it) => ({ params: { id: it.endpointId, delivery_id: it.deliveryId } }),
  replayWebhookDelivery: (it) => ({ params: { id: it.endpointId, delivery_id: it.deliveryId } }),
  replayWebhookDeliveries: (it) => ({
    params: { id: it.endpointId },
    body: { from: "2020-01-01T00:00:00Z", to: "2020-02-01T00:00:00Z", states: ["dead"] },
  }),
  listWebhookEventTypes: () => ({}),
  pingStock: hold,
  adjustAutoscale: (it) => ({ query: { sku: it.sku, target_conversions: "400" } }),
  readAutoscale: (it) => ({ params: { sku: it.sku } }),
  readConsistency: () => ({}),
  checkConsistency: () => ({}),
  readConsistencyMetrics: () => ({}),
  createMonitorLink: () => ({ body: { hours: 1 } }),
  createCart: () => ({}),
  readCart: (it) => ({ params: { id: it.cartId } }),
  addCartLine: (it) => ({ params: { id: it.cartId }, body: { sku: it.sku, quantity: 1 } }),
  changeCartLine: (it) => ({ params: { id: it.cartId, line_id: it.lineId }, body: { quantity: 2 } }),
  removeCartLine: (it) => ({ params: { id: it.cartId, line_id: it.lineId } }),
  readOrder: order,
  listOrders: () => ({ query: { limit: "1", state: "pending_payment", arm: "control" } }),
  cancelOrder: order,
  moveOrder: (it) => ({ params: { id: it.paid.orderId }, body: { to: "fulfilling" } }),
  refundOrder: (it) => ({ params: { id: it.paid.orderId } }),
  openPayment: (it) => ({ ...order(it), body: { payment_provider: "sandbox" } }),
  paymentWebhook: (it) => ({
    params: { provider: "sandbox" },
    raw: JSON.stringify({ type: "payment.paid", data: { payment_id: it.paymentId } }),
    headers: { "content-type": "application/json" },
  }),
  playSandbox: (it) => ({ params: { id: it.paymentId }, body: { outcome: "paid", delay_seconds: 1 } }),
  placeOrder: (it) => ({
    body: {
      cart_id: it.cartId,
      email: "ann@example.com",
      shipping_address: { ...home, phone: "+1 555 0100", line2: "Flat 2" },
      payment_provider: "sandbox",
      locale: "en",
      expected_total: { amount: 3_998, currency: it.currency },
    },
  }),
  createFlashSale: (it) => ({
    body: {
      items: [{ sku: it.sku, ...itemTerms(it) }],
      title: "Now",
      ...saleTerms,
      shards: 1,
    },
    headers: { "idempotency-key": "sample-sale" },
  }),
  listFlashSales: (it) => ({ query: { limit: "1", sku: it.sku } }),
  readFlashSale: (it) => ({ params: { id: it.saleId } }),
  editFlashSale: (it) => ({
    params: { id: it.plannedSaleId },
    body: { title: "Then", ...saleTerms, ...itemTerms(it), items: [{ sku: it.sku, ...itemTerms(it) }] },
  }),
  cancelFlashSale: (it) => ({ params: { id: it.saleId } }),
  enterWaitingRoom: (it) => ({
    params: { id: it.queue.saleId },
    body: { email: "ann@example.com" },
    headers: { "idempotency-key": "sample-entry" },
  }),
  readWaitingRoomEntry: (it) => ({
    params: { id: it.queue.saleId, entry_id: it.queue.entryId },
    query: { token: it.queue.token },
  }),
  readWaitingRoom: (it) => ({ params: { id: it.queue.saleId } }),
  readWaitingRoomDraw: (it) => ({ params: { id: it.queue.saleId }, query: { limit: "1", cursor: "0" } }),
  watchSale: (it) => ({ params: { id: it.saleId } }),
  ...gatewaySamples,
  createUpload: (it) => ({
    body: {
      filename: "lamp.png",
      content_type: "image/png",
      size: 1_000,
      sha256: "5e".repeat(32),
      alt: "A lamp",
      product_handle: it.handle,
      replaces: "/lamp.jpg",
    },
  }),
  completeUpload: (it) => ({ params: { id: it.uploadId } }),
  listPictures: (it) => ({ query: { limit: "1", cursor: it.pictureCursor } }),
  deletePicture: (it) => ({ params: { id: it.pictureId } }),
  readMediaTask: (it) => ({ params: { id: it.taskId } }),
  readMediaStorage: () => ({}),
  participate: (it) => ({
    params: { id: it.saleId },
    body: { email: `${crypto.randomUUID()}@example.com`, sku: it.sku, quantity: 1, pass: "x", ...orderWish },
  }),
  orderParticipation: (it) => ({
    params: { id: it.saleId, participation_id: it.participationId },
    body: orderWish,
  }),
  createCanaryRule: () => ({ body: canaryRule("new-arm") }),
  listCanaryRules: (it) => ({ query: { limit: "1", cursor: it.canaryCursor } }),
  readCanaryRule: (it) => ({ params: { id: it.canaryRuleId } }),
  changeCanaryRule: (it) => ({ params: { id: it.canaryRuleId }, body: canaryRule("changed-arm") }),
  deleteCanaryRule: (it) => ({ params: { id: it.canaryRuleId } }),
  explainCanary: () => ({
    body: {
      ...{ headers: { "x-user-group": "gold" }, country: "CN", region: "SH", path: "/", subject: "ann" },
    },
  }),
  createCanaryPreview: (it) => ({ params: { id: it.canaryRuleId }, body: { minutes: 10 } }),
};
