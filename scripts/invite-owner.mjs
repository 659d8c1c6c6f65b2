import { callShopOrThrow } from "./call-shop.mjs";

/** A link by which the first owner joins a shop that has no staff yet; undefined where somebody works already. */
export async function inviteOwner(address, key, email) {
  const { data } = await callShopOrThrow(address, "GET", "/api/v1/staff/members?limit=1", { key });
  if (data.length > 0) return undefined;
  const body = { email, role: "owner" };
  const { link } = await callShopOrThrow(address, "POST", "/api/v1/staff/invitations", { key, body });
  return link;
}

/** The address of an owner that nobody has named. */
export const ownerOf = (shop) => `owner@${shop}.example`;
