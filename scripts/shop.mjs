import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { callShopOrThrow } from "./call-shop.mjs";
import { readSecrets } from "./generate-secrets.mjs";
import { inviteOwner, ownerOf } from "./invite-owner.mjs";
import { rememberShop } from "./open-shop.mjs";

/** `npm run shop`: what the platform's operator does with shops, here or anywhere. */
const USAGE = `npm run shop -- create <id> [--name "Ten Lamps"] [--currency EUR] [--locale en] [--trial-days 30] [--owner ann@example.com]
npm run shop -- list [--state suspended]
npm run shop -- move <id> active|suspended|closed --reason "It has paid."
npm run shop -- verify-host <id> <host>

  --url  where the platform runs (http://localhost:8787)
  --key  the operator's key; else OPERATOR_KEY of the environment, else of .dev.vars`;
const PAGE = 100;

const options = {
  name: { type: "string" },
  currency: { type: "string", default: "USD" },
  locale: { type: "string", default: "en" },
  "trial-days": { type: "string" },
  owner: { type: "string" },
  state: { type: "string" },
  reason: { type: "string" },
  url: { type: "string", default: "http://localhost:8787" },
  key: { type: "string" },
  keys: { type: "string", default: ".souk/keys.json" },
  help: { type: "boolean", short: "h", default: false },
};
const { values, positionals } = readArguments();

const commands = { create, list, move, "verify-host": verifyHost };

try {
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const [name, ...rest] = positionals;
  const command = Object.hasOwn(commands, name ?? "") ? commands[name] : undefined;
  if (!command) throw new Error(USAGE);
  await command(...rest);
} catch (error) {
  console.error(
    error.code === "ECONNREFUSED" ? `Nothing answers on ${values.url}. Is \`npm start\` running?` : error.message,
  );
  process.exitCode = 1;
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    console.error(`${error.message.split(". ")[0]}.\n\n${USAGE}`);
    process.exit(1);
  }
}

function operatorKey() {
  const key =
    values.key ?? process.env.OPERATOR_KEY ?? (existsSync(".dev.vars") ? readSecrets().OPERATOR_KEY : undefined);
  if (!key) throw new Error("No operator's key: pass --key, or set OPERATOR_KEY.");
  return key;
}

async function create(id) {
  if (!id) throw new Error(USAGE);
  const { name = id, currency, locale } = values;
  const days = values["trial-days"];
  const shop = { id, name, currency, locale, ...(days && { trial_days: Number(days) }) };
  const { api_key: key } = await operate("POST", "/tenants", shop);
  if (isHere()) rememberShop(values.keys, id, { key });
  welcome(id, key, await inviteOwner(addressOf(id), key, values.owner ?? ownerOf(id)));
}

function welcome(id, key, join) {
  const origin = addressOf(id);
  console.log(`The shop ${id} is open.

  pages   ${origin}
  API     ${origin}/api/v1     (described at ${new URL("/docs", values.url).href})
  key     ${key}
          Its first staff key, with every scope. ${isHere() ? `Kept in ${values.keys}.` : "It is shown this once: keep it."}

  owner   ${join}
          Opens once within 72 hours: a name, a password, and the studio is theirs.

  next    npm run import -- products.csv --shop ${id}${isHere() ? "" : ` --url ${origin} --key <key>`}`);
}

async function list() {
  let cursor = "";
  do {
    const query = new URLSearchParams({
      limit: String(PAGE),
      ...(values.state && { state: values.state }),
      ...(cursor && { cursor }),
    });
    const page = await operate("GET", `/tenants?${query}`);
    for (const { id, name, state, standing, currency, off } of page.data)
      console.log(
        [
          id.padEnd(32),
          (state === standing || standing === "open" ? state : `${state}, over`).padEnd(12),
          currency,
          name,
          off.length > 0 ? `(off: ${off.join(", ")})` : "",
        ].join("  "),
      );
    cursor = page.next_cursor;
  } while (cursor);
}

async function move(id, to) {
  if (!id || !to || !values.reason) throw new Error(USAGE);
  const { state } = await operate("POST", `/tenants/${id}/transitions`, { to, reason: values.reason });
  console.log(`${id} is ${state}.`);
}

async function verifyHost(id, host) {
  if (!id || !host) throw new Error(USAGE);
  await operate("POST", `/tenants/${id}/hosts/${host}/verification`);
  console.log(`${id} answers on ${host} once that domain points here.`);
}

function operate(method, path, body) {
  return callShopOrThrow(values.url, method, `/api/v1${path}`, { key: operatorKey(), body });
}

/** Whether the platform runs on this machine: then its keys are kept where the other scripts find them. */
function isHere() {
  return /(^|\.)localhost$/.test(new URL(values.url).hostname);
}

function addressOf(id) {
  const { protocol, host } = new URL(values.url);
  return `${protocol}//${id}.${host}`;
}
