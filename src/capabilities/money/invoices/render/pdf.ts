import { PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from "@cantoo/pdf-lib";
import type { Ctx } from "../../../../platform/context.ts";
import { asAmount } from "../../../../platform/money.ts";
import type { Invoice } from "../rules.ts";
import { ChineseFont } from "./chinese-font.ts";

/** A4 in points of 1/72 inch. */
const [WIDTH, HEIGHT, MARGIN] = [595, 842, 48];
/** Below this the foot of the page begins. */
const FOOT = MARGIN + 34;
const LINE_HEIGHT = 20;
/** Where each column begins, or ends where it holds numbers. */
const COLUMNS = [
  { title: "Meter", x: MARGIN },
  { title: "Plan", x: 196 },
  { title: "Calls", x: 316, isNumber: true },
  { title: "Charged", x: 376, isNumber: true },
  { title: "Late", x: 422, isNumber: true },
  { title: "KB", x: 474, isNumber: true },
  { title: "Cost", x: WIDTH - MARGIN, isNumber: true },
] as const;
const INK = rgb(0.1, 0.1, 0.12);
const GREY = rgb(0.42, 0.42, 0.45);
const LINE = rgb(0.82, 0.82, 0.84);
const SHADE = rgb(0.955, 0.955, 0.96);

const TITLES = { invoice: "Invoice", credit_note: "Credit note", supplement: "Supplement" } as const;
const NOTE =
  "Charged are good calls, or units; refused and failed calls are free. Late are calls slower than the plan promises.";

interface Issued {
  invoice: Invoice;
  /** Null: the month still runs. */
  issuedAt: number | null;
}

/** An invoice on A4 pages, in English, with the shop's name as it is written; times are UTC. The same invoice gives the same bytes. */
export async function asPdf({ tenant }: Ctx, { invoice, issuedAt }: Issued): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.setTitle(`${TITLES[invoice.kind]} ${invoice.id}`);
  pdf.setProducer("Souk");
  const made = new Date(issuedAt ?? 0);
  pdf.setCreationDate(made);
  pdf.setModificationDate(made);
  const plain = await pdf.embedFont(StandardFonts.Helvetica);
  const bold = await pdf.embedFont(StandardFonts.HelveticaBold);
  const sheet = new Sheet(pdf, { plain, bold });
  writeHead(sheet, tenant.name, { invoice, issuedAt });
  sheet.tableHead();
  for (const line of invoice.lines) {
    const { meter, plan, calls, units, lateCalls, bytes, micros } = line;
    const numbers = [calls, units, lateCalls].map((it) => it.toLocaleString("en"));
    sheet.row([meter, plan, ...numbers, grouped((bytes / 1024).toFixed(1)), asAmount(micros)]);
  }
  if (invoice.lines.length === 0) sheet.row(["Nothing was used.", "", "", "", "", "", ""]);
  sheet.total(`${amountOf(invoice)} ${invoice.currency}`);
  sheet.write(NOTE, { size: 8, colour: GREY });
  sheet.foot(`${invoice.id}   SHA-256 ${invoice.hash}`);
  return pdf.save({ useObjectStreams: false });
}

function writeHead(sheet: Sheet, shop: string, { invoice, issuedAt }: Issued): void {
  sheet.writeName(shop, 13);
  sheet.down(34);
  sheet.write(TITLES[invoice.kind], { size: 26, bold: true });
  sheet.writeRight(`${amountOf(invoice)} ${invoice.currency}`, 20);
  sheet.down(30);
  const issued = issuedAt === null ? "not yet: this month still runs" : new Date(issuedAt).toISOString().slice(0, 10);
  const facts = [
    ["Number", invoice.id],
    ["Client", invoice.client === "shop" ? "the shop itself" : invoice.client],
    ["Month", `${invoice.month} (UTC)`],
    ["Issued", issued],
    ...(invoice.part === 0 ? [] : [["Adds to", invoice.id.replace(/_\d+$/, "_0")]]),
  ];
  for (const [name = "", value = ""] of facts) {
    sheet.write(name, { colour: GREY });
    sheet.write(value, { x: MARGIN + 62 });
    sheet.down(15);
  }
  sheet.down(17);
}

const amountOf = ({ total, digits }: Invoice): string => grouped((total / 10 ** digits).toFixed(digits));

/** `12,345.60` of `12345.60`: digits as they are, in groups. */
const grouped = (number: string): string => number.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",");

/** A page to write on from the top, and a new one, with the table's head again, when it is full. */
class Sheet {
  private page: PDFPage;
  private y = HEIGHT - MARGIN - 12;
  private isInTable = false;
  private chinese: ChineseFont | undefined;

  constructor(
    private readonly pdf: PDFDocument,
    private readonly fonts: { plain: PDFFont; bold: PDFFont },
  ) {
    this.page = pdf.addPage([WIDTH, HEIGHT]);
  }

  down(points: number): void {
    this.y -= points;
    if (this.y > FOOT) return;
    this.page = this.pdf.addPage([WIDTH, HEIGHT]);
    this.y = HEIGHT - MARGIN - 12;
    if (this.isInTable) this.tableHead();
  }

  write(text: string, { size = 10, bold = false, colour = INK, x = MARGIN } = {}): void {
    this.page.drawText(text, { x, y: this.y, size, font: this.font(bold), color: colour });
  }

  /** In bold, up to the right margin. */
  writeRight(text: string, size: number): void {
    this.write(text, { size, bold: true, x: WIDTH - MARGIN - this.fonts.bold.widthOfTextAtSize(text, size) });
  }

  /** A name in any script: Helvetica where it has the letters, else a Chinese font. */
  writeName(name: string, size: number): void {
    if (/^[\x20-\x7e\xa0-\xff]*$/.test(name)) this.write(name, { size, bold: true });
    else {
      this.chinese ??= new ChineseFont(this.pdf);
      this.chinese.write(this.page, name, { x: MARGIN, y: this.y, size });
    }
  }

  tableHead(): void {
    const box = { x: MARGIN - 6, y: this.y - 7, width: WIDTH - 2 * MARGIN + 12, height: LINE_HEIGHT };
    this.page.drawRectangle({ ...box, color: SHADE });
    this.isInTable = false;
    this.cells(
      COLUMNS.map((it) => it.title),
      true,
    );
    this.isInTable = true;
  }

  row(cells: readonly string[]): void {
    const y = this.y - 7;
    this.page.drawLine({ start: { x: MARGIN, y }, end: { x: WIDTH - MARGIN, y }, thickness: 0.5, color: LINE });
    this.cells(cells, false);
  }

  total(amount: string): void {
    this.isInTable = false;
    this.down(4);
    this.write("Total", { size: 11, bold: true });
    this.writeRight(amount, 11);
    this.down(30);
  }

  /** On every page: which it is, of how many, and of what. */
  foot(text: string): void {
    const pages = this.pdf.getPages();
    for (const [i, page] of pages.entries()) {
      const number = `${i + 1} / ${pages.length}`;
      const x = WIDTH - MARGIN - this.fonts.plain.widthOfTextAtSize(number, 6.5);
      page.drawText(text, { x: MARGIN, y: MARGIN - 14, size: 6.5, font: this.fonts.plain, color: GREY });
      page.drawText(number, { x, y: MARGIN - 14, size: 6.5, font: this.fonts.plain, color: GREY });
    }
  }

  private cells(cells: readonly string[], bold: boolean): void {
    for (const [i, column] of COLUMNS.entries()) {
      const text = cells[i] ?? "";
      const left = "isNumber" in column ? column.x - this.font(bold).widthOfTextAtSize(text, 9) : column.x;
      this.write(text, { size: 9, bold, x: left });
    }
    this.down(LINE_HEIGHT);
  }

  private font = (bold: boolean): PDFFont => (bold ? this.fonts.bold : this.fonts.plain);
}
