import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { callShop } from "./call-shop.mjs";

/** What this machine knows of its own shops: `{ demo: { key, filled, shown } }`. Only its owner may read the file. */
export const readShops = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {});

export function rememberShop(file, id, facts) {
  const shops = readShops(file);
  shops[id] = { ...shops[id], ...facts };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(shops, null, 2)}\n`, { mode: 0o600 });
}

/** Creates the shop when it is missing and keeps its staff key in `file`. Answers the key. */
export async function openShop(origin, operatorKey, file, shop) {
  const { status, body, text } = await callShop(origin, "POST", "/api/v1/tenants", { key: operatorKey, body: shop });
  if (status === 201) {
    rememberShop(file, shop.id, { key: body.api_key, filled: false, shown: false });
    return body.api_key;
  }
  if (body?.code !== "shop_exists")
    throw new Error(`The shop ${shop.id} could not be created: ${body?.detail ?? text.slice(0, 200)}`);
  const key = readShops(file)[shop.id]?.key;
  if (!key)
    throw new Error(
      `The shop ${shop.id} exists, but its key is not in ${file}. Remove the local state to start afresh: rm -r .wrangler/state`,
    );
  return key;
}
