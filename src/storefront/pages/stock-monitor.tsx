import { isOpenLink, readReport, watchStock } from "../../capabilities/insight/consistency/actions.ts";
import type { Ctx } from "../../platform/context.ts";
import { holdsScope } from "../../platform/scopes.ts";
import { m } from "../messages/compiled/messages.js";
import { StockWatch } from "../parts/stock-watch.tsx";
import { showStudio } from "../studio/frame.tsx";
import type { Page } from "../visit.ts";
import { missingPage } from "./missing.tsx";

/** `GET /monitor/stock?until=&signature=`: the link is the key, made by staff, or a session of theirs; without, there is no such page. */
export async function stockMonitorPage(c: Page): Promise<Response> {
  const { visit } = c.var;
  if (!isOpenLink(visit.ctx, c.req.query()) && !mayLook(visit.ctx)) return missingPage(c);
  await watchStock(visit.ctx);
  const report = await readReport(visit.ctx);
  c.header("referrer-policy", "same-origin");
  const title = m.watch_title({}, visit.say);
  const head = { islands: ["stock-monitor"] };
  const content = (
    <div class="wrap page">
      <p class="unseen" role="status" data-live />
      <StockWatch visit={visit} report={report} now={visit.ctx.now()} />
    </div>
  );
  return showStudio(c, title, content, 200, head);
}

const mayLook = ({ actor }: Ctx): boolean => actor.kind === "staff" && holdsScope(actor.scopes, "consistency:read");
