import type { z } from "@hono/zod-openapi";
import type { Actor, Ctx } from "../../../../platform/context.ts";
import type { AnyLine } from "../../../../platform/contract.ts";
import type { Refused } from "../../../../platform/result.ts";

export const PLUGINS = ["jwt-auth", "rate-limit", "audit"] as const;
export type PluginName = (typeof PLUGINS)[number];

/** A call on its way to its operation. */
export interface Passing {
  line: AnyLine;
}

/** What a plug-in makes of a call: who it is by, or why it goes no further. Nothing: it goes on as it is. */
export type Verdict = { actor: Actor } | Refused<"unauthenticated" | "rate_limited"> | undefined;

/** What is wrong with a member of the metadata, beyond what its schema can say. */
export interface MetadataFlaw {
  path: readonly PropertyKey[];
  code: string;
  message: string;
}

/** One version of a plug-in. Versions stay: a shop moves from one to the next when it wants to. */
export interface Plugin<Metadata = unknown> {
  name: PluginName;
  version: number;
  summary: string;
  /** What this version can be told. */
  metadata: z.ZodType<Metadata>;
  /** Asked when the plug-in is set, not when it runs. */
  flaws?: (metadata: Metadata) => Promise<MetadataFlaw[]>;
  before?: (ctx: Ctx, metadata: Metadata, call: Passing) => Promise<Verdict>;
  /** Runs when the answer is known, where `before` was reached; it keeps nobody waiting. */
  after?: (ctx: Ctx, metadata: Metadata, call: Passing, answer: Response) => void;
}

/** A plug-in whose metadata is read and checked, ready to run. */
export interface ReadyPlugin {
  name: PluginName;
  version: number;
  flaws?: () => Promise<MetadataFlaw[]>;
  before?: (ctx: Ctx, call: Passing) => Promise<Verdict>;
  after?: (ctx: Ctx, call: Passing, answer: Response) => void;
}

/** Binds metadata to a plug-in; the flaws of the metadata where it does not fit this version. */
export interface AnyPlugin extends Pick<Plugin, "name" | "version" | "summary"> {
  ready: (metadata: unknown) => { ok: true; value: ReadyPlugin } | { ok: false; issues: z.core.$ZodIssue[] };
  shape: z.ZodType;
}

export const definePlugin = <Metadata>(plugin: Plugin<Metadata>): AnyPlugin => ({
  name: plugin.name,
  version: plugin.version,
  summary: plugin.summary,
  shape: plugin.metadata,
  ready(given) {
    const parsed = plugin.metadata.safeParse(given);
    if (!parsed.success) return { ok: false, issues: parsed.error.issues };
    const { flaws, before, after, name, version } = plugin;
    return {
      ok: true,
      value: {
        name,
        version,
        ...(flaws && { flaws: () => flaws(parsed.data) }),
        ...(before && { before: (ctx: Ctx, call: Passing) => before(ctx, parsed.data, call) }),
        ...(after && {
          after: (ctx: Ctx, call: Passing, answer: Response) => after(ctx, parsed.data, call, answer),
        }),
      },
    };
  },
});
