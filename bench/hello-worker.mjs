import { Hono } from "hono";

const app = new Hono().get("/hello", (c) => c.json({ status: "ok", shop: "demo", version: "local" }));

export default { fetch: app.fetch };
export const web = { fetch: app.fetch };
