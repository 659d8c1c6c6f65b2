import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createShop } from "../../../src/capabilities/money/tenants/actions.ts";
import { createProduct } from "../../../src/capabilities/selling/catalog/actions/write-product.ts";
import { setStock } from "../../../src/capabilities/selling/stock/actions.ts";
import type { Ctx } from "../../../src/platform/context.ts";
import type { World } from "./world.ts";

export interface Goods {
  sku: string;
  price: number;
  onHand: number;
  limit?: number;
}

const WINDOW_MINUTES = 30;
const migrations = readdirSync("migrations")
  .filter((it) => it.endsWith(".sql"))
  .toSorted()
  .map((name) => readFileSync(join("migrations", name), "utf8").replaceAll("--> statement-breakpoint", ""));

/** Opens the shop `demo` with these goods, by the product's own actions, while nothing goes wrong. */
export async function openWorldShop(world: World, goods: readonly Goods[]): Promise<void> {
  for (const sql of migrations) world.d1.raw.exec(sql);
  const settings = { paymentWindowMinutes: WINDOW_MINUTES, orderShards: 2, reservationRolloutPercent: 100 };
  const life = { state: "active", trialEndsAt: null, off: new Set<string>() } as const;
  world.tenant = { id: "demo", name: "Demo", currency: "USD", locale: "en", theme: {}, settings, ...life };
  let isOpen = false;
  const open = async () => {
    const wish = { payment_window_minutes: WINDOW_MINUTES, order_shards: 2 };
    const shop = { id: "demo", name: "Demo", currency: "USD", locale: "en" as const, theme: {}, settings: wish };
    await must(world, (ctx) => createShop(ctx, shop as never));
    for (const { sku, price, onHand, limit } of goods) {
      const variant = { sku, price: { amount: price, currency: "USD" } };
      const product = { handle: sku.toLowerCase(), title: sku, status: "active", variants: [variant] };
      await must(world, (ctx) => createProduct(ctx, product as never));
      await must(world, (ctx) => setStock(ctx, { sku, on_hand: onHand, per_buyer_limit: limit ?? null }));
    }
    isOpen = true;
  };
  let failure: unknown;
  open().catch((error) => {
    failure = error;
  });
  await world.timeline.runUntil(30_000, () => {});
  if (failure) throw failure;
  if (!isOpen) throw new Error("the shop did not open");
}

async function must(world: World, work: (ctx: Ctx) => Promise<{ ok: boolean }>): Promise<void> {
  const answer = await world.invoke("open", work, { kind: "staff", keyId: "key", scopes: ["*"] });
  if (!answer.ok) throw new Error(`opening the shop: ${JSON.stringify(answer)}`);
}
