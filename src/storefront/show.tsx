import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { type Head, Layout } from "./parts/layout.tsx";
import type { Shell } from "./read-shell.ts";
import type { Page } from "./visit.ts";

type Status = 200 | 403 | 404 | 409 | 422 | 429 | 500 | 503;

/** Answers a page in the shop's look. Pages hold live stock and the shopper's cart, so nobody keeps a copy. */
export async function show(
  c: Page,
  head: Head,
  content: Child | ((shell: Shell) => Child),
  status: Status = 200,
): Promise<Response> {
  const { visit } = c.var;
  const shell = await visit.shell();
  const body = typeof content === "function" ? content(shell) : content;
  c.header("cache-control", "no-store");
  c.header("content-language", visit.locale);
  c.header("vary", "accept-language, cookie");
  const page = await Promise.resolve(
    <Layout visit={visit} shell={shell} head={head}>
      {body}
    </Layout>,
  );
  return c.html(raw(`<!doctype html>${page}`), status);
}
