import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../../../platform/context.ts";
import { ok, type Result, refused } from "../../../../platform/result.ts";
import type { synonyms } from "../contract/shapes.ts";
import type { IndexState } from "../rules/answer.ts";
import { wordsOfTerm } from "../rules/clauses.ts";
import { askIndex } from "./ask-index.ts";

type Synonyms = z.infer<typeof synonyms>;

export async function readSynonyms(ctx: Ctx, _: object): Promise<Result<Synonyms>> {
  return ok({ data: await askIndex(ctx, async (index) => await index.readSynonyms()) });
}

export async function writeSynonyms(ctx: Ctx, { data }: Synonyms): Promise<Result<Synonyms, "invalid_request">> {
  const groups = data.map((group) => [...new Set(group.map((term) => term.trim()))]);
  const terms = groups.flatMap((group) => group.map((term) => wordsOfTerm(term).join(" ")));
  const twice = terms.find((term, i) => terms.indexOf(term) !== i);
  if (twice !== undefined)
    return refused("invalid_request", `data: "${twice}" stands there twice; a term belongs to one group.`, {
      errors: [{ field: "data", code: "repeated_term", detail: `"${twice}" stands there twice.` }],
    });
  await askIndex(ctx, async (index) => await index.writeSynonyms(groups));
  return ok({ data: groups });
}

export async function rebuildIndex(ctx: Ctx, _: object): Promise<Result<IndexState>> {
  return ok(await askIndex(ctx, async (index) => await index.rebuild()));
}

export async function readIndexState(ctx: Ctx, _: object): Promise<Result<IndexState>> {
  return ok(await askIndex(ctx, async (index) => await index.state()));
}
