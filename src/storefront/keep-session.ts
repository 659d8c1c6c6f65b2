import type { z } from "@hono/zod-openapi";
import { getCookie, setCookie } from "hono/cookie";
import type { signedIn } from "../capabilities/selling/accounts/contract.ts";
import { sessionCookie } from "../capabilities/selling/accounts/contract.ts";
import { cookieTerms, hostCookie } from "../platform/cookies.ts";
import { DEVICE_SECONDS } from "../platform/identity/known-device.ts";
import { forgetCart, type Page, rememberCart } from "./visit.ts";

/** The shop ends a session before its cookie does. */
const SESSION_SECONDS = 90 * 86_400;

/** Keeps what a sign-in answered: the session, the mark of a known device, and the cart to go on with. */
export function keepSession(c: Page, { session_token, device_token, cart_id }: z.infer<typeof signedIn>): void {
  const { origin } = c.var.ctx;
  setCookie(c, sessionCookie(origin), session_token, cookieTerms(origin, SESSION_SECONDS));
  keepDevice(c, device_token);
  if (cart_id !== null && cart_id !== c.var.visit.cartId) rememberCart(c, cart_id);
}

/** Marks the browser as one of an account's owner. */
export const keepDevice = (c: Page, device: string): void =>
  setCookie(c, hostCookie("device", c.var.ctx.origin), device, cookieTerms(c.var.ctx.origin, DEVICE_SECONDS));

/** After signing out nothing of the shopper is left in the browser but that it is known; the account keeps its cart. */
export function forgetSession(c: Page): void {
  const { origin } = c.var.ctx;
  setCookie(c, sessionCookie(origin), "", cookieTerms(origin, 0));
  forgetCart(c);
}

export const deviceOf = (c: Page): string | undefined => getCookie(c, hostCookie("device", c.var.ctx.origin));

/** `Firefox on Android`: what a list of sessions calls the browser; it need not be right. */
export function browserName(agent: string | undefined): string {
  const browser = BROWSERS.find(([sign]) => agent?.includes(sign))?.[1];
  const system = SYSTEMS.find(([sign]) => agent?.includes(sign))?.[1];
  return [browser, system].filter(Boolean).join(" · ");
}

/** The first one that fits; most browsers name others as well. */
const BROWSERS = [
  ["MicroMessenger", "WeChat"],
  ["Edg", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["FxiOS", "Firefox"],
  ["CriOS", "Chrome"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
] as const;
const SYSTEMS = [
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Android", "Android"],
  ["Windows", "Windows"],
  ["Mac OS X", "Mac"],
  ["CrOS", "ChromeOS"],
  ["Linux", "Linux"],
] as const;
