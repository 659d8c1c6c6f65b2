import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";

const ANSWER_MS = 30_000;

/**
 * One call to a shop of a Souk at `origin`, for example `http://acme.localhost:8787`. Names below localhost go to 127.0.0.1,
 * since not every resolver knows them; the self-signed certificate of local HTTPS is accepted there and nowhere else.
 */
export function callShop(origin, method, path, { key, body, headers = {} } = {}) {
  const url = new URL(path, origin);
  const isLocal = /(^|\.)localhost$/.test(url.hostname);
  const isStream = typeof body?.pipe === "function";
  const payload = body === undefined || isStream || typeof body === "string" ? body : JSON.stringify(body);
  const options = {
    method,
    host: isLocal ? "127.0.0.1" : url.hostname,
    port: url.port || (url.protocol === "https:" ? 443 : 80),
    path: url.pathname + url.search,
    rejectUnauthorized: !isLocal,
    timeout: ANSWER_MS,
    headers: {
      host: url.host,
      ...(key && { authorization: `Bearer ${key}` }),
      ...(payload !== undefined &&
        !isStream && { "content-type": "application/json", "content-length": Buffer.byteLength(payload) }),
      ...headers,
    },
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? overHttps : overHttp;
    const request = send(options, (response) => resolve(readAnswer(response)));
    request.on("error", reject);
    request.on("timeout", () =>
      request.destroy(new Error(`${method} ${path}: no answer within ${ANSWER_MS / 1000} s`)),
    );
    if (isStream) body.pipe(request);
    else request.end(payload);
  });
}

async function readAnswer(response) {
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const isJson = /[/+]json\b/.test(response.headers["content-type"] ?? "");
  return { status: response.statusCode, text, body: isJson ? JSON.parse(text) : undefined };
}

/** The same call, for callers who can only go on when it worked. */
export async function callShopOrThrow(origin, method, path, options) {
  const answer = await callShop(origin, method, path, options);
  if (answer.status >= 400)
    throw new Error(`${method} ${path} answered ${answer.status}: ${answer.body?.detail ?? answer.text.slice(0, 200)}`);
  return answer.body;
}
