import { createServer } from "node:http";

/** Answers that nobody scripted. */
const GOOD = { status: 200, body: "ok" };

/**
 * Vitest's global set-up: a receiver of webhooks, reached by real HTTP. What is sent to /hooks/NAME is kept for GET /control/NAME, and
 * answered as PUT /control/NAME says: a list of `{status, body, headers, delay_ms, endless}`, the last of which stays. It also answers
 * DNS as JSON at /dns, with the addresses that stand in the name: `1-2-3-4.6-6-6-6.host`.
 */
export default async function runReceiver({ provide }) {
  const hooks = new Map();
  const hookOf = (name) => hooks.get(name) ?? hooks.set(name, { received: [], script: [] }).get(name);
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://receiver");
    const [, door, name] = url.pathname.split("/");
    const body = await textOf(request);
    if (door === "dns") return json(response, dnsAnswer(url.searchParams));
    const hook = hookOf(name);
    if (door === "control" && request.method === "PUT") hook.script = JSON.parse(body);
    if (door === "control") return json(response, hook.received);
    hook.received.push({ method: request.method, path: url.pathname, headers: request.headers, body });
    await play(response, (hook.script.length > 1 ? hook.script.shift() : hook.script[0]) ?? GOOD);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  provide("receiver", `http://127.0.0.1:${server.address().port}`);
  return () => {
    server.closeAllConnections();
    server.close();
  };
}

async function play(response, { status = 200, body = "", headers = {}, delay_ms = 0, endless = false }) {
  await new Promise((resume) => setTimeout(resume, delay_ms));
  response.writeHead(status, headers);
  if (!endless) return response.end(body);
  const timer = setInterval(() => response.write(body), 1);
  response.on("close", () => clearInterval(timer));
}

function dnsAnswer(query) {
  const type = Number(query.get("type"));
  const addresses = query
    .get("name")
    .split(".")
    .filter((label) => /^\d+(-\d+){3}$/.test(label));
  const data = type === 1 ? addresses.map((it) => it.replaceAll("-", ".")) : [];
  return { Status: 0, Answer: [{ type: 5, data: "alias." }, ...data.map((it) => ({ type: 1, data: it }))] };
}

function json(response, value) {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

async function textOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}
