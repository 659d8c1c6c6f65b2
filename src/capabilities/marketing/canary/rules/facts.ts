import { hash32 } from "../../../../platform/ids.ts";
import { deviceOf } from "./device.ts";

/** What is known of a request before anybody looks at it. */
export interface Seen {
  headers: Pick<Headers, "get">;
  /** ISO 3166-1 alpha-2 and its subdivision, as the network tells them; empty when unknown. */
  country: string;
  region: string;
  tenant: string;
  path: string;
  /** Who asks, as far as that is known: it only ever picks a bucket. */
  subject: string;
}

/** Headers that are asked for again and again by many rules, each read once. */
export class HeadersOnce {
  private readonly read = new Map<string, string>();

  constructor(private readonly headers: Pick<Headers, "get">) {}

  get(name: string): string {
    const known = this.read.get(name);
    if (known !== undefined) return known;
    const value = this.headers.get(name) ?? "";
    this.read.set(name, value);
    return value;
  }
}

/** The variables of a canary rule; each is worked out when a rule first asks for it. */
export class Facts {
  readonly headers: HeadersOnce;
  /** The rule that is being asked: a visitor's bucket differs from rule to rule. */
  ruleId = "";
  private knownDevice: string | undefined;

  constructor(private readonly seen: Seen) {
    this.headers = new HeadersOnce(seen.headers);
  }

  get country(): string {
    return this.seen.country;
  }

  get region(): string {
    return this.seen.region;
  }

  get tenant(): string {
    return this.seen.tenant;
  }

  get path(): string {
    return this.seen.path;
  }

  get device(): string {
    this.knownDevice ??= deviceOf(this.headers.get("user-agent"), this.headers.get("sec-ch-ua-platform"));
    return this.knownDevice;
  }

  get tier(): string {
    return this.headers.get("x-member-tier").toLowerCase();
  }

  get channel(): string {
    return this.headers.get("x-channel").toLowerCase() || "web";
  }

  get version(): string {
    return this.headers.get("x-app-version");
  }

  get bucket(): number {
    return bucketOf(this.ruleId, this.seen.subject);
  }
}

/** A number from 0 up to but not 100, in hundredths, always the same for one rule and subject. */
export function bucketOf(ruleId: string, subject: string): number {
  let hash = hash32(`${ruleId}\n${subject}`);
  // FNV-1a barely moves its upper bits for the last characters; this mixes them (MurmurHash3's finaliser).
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) % 10_000) / 100;
}
