import type { Timing } from "./timing.ts";

/** A shop. Its settings are data; every row, object name and cache key of the shop starts with its id. */
export interface Tenant {
  id: string;
  name: string;
  currency: string;
  locale: "en" | "zh-CN";
  theme: Record<string, string>;
  settings: TenantSettings;
  state: ShopState;
  /** When a trial ends, in milliseconds since 1970; null for a shop that never was on trial. */
  trialEndsAt: number | null;
  /** Names of the capabilities that are switched off. */
  off: ReadonlySet<string>;
}

/** Where a shop is in its life: `trial -> active <-> suspended -> closed`. */
export type ShopState = "trial" | "active" | "suspended" | "closed";

export interface TenantSettings {
  /** Unpaid orders are cancelled and their stock released after this many minutes. */
  paymentWindowMinutes: number;
  /** How many order journals share the shop's orders. */
  orderShards: number;
  /** Percentage of the buyers of partners whose reservations are rolled out; a licence may have its own. */
  reservationRolloutPercent?: number;
  /** An IANA name, `Asia/Shanghai`, in which the shop's pages tell times; UTC when left out. */
  timeZone?: string;
  /** The shop's name in languages where it has another than `name`. */
  names?: { [language in "en" | "zh-CN"]?: string };
}

/** Who is calling. An API key carries its tenant; a shopper is known by what they hold (cart id, order token). */
export type Actor =
  | {
      kind: "visitor";
      /** The token of a shopper's session, as it was sent; the accounts know whether it is worth anything and whose it is. */
      session?: string;
    }
  | {
      /** By an API key, or a member by a session of the studio. */
      kind: "staff";
      /** The key's id, or the member's. */
      keyId: string;
      scopes: readonly string[];
      /** A test key changes nothing and costs nothing. */
      isTest?: boolean;
      /** What it pays by; the shop's own keys pay nothing. */
      sold?: { plan: string; spendCapMicros: number | null };
      /** Who has signed in; an API key is nobody. */
      member?: {
        id: string;
        sessionId: string;
        role: string;
        name: string;
        email: string;
        hasSecondFactor: boolean;
      };
    }
  | {
      /** A partner, by the key of its reservation licence. */
      kind: "licence";
      licenceId: string;
      plan: string;
      isEnabled: boolean;
      rolloutPercent: number | null;
    }
  | { kind: "operator" }
  | { kind: "system" };

/** What every action gets: the request's tenant, caller, clock and bindings. Nothing in it outlives the request. */
export interface Ctx {
  env: Env;
  tenant: Tenant;
  actor: Actor;
  requestId: string;
  /** Where the call comes from (CF-Connecting-IP, which Cloudflare sets); only where a request is being served. */
  address?: string | undefined;
  /** `https://shop.example`: where the caller reached the shop, for links back to it. */
  origin: string;
  /** Milliseconds since 1970, injected so that tests can move it. */
  now: () => number;
  /** The experiment arm of the request; travels into events and orders. */
  arm: string;
  timing: Timing;
  waitUntil: (work: Promise<unknown>) => void;
  /** A token that is none of ours: a plug-in of the gateway may know it, else the call is refused. */
  strangeToken?: string;
  /** Asks for an address of this platform through its own front door; only where no request is being served. */
  visit?: (url: string) => Promise<Response>;
}
