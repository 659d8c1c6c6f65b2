import { expect } from "vitest";
import { openAccount } from "./accounts.ts";
import { type Answer, api, openShop, operate } from "./api.ts";
import { invoiceOf } from "./invoiced.ts";
import { png, uploadPicture } from "./pictures.ts";
import { openReceiver } from "./receiver.ts";
import { eventually } from "./settled.ts";
import { checkOut, fillCart, home, play } from "./shopper.ts";
import { employ } from "./staff.ts";

/** One shop with at least one of each thing that an operation can name: what attacks start from and must leave as it is. */
export interface Stall {
  shop: string;
  currency: string;
  handle: string;
  sku: string;
  collection: string;
  cartId: string;
  lineId: string;
  /** Held; `settled` was released. */
  reservationId: string;
  settledId: string;
  licenceId: string;
  canaryRuleId: string;
  /** Asks for events that do not happen here; a test of it was refused. */
  endpointId: string;
  deliveryId: string;
  /** Waits for its payment. */
  orderId: string;
  token: string;
  paymentId: string;
  paid: Placed;
  /** Signed in twice, with two addresses; placed both orders. */
  shopper: Awaited<ReturnType<typeof openAccount>>;
  importId: string;
  /** Flash sales of 50 units of the SKU each: one is live, one has not started. */
  saleId: string;
  /** A third one, live, with a waiting room and somebody in it. */
  queue: { saleId: string; entryId: string; token: string };
  plannedSaleId: string;
  /** A picture of the shop, its completed upload and its task. */
  pictureId: string;
  uploadId: string;
  taskId: string;
  /** Holds a unit of the live sale. */
  participationId: string;
  /** Cursors that this shop's lists gave out. */
  productCursor: string;
  orderCursor: string;
  saleCursor: string;
  pictureCursor: string;
  keyId: string;
  keyText: string;
  invoiceId: string;
  invoiceCursor: string;
  keyCursor: string;
  holdCursor: string;
  licenceCursor: string;
  canaryCursor: string;
  /** A domain of its own, claimed and proven. */
  host: string;
  hostCursor: string;
  /** Of the operator's list, which is nobody's. */
  shopCursor: string;
  endpointCursor: string;
  deliveryCursor: string;
  /** One of three members, who is no owner; an invitation to take back, and the token of another one to accept. */
  memberId: string;
  invitationId: string;
  invitationToken: string;
  staffResetToken: string;
  memberCursor: string;
  mailCursor: string;
  invitationCursor: string;
  auditCursor: string;
}

/** Opens a stall. `secret` stands in every text that the shop or its shoppers wrote, and in no id, handle or SKU. */
export async function openStall(shop: string, secret = "plain"): Promise<Stall> {
  const currency = shop === "acme" ? "EUR" : "USD";
  await openNeighbours(shop);
  const [handle, sku, collection] = [`${shop}-lamp`, `${shop.toUpperCase()}-LAMP`, `${shop}-lamps`];
  await displayGoods(shop, { handles: [handle, `${shop}-other`], currency, secret });
  await made("/collections", shop, { handle: collection, title: `Lamps ${secret}`, product_handles: [handle] });
  const hold = (key: string) =>
    api("POST", `/stock/${sku}/reservations`, {
      shop,
      body: { buyer: `buyer ${secret}`, quantity: 1, ttl_seconds: 3_600 },
      headers: { "idempotency-key": key },
    });
  const [held, settled] = [await hold("held"), await hold("settled")];
  await api("POST", `/reservations/${settled.body.id}/release`, { shop });
  const guests = await welcome(shop, sku, secret);
  await play(guests.paid.paymentId, "paid", undefined, shop);
  const [licenceId] = [await license(shop, secret), await license(shop, secret)];
  const sales = await runSales(shop, { sku, currency, secret });
  const cartId = await fillCart({ [sku]: 2 }, shop);
  const cart = await api("GET", `/carts/${cartId}`, { shop, key: null });
  const started = await api("POST", "/catalog/imports", {
    shop,
    raw: `Handle,Title\n${handle},Lamp ${secret}\n`,
    headers: { "content-type": "text/csv" },
  });
  const drawn = await hangPictures(shop, secret);
  const hooked = await hookUp(shop, secret);
  await eventually(async () => {
    expect((await api("GET", `/media/tasks/${drawn.taskId}`, { shop })).body.status).toBe("done");
    expect((await api("GET", `/orders/${guests.paid.orderId}`, { shop })).body.state).toBe("paid");
    expect((await api("GET", `/catalog/imports/${started.body.id}`, { shop })).body.status).toBe("done");
    expect((await api("GET", "/orders?state=paid", { shop })).body.data).toHaveLength(1);
    expect((await api("GET", "/orders", { shop })).body.data).toHaveLength(2);
    expect((await api("GET", `/stock/${sku}`, { shop })).body.sold).toBe(1);
  });
  return {
    ...{ shop, currency, handle, sku, collection, cartId },
    lineId: cart.body.lines[0].id,
    reservationId: held.body.id,
    settledId: settled.body.id,
    licenceId,
    canaryRuleId: await divide(shop, secret),
    ...guests,
    importId: started.body.id,
    ...sales,
    ...drawn,
    ...hooked,
    ...(await employ(shop, secret)),
    host: await claimHosts(shop),
    ...(await bill(shop, secret)),
    ...(await takeCursors(shop, sku, hooked.endpointId)),
  };
}

/** Every list has a next page when it shows one thing at a time. */
async function takeCursors(shop: string, sku: string, endpointId: string) {
  const cursor = async (list: string) => (await api("GET", `${list}?limit=1`, { shop })).body.next_cursor;
  return {
    productCursor: await cursor("/products"),
    orderCursor: await cursor("/orders"),
    saleCursor: await cursor("/flash-sales"),
    pictureCursor: await cursor("/media/pictures"),
    invoiceCursor: await cursor("/invoices"),
    keyCursor: await cursor("/api-keys"),
    holdCursor: await cursor(`/stock/${sku}/reservations`),
    licenceCursor: await cursor("/reservation-licences"),
    canaryCursor: await cursor("/canary/rules"),
    hostCursor: await cursor("/shop/hosts"),
    shopCursor: (await operate("GET", "/tenants?limit=1")).body.next_cursor,
    endpointCursor: await cursor("/webhook-endpoints"),
    deliveryCursor: await cursor(`/webhook-endpoints/${endpointId}/deliveries`),
    memberCursor: await cursor("/staff/members"),
    mailCursor: await cursor("/mails"),
    invitationCursor: await cursor("/staff/invitations"),
    auditCursor: await cursor("/staff/audit"),
  };
}

/** Two rules that no request of the tests matches, so that the list of one has a next page; answers the second. */
async function divide(shop: string, secret: string): Promise<string> {
  const body = { name: secret, when: `headers.get("X-Nobody") == "${secret}"`, target: "feature", arm: "stall" };
  await made("/canary/rules", shop, body);
  return (await made("/canary/rules", shop, body)).id;
}

/** Two more shops that the operator can move: `<shop>-hall` is suspended, `<shop>-porch` on trial. */
async function openNeighbours(shop: string): Promise<void> {
  await openShop({ id: `${shop}-hall` });
  await openShop({ id: `${shop}-porch`, trial_days: 30 });
  await operate("POST", `/tenants/${shop}-hall/transitions`, { to: "suspended", reason: "It has not paid." });
}

/** Two domains, so that the list of one has a next page; answers the second, which is proven. */
async function claimHosts(shop: string): Promise<string> {
  await made("/shop/hosts", shop, { host: `a.${shop}.example.com` });
  const { host } = await made("/shop/hosts", shop, { host: `b.${shop}.example.com` });
  await operate("POST", `/tenants/${shop}/hosts/${host}/verification`);
  return host;
}

/** A live sale that somebody has taken part in, a planned one, and one with a waiting room. */
async function runSales(shop: string, goods: { sku: string; currency: string; secret: string }) {
  const [sale, planned] = [await openSale(shop, -1, goods), await openSale(shop, 1, goods)];
  const queue = await openQueue(shop, goods);
  const body = { email: `${goods.secret}@example.com` };
  const joined = await api("POST", `/flash-sales/${sale.id}/participations`, { shop, key: null, body });
  expect(joined.status, joined.text).toBe(201);
  return { saleId: sale.id, plannedSaleId: planned.id, queue, participationId: joined.body.id };
}

/** A shopper with an account, who places two orders. */
async function welcome(shop: string, sku: string, secret: string) {
  const placed: Placed[] = [];
  const shopper = await openAccount(shop, secret, async (headers) => {
    placed.push(await placeOne(shop, sku, secret, headers));
  });
  const [pending, paid] = placed;
  if (!pending || !paid) throw new Error("the shopper placed no orders");
  return { ...pending, paid, shopper };
}

interface Placed {
  orderId: string;
  token: string;
  paymentId: string;
}

async function placeOne(shop: string, sku: string, secret: string, headers: Record<string, string>): Promise<Placed> {
  const body = { shipping_address: { ...home, name: `Ann ${secret}` } };
  const placed = await checkOut(await fillCart({ [sku]: 1 }, shop), {
    shop,
    email: `${secret}@example.com`,
    body,
    headers,
  });
  expect(placed.status, placed.text).toBe(201);
  return { orderId: placed.body.order.id, token: placed.body.order_token, paymentId: placed.body.payment.id };
}

/** Two pictures, so that the list of one has a next page; answers the second. */
async function hangPictures(shop: string, secret: string) {
  await uploadPicture(png(1, 1), "image/png", { filename: `${secret}.png` }, shop);
  const { body } = await uploadPicture(png(2, 2), "image/png", { filename: `${secret}.png` }, shop);
  return { pictureId: body.picture.id, uploadId: body.id, taskId: body.task.id };
}

async function bill(shop: string, secret: string): Promise<Pick<Stall, "keyId" | "keyText" | "invoiceId">> {
  const { body } = await api("POST", "/api-keys", { shop, body: { name: `Key ${secret}`, scopes: ["usage:read"] } });
  const keyId: string = body.api_key.id;
  return { keyId, keyText: body.key, invoiceId: await invoiceOf(shop, keyId) };
}

/** Two endpoints at a receiver that refuses, the second with two deliveries. */
async function hookUp(shop: string, secret: string): Promise<Pick<Stall, "endpointId" | "deliveryId">> {
  const receiver = openReceiver();
  await receiver.answers({ status: 500 });
  const body = { url: receiver.url, events: ["webhook_endpoint.disabled"], description: secret };
  const [, { endpoint }] = [await made("/webhook-endpoints", shop, body), await made("/webhook-endpoints", shop, body)];
  const test = () => api("POST", `/webhook-endpoints/${endpoint.id}/test`, { shop });
  const [, { body: tested }] = [await test(), await test()];
  return { endpointId: endpoint.id, deliveryId: tested.delivery.id };
}

const license = async (shop: string, secret: string): Promise<string> =>
  (await api("POST", "/reservation-licences", { shop, body: { name: `Partner ${secret}` } })).body.licence.id;

interface Goods {
  handles: string[];
  currency: string;
  secret: string;
}

async function displayGoods(shop: string, { handles, currency, secret }: Goods): Promise<void> {
  for (const handle of handles)
    await made("/products", shop, {
      handle,
      title: `Lamp ${secret}`,
      description_html: `<p>${secret}</p>`,
      vendor: `Vendor ${secret}`,
      tags: [secret],
      status: "active",
      variants: [{ sku: handle.toUpperCase(), price: { amount: 1_999, currency }, on_hand: 1_000 }],
    });
}

function openSale(
  shop: string,
  hours: number,
  { sku, currency, secret }: { sku: string; currency: string; secret: string },
  waiting_room: object | null = null,
) {
  const at = (from: number) => new Date(Date.now() + from * 3_600_000).toISOString();
  return made("/flash-sales", shop, {
    sku,
    title: `Sale ${secret}`,
    sale_price: { amount: 999, currency },
    quantity: 50,
    starts_at: at(hours),
    ends_at: at(24),
    per_buyer_limit: 2,
    waiting_room,
  });
}

async function openQueue(shop: string, of: { sku: string; currency: string; secret: string }): Promise<Stall["queue"]> {
  const sale = await openSale(shop, -1, of, { admit_per_second: 10 });
  const email = `${of.secret}.queue@example.com`;
  const entered = await made(`/flash-sales/${sale.id}/waiting-room/entries`, shop, { email });
  return { saleId: sale.id, entryId: entered.entry.id, token: entered.token };
}

async function made(path: string, shop: string, body: object): Promise<Answer["body"]> {
  const answer = await api("POST", path, { shop, body });
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}
