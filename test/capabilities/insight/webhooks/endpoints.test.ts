import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, inject, it } from "vitest";
import type { WebhookSender } from "../../../../durable-objects/webhook-sender.ts";
import { onlyWanted } from "../../../../src/platform/wanted-events.ts";
import { api, openShop } from "../../../support/api.ts";
import { type Hook, openHook, openReceiver, passTime } from "../../../support/receiver.ts";
import { eventually } from "../../../support/settled.ts";

const EVENTS = ["order.placed"];
const create = (body: object, shop = "demo") => api("POST", "/webhook-endpoints", { shop, body });

describe("an endpoint's URL", () => {
  it.each([
    ["http://hooks.shop.dev/", "https_required"],
    ["https://hooks.shop.dev:22/", "forbidden_port"],
    ["https://a:b@hooks.shop.dev/", "credentials_in_url"],
    ["http://169.254.169.254/latest/meta-data/", "forbidden_address"],
    ["https://0xa9fea9fe/", "forbidden_address"],
    ["https://10.1/", "forbidden_address"],
    ["https://0300.0250.0.1/", "forbidden_address"],
    ["https://[fd00:ec2::254]/", "forbidden_address"],
    ["https://[::ffff:10.0.0.1]/", "forbidden_address"],
    ["https://metadata.google.internal/", "forbidden_host"],
    ["https://printer.local/", "forbidden_host"],
    ["https://intranet/", "forbidden_host"],
    ["https://acme.localhost/", "forbidden_host"],
    ["file:///etc/passwd", "malformed_url"],
    ["//hooks.shop.dev", "malformed_url"],
  ])("is not %s", async (url, code) => {
    for (const refusal of [
      await create({ url, events: EVENTS }),
      await api("PATCH", `/webhook-endpoints/${hook.id}`, { body: { url } }),
    ]) {
      expect([refusal.status, refusal.body.code]).toEqual([422, "invalid_request"]);
      expect(refusal.body.errors).toMatchObject([{ field: "url", code }]);
    }
  });
});

let hook: Hook;
beforeAll(async () => {
  hook = await openHook("https://hooks.shop.dev/", EVENTS);
});

/** Asks the receiver's DNS, which answers the addresses that stand in the name. */
const resolveAt = (resolver: string) =>
  runInDurableObject(hook.sender, (sender: WebhookSender) => {
    Object.assign(sender, { env: { ...env, WEBHOOKS_RESOLVER: resolver } });
  });

describe("an endpoint's name", () => {
  it.each([
    ["10-0-0-1.rebound.dev", "forbidden_address"],
    ["1-1-1-1.169-254-169-254.rebound.dev", "forbidden_address"],
    ["nowhere.dev", "unresolved"],
  ])("is looked up before each call: %s", async (host, failure) => {
    await resolveAt(`${inject("receiver")}/dns`);
    const path = `/webhook-endpoints/${hook.id}`;
    expect((await api("PATCH", path, { body: { url: `https://${host}/` } })).status).toBe(200);
    const { body } = await api("POST", `${path}/test`);
    expect(body).toMatchObject({ delivered: false, delivery: { last_attempt: { failure, status: null } } });
  });

  it("is not called while the resolver is away", async () => {
    await resolveAt("http://127.0.0.1:9/");
    const { body } = await api("POST", `/webhook-endpoints/${hook.id}/test`);
    expect(body.delivery.last_attempt.failure).toBe("unreachable");
  });
});

describe("what an endpoint asks for", () => {
  it("is events that there are; a wrong one is named", async () => {
    const { body: types } = await api("GET", "/webhook-event-types");
    const names = types.data.map((it: { type: string }) => it.type);
    expect(names).toEqual([...names].sort());
    expect(names).toEqual(expect.arrayContaining(["order.placed", "product.changed", "usage.cap_reached"]));
    expect(names).not.toContain("search.performed");
    const { status, body } = await create({ url: "https://hooks.shop.dev/", events: ["order.paid", "order.eaten"] });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ field: "events.1", code: "unknown_event" }]);
    expect((await create({ url: "https://hooks.shop.dev/", events: [] })).body.errors[0].field).toBe("events");
  });

  it("is kept for the shops that ask, and costs the others nothing", async () => {
    const happened = [{ type: "order.placed" }, { type: "order.paid" }, { type: "nobody.knows" }];
    expect(await onlyWanted(env, "acme", happened)).toEqual([{ type: "order.paid" }]);
    const { id } = await openHook("https://hooks.shop.dev/", EVENTS, "acme");
    expect(await onlyWanted(env, "acme", happened)).toEqual([{ type: "order.placed" }, { type: "order.paid" }]);
    await api("PATCH", `/webhook-endpoints/${id}`, { shop: "acme", body: { enabled: false } });
    expect(await onlyWanted(env, "acme", happened)).toEqual([{ type: "order.paid" }]);
  });
});

describe("endpoints", () => {
  it("are twenty at most, listed newest first by pages", async () => {
    await openShop({ id: "many" });
    const ids: string[] = [];
    for (let i = 0; i < 20; i++)
      ids.unshift((await create({ url: `https://hooks.shop.dev/${i}`, events: EVENTS }, "many")).body.endpoint.id);
    expect((await create({ url: "https://hooks.shop.dev/", events: EVENTS }, "many")).body.code).toBe(
      "too_many_endpoints",
    );
    const seen: string[] = [];
    for (let cursor = ""; ; ) {
      const { body } = await api("GET", `/webhook-endpoints?limit=8${cursor && `&cursor=${cursor}`}`, { shop: "many" });
      seen.push(...body.data.map((it: { id: string }) => it.id));
      if (!body.next_cursor) break;
      cursor = body.next_cursor;
    }
    expect(seen).toEqual(ids);
  });

  it("that are deleted or switched off get nothing more, even of what waited", async () => {
    const receiver = openReceiver();
    await receiver.answers({ status: 500 });
    const [off, gone] = [await openHook(receiver.url, EVENTS), await openHook(receiver.url, EVENTS)];
    const message = { id: "evt_1", type: "order.placed", at: Date.now(), body: "{}" };
    for (const { sender } of [off, gone]) await sender.take(message);
    await eventually(async () => expect(await receiver.received()).toHaveLength(2));
    await api("PATCH", `/webhook-endpoints/${off.id}`, { body: { enabled: false } });
    expect((await api("DELETE", `/webhook-endpoints/${gone.id}`)).status).toBe(204);
    expect((await api("GET", `/webhook-endpoints/${gone.id}`)).body.code).toBe("unknown_endpoint");
    for (const it of [off, gone]) {
      await it.sender.take({ ...message, id: "evt_2" });
      await passTime(it, 3_600_000);
    }
    expect(await receiver.received()).toHaveLength(2);
    const buried = { enabled: false, disabled_reason: "staff", health: { waiting: 0, dead: 2 } };
    await eventually(async () => expect((await api("GET", `/webhook-endpoints/${off.id}`)).body).toMatchObject(buried));
    expect(await receiver.received()).toHaveLength(2);
  });

  it("are not sent what is too long, and are not blamed for it", async () => {
    const receiver = openReceiver();
    const long = await openHook(receiver.url, EVENTS);
    await long.sender.take({ id: "evt_1", type: "order.placed", at: Date.now(), body: "x".repeat(65_537) });
    const path = `/webhook-endpoints/${long.id}`;
    await eventually(async () =>
      expect((await api("GET", `${path}/deliveries`)).body.data).toMatchObject([
        { state: "dead", attempts: 1, last_attempt: { failure: "payload_too_large" } },
      ]),
    );
    expect((await api("GET", path)).body.health.failures_in_a_row).toBe(0);
    expect(await receiver.received()).toEqual([]);
  });
});
