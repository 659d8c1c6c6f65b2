import { surveyRoom } from "../../capabilities/marketing/waiting-room/actions.ts";
import { likelyCountry } from "../countries.ts";
import { plainAmount } from "../format.ts";
import { ErrorSummary } from "../parts/checkout-fields.tsx";
import { SaleForm } from "../parts/sale-form.tsx";
import { SaleItems } from "../parts/sale-items.tsx";
import { ClosedPanel, LineUpPanel, RoomOffPanel, SaleNotes, SaleNotice } from "../parts/sale-panels.tsx";
import { SaleStage } from "../parts/sale-stage.tsx";
import { readOwnEntry } from "../place-in-line.ts";
import type { FieldErrors } from "../read-address-form.ts";
import type { Form } from "../read-form.ts";
import { lowestPrice, readShownSale, type Sale } from "../read-sale.ts";
import { saleScriptWords } from "../sale-script-words.ts";
import type { Words } from "../sale-words.ts";
import { show } from "../show.tsx";
import type { Page } from "../visit.ts";
import { missingPage } from "./missing.tsx";

/** What the last press answered, and what was filled in. */
export interface Pressed {
  form: Form;
  errors?: FieldErrors;
  /** What is wrong with the address of somebody who wants to line up. */
  lineUpError?: string;
  words?: Words;
  status: 403 | 409 | 422 | 429 | 503;
  /** Kept while the same wish may be sent again. */
  key?: string;
}

/** `GET /sales/:id` */
export async function salePage(c: Page): Promise<Response> {
  const sale = await readShownSale(c.var.visit, c.req.param("id"));
  return sale ? showSale(c, sale) : missingPage(c);
}

export async function showSale(c: Page, sale: Sale, pressed?: Pressed): Promise<Response> {
  const { visit } = c.var;
  return show(
    c,
    {
      title: sale.heading,
      canonical: sale.path,
      image: sale.image,
      product: { amount: plainAmount(lowestPrice(sale)), currency: sale.sale_price.currency },
      islands: ["sale"],
    },
    <div
      data-sale={sale.id}
      data-live={visit.has("live-board") ? "on" : "off"}
      data-state={sale.state}
      data-server-time={new Date(visit.ctx.now()).toISOString()}
      data-words={saleScriptWords(visit)}
    >
      <p class="unseen" role="status" data-say />
      <SaleStage visit={visit} sale={sale} />
      <SaleItems visit={visit} sale={sale} />
      <div class="wrap sale-columns">
        <div id="take-part" data-region="action">
          {pressed?.words && <SaleNotice words={pressed.words} />}
          {pressed?.errors && <ErrorSummary visit={visit} errors={pressed.errors} />}
          {await actionOf(c, sale, pressed)}
        </div>
        <SaleNotes visit={visit} sale={sale} />
      </div>
    </div>,
    pressed?.status ?? 200,
  );
}

const beginForm = (c: Page): Form =>
  new Map([
    ["country", likelyCountry(c.var.visit.locale)],
    ["sku", c.req.query("sku") ?? ""],
  ]);

/** What this shopper can do now: buy, line up, go on waiting, or nothing. */
async function actionOf(c: Page, sale: Sale, pressed: Pressed | undefined) {
  const { visit } = c.var;
  const key = pressed?.key ?? crypto.randomUUID();
  const form = pressed?.form ?? beginForm(c);
  const errors = pressed?.errors ?? {};
  if (sale.state === "ended" || sale.state === "cancelled") return <ClosedPanel visit={visit} sale={sale} />;
  if (!sale.waiting_room) {
    if (sale.state === "sold_out") return <ClosedPanel visit={visit} sale={sale} />;
    return <SaleForm visit={visit} sale={sale} form={form} errors={errors} formKey={key} />;
  }
  const own = await readOwnEntry(c, sale.id);
  if (own?.entry.pass && own.entry.pass_expires_at && sale.state === "live") {
    const seconds = (Date.parse(own.entry.pass_expires_at) - visit.ctx.now()) / 1_000;
    const turn = { place: own.place, seconds };
    return <SaleForm visit={visit} sale={sale} form={form} errors={errors} formKey={key} turn={turn} />;
  }
  if (sale.state === "sold_out") return <ClosedPanel visit={visit} sale={sale} />;
  if (!visit.has("waiting-room")) return <RoomOffPanel visit={visit} />;
  const isInLine = own?.entry.state === "waiting";
  const waiting = isInLine ? null : (await surveyRoom(visit.ctx, sale)).waiting;
  const email = form.get("email") ?? own?.place.email;
  return (
    <LineUpPanel visit={visit} sale={sale} waiting={waiting} email={email} error={pressed?.lineUpError} formKey={key} />
  );
}
