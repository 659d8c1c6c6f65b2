import { Language } from "../../../../platform/expressions/language.ts";
import { type Facts, HeadersOnce } from "./facts.ts";
import { isAtLeast } from "./versions.ts";

const VARIABLES = {
  headers: "Headers",
  country: "string",
  region: "string",
  device: "string",
  tier: "string",
  tenant: "string",
  channel: "string",
  version: "string",
  path: "string",
  bucket: "double",
};

/** What a canary rule may speak of. */
export const words = new Language<Facts>({
  variables: VARIABLES,
  objects: { Headers: HeadersOnce },
  functions: {
    "Headers.get(string): string": (headers: HeadersOnce, name: string) => headers.get(name),
    "string.atLeast(string): bool": isAtLeast,
  },
});

/** The variables whose values an explanation shows. */
export const shownFacts = ["country", "region", "device", "tier", "tenant", "channel", "version", "path"] as const;
