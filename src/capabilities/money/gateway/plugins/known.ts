import { audit1 } from "./audit.ts";
import { jwtAuth1 } from "./jwt-auth.ts";
import type { AnyPlugin, PluginName } from "./plugin.ts";
import { rateLimit1 } from "./rate-limit.ts";

/** Every version of every plug-in. */
const all: readonly AnyPlugin[] = [jwtAuth1, rateLimit1, audit1];

export const pluginOf = (name: PluginName, version: number): AnyPlugin | undefined =>
  all.find((it) => it.name === name && it.version === version);

/** The versions of a plug-in, oldest first. */
export const versionsOf = (name: PluginName): AnyPlugin[] => all.filter((it) => it.name === name);
