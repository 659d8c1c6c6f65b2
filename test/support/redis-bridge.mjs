import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { createClient, RESP_TYPES } from "@redis/client";

/**
 * The part of Upstash's REST interface that its client speaks (POST / with one command, /pipeline, /multi-exec; base64 answers),
 * over a real Redis: what the tests of the shared cache and rate limits talk to. Listens on 127.0.0.1 only.
 */
export async function startRedisBridge({ redisUrl, token }) {
  const redis = createClient({
    url: redisUrl,
    RESP: 2,
    socket: { reconnectStrategy: false },
    commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
  });
  redis.on("error", () => undefined);
  await redis.connect();
  const server = createServer((request, response) => answer(redis, token, request, response));
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      redis.destroy();
    },
  };
}

async function answer(redis, token, request, response) {
  const send = (status, body) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  if (request.headers.authorization !== `Bearer ${token}`) return send(401, { error: "WRONGPASS" });
  const inBase64 = request.headers["upstash-encoding"] === "base64";
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const given = JSON.parse(Buffer.concat(chunks).toString());
    const run = (command) =>
      redis.sendCommand(asStockRedis(command)).then(
        (value) => ({ result: encode(value, inBase64) }),
        (error) => ({ error: error.message }),
      );
    if (request.url === "/pipeline") return send(200, await Promise.all(given.map(run)));
    if (request.url === "/multi-exec") {
      const transaction = redis.multi();
      for (const command of given) transaction.addCommand(asStockRedis(command));
      return send(
        200,
        (await transaction.exec()).map((value) => ({ result: encode(value, inBase64) })),
      );
    }
    const result = await run(given);
    send("error" in result ? 400 : 200, result);
  } catch (error) {
    send(400, { error: `ERR ${error.message}` });
  }
}

/** Upstash's own flag in the first line of a script, which a stock Redis refuses. */
const UPSTASH_FLAG = /^#!lua flags=allow-key-locking\s*\n/;
const scripts = new Map();

/** The command without Upstash's flag; a script that lost it is found by the hash that the client knows. */
function asStockRedis(given) {
  const [name, ...rest] = given.map(String);
  const command = name.toUpperCase();
  if (command === "EVALSHA") return [command, scripts.get(rest[0]) ?? rest[0], ...rest.slice(1)];
  const at = command === "EVAL" ? 0 : command === "SCRIPT" && rest[0]?.toUpperCase() === "LOAD" ? 1 : -1;
  const script = rest[at];
  if (script === undefined) return [command, ...rest];
  rest[at] = script.replace(UPSTASH_FLAG, "");
  scripts.set(sha1(script), sha1(rest[at]));
  return [command, ...rest];
}

const sha1 = (text) => createHash("sha1").update(text).digest("hex");

/** Upstash sends every string but the status OK in base64 when asked to. */
function encode(value, inBase64) {
  if (Array.isArray(value)) return value.map((it) => encode(it, inBase64));
  if (!Buffer.isBuffer(value)) return value;
  return value.toString(inBase64 ? "base64" : "utf8");
}
