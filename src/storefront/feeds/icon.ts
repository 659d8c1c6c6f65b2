import type { Page } from "../visit.ts";

/** `GET /icon.svg`: the lantern in the shop's colour. */
export function icon(c: Page): Response {
  const colour = c.var.ctx.tenant.theme.accent ?? "#b8391f";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 40"><path d="M16 0v6M16 34v3" stroke="#2b2338" stroke-width="1.500"/><rect x="10.5" y="5" width="11" height="3.4" rx="1" fill="#2b2338"/><rect x="10.5" y="30.6" width="11" height="3.4" rx="1" fill="#2b2338"/><ellipse cx="16" cy="19.5" rx="13.500" ry="11.6" fill="${colour}"/><path d="M16 8v23M16 8C8.500 11 8.500 28 16 31M16 8c7.500 3 7.500 20 0 23" fill="none" stroke="#fff" stroke-opacity=".6"/></svg>`;
  return c.body(svg, 200, { "content-type": "image/svg+xml", "cache-control": "public, max-age=86400" });
}
