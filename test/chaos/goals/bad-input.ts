import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Pool } from "undici";
import { Caller } from "../kit/caller.ts";
import { type Goal, percentile } from "../kit/goal.ts";
import { openShop } from "../kit/shop.ts";
import { World } from "../kit/world.ts";

const ROUNDS = { short: 1, long: 20 };
const CONNECTIONS = 8;
/** What an isolate may use; the whole process may grow by a few times that before it is called a leak. */
const RUNTIME_MB_MAX = 64 * 8;
/** A card's published test number, and a secret: neither may be found in any file afterwards. */
const CANARIES = ["4111111111111111", "hunter2-canary-5b7e"];
const LEAK = /\bat \S+ \(|\.tsx?:\d|node_modules|workerd|SQLITE|D1_ERROR|TypeError|SyntaxError|ZodError/;

/** Texts that stand for an id, a query or a whole body: points 1 to 25 of the list of bad inputs, as far as they are text. */
const TEXTS = [
  ...["", "{", "[]", "null", '{"a":1}{', "\ufeff{}", '{"__proto__":{"x":1}}', '{"quantity":1e309}', "[".repeat(10_000)],
  ...["..%2f..%2fetc", "%00", "' OR 1=1 --", "%".repeat(51), '" MATCH "', "<script>1</script>", "ord_01h", "٣", "-1"],
  ...[`{"note":"${CANARIES[0]}"}`, `{"card":{"number":"4111 1111 1111 1111","cvc":"123"}}`, "k".repeat(12_000)],
  ...["constructor", "toString", "=cmd|'/c calc'!A1", "\u202egnp.exe", "e\u0301".repeat(500), `${"a".repeat(5_000)}!`],
];

interface Operation {
  method: string;
  path: string;
  query: string[];
  hasBody: boolean;
}

/** T19: every operation with every bad text in every place, over real connections: refused or harmless, and nothing of it kept. */
export const badInput: Goal = {
  name: "T19",
  async run({ mould, isLong }) {
    const world = await World.open("bad-input", mould);
    const caller = new Caller(world.origin, CONNECTIONS);
    const key = await openShop(caller, world.operatorKey);
    const operations = describedIn((await caller.untilAnswered({ path: "/api/v1/openapi.json" })).body);
    const pool = new Pool(world.origin, { connections: CONNECTIONS, pipelining: 1 });
    const violations: string[] = [];
    const samples: number[] = [];
    const attack = async ({ method, path, query, hasBody }: Operation, text: string) => {
      const safe = encodeURIComponent(text.toWellFormed()).slice(0, 8_000).replace(/%.?$/, "");
      const search = query.length > 0 ? `?${query.map((name) => `${name}=${safe}`).join("&")}` : "";
      const sentAt = performance.now();
      const answer = await pool.request({
        method: method.toUpperCase() as "GET",
        path: `/api/v1${path.replaceAll(/\{\w+\}/g, safe.slice(0, 300) || "-")}${search}`,
        headers: {
          host: "demo.localhost",
          authorization: `Bearer ${key}`,
          "idempotency-key": "bad",
          "x-note": CANARIES[1] ?? "",
          ...(hasBody && { "content-type": "application/json" }),
        },
        body: hasBody ? text : null,
      });
      const said = await answer.body.text();
      samples.push(performance.now() - sentAt);
      const what = `${method} ${path} with ${JSON.stringify(text.slice(0, 40))}`;
      if (answer.statusCode >= 500) violations.push(`${what} answers ${answer.statusCode}: ${said.slice(0, 120)}`);
      if (answer.statusCode >= 400 && LEAK.test(said))
        violations.push(`${what} shows its inside: ${said.slice(0, 200)}`);
    };
    const all = operations.flatMap((operation) => TEXTS.map((text) => [operation, text] as const));
    const startMb = residentMb(world.pid);
    for (let round = 0; round < (isLong ? ROUNDS.long : ROUNDS.short); round++)
      await Promise.all(Array.from({ length: CONNECTIONS }, (_, lane) => every(all, lane, attack)));
    const grownMb = residentMb(world.pid) - startMb;
    await pool.close();
    await caller.close();
    await world.kill();
    for (const [file, canary] of canariesBelow(join(world.state, ".."))) violations.push(`${file} holds ${canary}`);
    await world.close();
    // Memory and time are the machine's as much as the product's: reported, and only a leak many times over decides.
    if (grownMb > RUNTIME_MB_MAX) violations.push(`the process grew by ${grownMb} MB`);
    const facts = {
      operations: operations.length,
      grown_mb: grownMb,
      p99_goal_ms: 50,
      p99_ms: percentile(samples, 0.99),
    };
    return [{ goal: "T19", n: samples.length, violations, samples, facts }];
  },
};

async function every(
  all: readonly (readonly [Operation, string])[],
  lane: number,
  attack: (operation: Operation, text: string) => Promise<void>,
): Promise<void> {
  for (let i = lane; i < all.length; i += CONNECTIONS) {
    const one = all[i];
    if (one) await attack(...one);
  }
}

interface Document {
  paths: Record<string, Record<string, { parameters?: { name: string; in: string }[]; requestBody?: object }>>;
}

const describedIn = ({ paths }: Document): Operation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method,
      path,
      query: parameters.filter((it) => it.in === "query").map((it) => it.name),
      hasBody: requestBody !== undefined,
    })),
  );

const residentMb = (pid: number | undefined): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1000);

function canariesBelow(folder: string): [file: string, canary: string][] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  return files.flatMap(({ parentPath, name }) => {
    const bytes = readFileSync(join(parentPath, name));
    return CANARIES.filter((canary) => bytes.includes(canary)).map((canary): [string, string] => [name, canary]);
  });
}
