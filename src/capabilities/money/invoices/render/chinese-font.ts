import {
  beginText,
  endText,
  type PDFDocument,
  PDFHexString,
  type PDFPage,
  type PDFRef,
  PDFString,
  setFontAndSize,
  setTextMatrix,
  showText,
} from "@cantoo/pdf-lib";

/**
 * A Chinese font that is named and not embedded: STSong-Light of Adobe-GB1 with the predefined CMap UniGB-UCS2-H (ISO 32000-1,
 * 9.7.5.2). Viewers bring a font for it of their own, so a page weighs 1 KB more and not 2 MB, and needs no font in the bundle.
 */
export class ChineseFont {
  private readonly font: PDFRef;

  constructor(pdf: PDFDocument) {
    const { context } = pdf;
    const descriptor = context.register(
      context.obj({
        Type: "FontDescriptor",
        FontName: "STSong-Light",
        Flags: 6,
        FontBBox: [-25, -254, 1000, 880],
        ItalicAngle: 0,
        Ascent: 880,
        Descent: -120,
        CapHeight: 880,
        StemV: 93,
      }),
    );
    const cid = context.register(
      context.obj({
        Type: "Font",
        Subtype: "CIDFontType0",
        BaseFont: "STSong-Light",
        CIDSystemInfo: {
          Registry: PDFString.of("Adobe"),
          Ordering: PDFString.of("GB1"),
          Supplement: 4,
        },
        FontDescriptor: descriptor,
        DW: 1000,
        // Adobe-GB1 has the printable ASCII characters at 1 to 95.
        W: [1, 95, 500],
      }),
    );
    this.font = context.register(
      context.obj({
        Type: "Font",
        Subtype: "Type0",
        BaseFont: "STSong-Light-UniGB-UCS2-H",
        Encoding: "UniGB-UCS2-H",
        DescendantFonts: [cid],
      }),
    );
  }

  /** Characters outside the Basic Multilingual Plane have no code in this CMap and show as a full-width space. */
  write(page: PDFPage, text: string, { x, y, size }: { x: number; y: number; size: number }): void {
    const name = page.node.newFontDictionary("Song", this.font);
    const codes = Array.from(text, (it) => (it.length > 1 ? 0x3000 : it.charCodeAt(0)).toString(16).padStart(4, "0"));
    page.pushOperators(
      beginText(),
      setFontAndSize(name, size),
      setTextMatrix(1, 0, 0, 1, x, y),
      showText(PDFHexString.of(codes.join(""))),
      endText(),
    );
  }
}
