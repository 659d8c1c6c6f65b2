import { z } from "@hono/zod-openapi";
import { sha256Hex, sign, verify } from "../../../../platform/signatures.ts";

/** What a pass says: this buyer may take part in this sale between two moments (milliseconds since 1970), once. */
export interface Pass {
  tenantId: string;
  saleId: string;
  /** As `normaliseBuyer` writes it. */
  buyer: string;
  notBefore: number;
  expiresAt: number;
  /** Names the pass, so that the sale's counter takes it once. */
  jti: string;
}

export type PassFlaw = "pass_required" | "pass_invalid" | "pass_expired" | "pass_foreign";
export type PassVerdict = { ok: true; jti: string; expiresAt: number } | { ok: false; flaw: PassFlaw };

const PURPOSE = "flash-sale-pass";
const content = z.tuple([z.string(), z.string(), z.string(), z.int(), z.int(), z.string()]);

/** A pass as text: `<base64url of its content>.<signature>`. The buyer's address does not stand in it, only its hash. */
export function signPass(secret: string, pass: Pass): string {
  const { tenantId, saleId, buyer, notBefore, expiresAt, jti } = pass;
  const text = Buffer.from(JSON.stringify([tenantId, saleId, buyerHash(buyer), notBefore, expiresAt, jti])).toString(
    "base64url",
  );
  return `${text}.${sign(secret, PURPOSE, text)}`;
}

/** Whether `text` is a pass of this shop, sale and buyer at the moment `now`; the first flaw in the order of the checks. */
export function readPass(
  secret: string,
  text: string | undefined,
  expected: Pick<Pass, "tenantId" | "saleId" | "buyer">,
  now: number,
): PassVerdict {
  if (text === undefined || text === "") return flawed("pass_required");
  const [body = "", signature = "", ...more] = text.split(".");
  if (more.length > 0 || !verify(secret, PURPOSE, body, signature)) return flawed("pass_invalid");
  const [tenantId, saleId, buyer, notBefore, expiresAt, jti] = content.parse(
    JSON.parse(Buffer.from(body, "base64url").toString()),
  );
  const isOwn = tenantId === expected.tenantId && saleId === expected.saleId && buyer === buyerHash(expected.buyer);
  if (!isOwn) return flawed("pass_foreign");
  if (now >= expiresAt) return flawed("pass_expired");
  return now < notBefore ? flawed("pass_invalid") : { ok: true, jti, expiresAt };
}

const flawed = (flaw: PassFlaw): PassVerdict => ({ ok: false, flaw });

const buyerHash = (buyer: string): string => sha256Hex(buyer).slice(0, 32);

/** The name of a pass that was read and found good. */
export function jtiOf(pass: string): string {
  const [body = ""] = pass.split(".");
  const [, , , , , jti] = content.parse(JSON.parse(Buffer.from(body, "base64url").toString()));
  return jti;
}
