import { PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from "@cantoo/pdf-lib";
import type { Ctx } from "../../../../platform/context.ts";
import { asAmount } from "../../../../platform/money.ts";
import type { Invoice } from "../rules.ts";
import { ChineseFont } from "./chinese-font.ts";

/** A4 in points of 1/72 inch. */
const [WIDTH, HEIGHT, MARGIN] = [595, 842, 48];
const LINE_HEIGHT = 18;
/** Where each column begins, or ends where it holds numbers. */
const COLUMNS = [
  { title: "Meter", x: MARGIN },
  { title: "Plan", x: 220 },
  { title: "Calls", x: 330, isNumber: true },
  { title: "Charged", x: 390, isNumber: true },
  { title: "KB", x: 450, isNumber: true },
  { title: "Cost", x: WIDTH - MARGIN, isNumber: true },
] as const;
const INK = rgb(0.1, 0.1, 0.12);
const GREY = rgb(0.42, 0.42, 0.45);

const TITLES = { invoice: "Invoice", credit_note: "Credit note", supplement: "Supplement" } as const;

/** An invoice on A4 pages, in English, with the shop's name as it is written; times are UTC. The same invoice gives the same bytes. */
export async function asPdf(
  { tenant }: Ctx,
  { invoice, issuedAt }: { invoice: Invoice; issuedAt: number | null },
): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const title = `${TITLES[invoice.kind]} ${invoice.id}`;
  pdf.setTitle(title);
  pdf.setProducer("Souk");
  const made = new Date(issuedAt ?? 0);
  pdf.setCreationDate(made);
  pdf.setModificationDate(made);
  const plain = await pdf.embedFont(StandardFonts.Helvetica);
  const bold = await pdf.embedFont(StandardFonts.HelveticaBold);
  const sheet = new Sheet(pdf, { plain, bold });
  sheet.write(TITLES[invoice.kind], { size: 24, font: bold });
  sheet.down(34);
  const status =
    issuedAt === null ? "Open: this month still runs" : `Issued ${new Date(issuedAt).toISOString().slice(0, 10)}`;
  sheet.writeName(tenant.name, 12);
  for (const text of [`Number ${invoice.id}`, `Month ${invoice.month} (UTC)`, status]) {
    sheet.down(16);
    sheet.write(text, { colour: GREY });
  }
  sheet.down(34);
  sheet.row(
    COLUMNS.map((it) => it.title),
    bold,
  );
  sheet.rule();
  for (const line of invoice.lines) {
    const kilobytes = (line.bytes / 1024).toFixed(1);
    sheet.row([line.meter, line.plan, String(line.calls), String(line.units), kilobytes, asAmount(line.micros)], plain);
  }
  sheet.rule();
  const total = (invoice.total / 10 ** invoice.digits).toFixed(invoice.digits);
  sheet.row(["Total", "", "", "", "", `${total} ${invoice.currency}`], bold);
  sheet.down(22);
  sheet.write(`SHA-256 ${invoice.hash}`, { size: 7, colour: GREY });
  return pdf.save({ useObjectStreams: false });
}

/** A page to write on from the top, and a new one when it is full. */
class Sheet {
  private page: PDFPage;
  private y = HEIGHT - MARGIN - 20;
  private chinese: ChineseFont | undefined;

  constructor(
    private readonly pdf: PDFDocument,
    private readonly fonts: { plain: PDFFont; bold: PDFFont },
  ) {
    this.page = pdf.addPage([WIDTH, HEIGHT]);
  }

  down(points: number): void {
    this.y -= points;
    if (this.y > MARGIN) return;
    this.page = this.pdf.addPage([WIDTH, HEIGHT]);
    this.y = HEIGHT - MARGIN;
  }

  write(text: string, { size = 10, font = this.fonts.plain, colour = INK, x = MARGIN } = {}): void {
    this.page.drawText(text, { x, y: this.y, size, font, color: colour });
  }

  /** A name in any script: Helvetica where it has the letters, else a Chinese font. */
  writeName(name: string, size: number): void {
    if (/^[\x20-\x7e\xa0-\xff]*$/.test(name)) this.write(name, { size });
    else {
      this.chinese ??= new ChineseFont(this.pdf);
      this.chinese.write(this.page, name, { x: MARGIN, y: this.y, size });
    }
  }

  row(cells: readonly string[], font: PDFFont): void {
    for (const [i, column] of COLUMNS.entries()) {
      const text = cells[i] ?? "";
      const left = "isNumber" in column ? column.x - font.widthOfTextAtSize(text, 9) : column.x;
      this.write(text, { size: 9, font, x: left });
    }
    this.down(LINE_HEIGHT);
  }

  rule(): void {
    const y = this.y + LINE_HEIGHT - 5;
    this.page.drawLine({ start: { x: MARGIN, y }, end: { x: WIDTH - MARGIN, y }, thickness: 0.5, color: GREY });
  }
}
