import { Hono } from "hono";
import { setCookie } from "hono/cookie";
import type { App } from "../../../platform/capability.ts";
import { PREVIEW_COOKIE, PREVIEW_SECONDS_MAX } from "./contract.ts";

/** Opening a preview link keeps its token as a cookie; the edge judges it with each request, so here it is not judged. */
export const pages = new Hono<App>()
  .get("/canary/preview/:token", (c) => {
    const isSecure = c.var.ctx.origin.startsWith("https:");
    setCookie(c, PREVIEW_COOKIE, c.req.param("token").slice(0, TOKEN_CHARACTERS_MAX), {
      path: "/",
      httpOnly: true,
      sameSite: "Lax",
      secure: isSecure,
      maxAge: PREVIEW_SECONDS_MAX,
    });
    return c.redirect("/");
  })
  .get("/canary/leave", (c) => {
    setCookie(c, PREVIEW_COOKIE, "", { path: "/", httpOnly: true, sameSite: "Lax", maxAge: 0 });
    return c.redirect("/");
  });

const TOKEN_CHARACTERS_MAX = 100;
