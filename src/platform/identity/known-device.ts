import { randomBytes } from "node:crypto";
import type { Ctx } from "../context.ts";
import { sign, verify } from "../signatures.ts";

/** How long a browser that nobody signs in from stays known. */
export const DEVICE_SECONDS = 365 * 86_400;
const ID_BYTES = 16;

type Shop = Pick<Ctx, "env" | "tenant">;

/**
 * A cookie for a browser that has just signed in to `account`: `<id>.<signature>`. It opens nothing; it lets the owner's wrong
 * passwords be counted apart from those of strangers (OWASP: device cookies).
 */
export function newDevice({ env, tenant }: Shop, realm: string, account: string): string {
  const id = randomBytes(ID_BYTES).toString("base64url");
  return `${id}.${sign(env.SOUK_SECRET, `device:${realm}:${tenant.id}`, `${id}\n${account}`)}`;
}

/** The id of a browser that has signed in to this very account before. */
export function knownDevice({ env, tenant }: Shop, realm: string, account: string, cookie = ""): string | undefined {
  const [id = "", signature = ""] = cookie.split(".", 2);
  if (id === "") return undefined;
  return verify(env.SOUK_SECRET, `device:${realm}:${tenant.id}`, `${id}\n${account}`, signature) ? id : undefined;
}
