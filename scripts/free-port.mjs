import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the ports that Linux gives to outgoing connections (32768 and up): one of those could take the port before its server does. */
const FROM = 20_000;
const TO = 32_000;
const TRIES = 50;
/** A server may need seconds until it listens: nobody else in this process is told of its port. */
const told = new Set();

/** A port on 127.0.0.1 that nobody listens on right now, and that no outgoing connection will be given. */
export async function freePort() {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(FROM, TO);
    if (told.has(port)) continue;
    told.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port in ${TRIES} tries between ${FROM} and ${TO}`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer().once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
