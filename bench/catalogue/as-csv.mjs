/** Products as a Shopify product file, one variant each unless they name several. */
const COLUMNS = [
  ...["Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published", "Option1 Name", "Option1 Value"],
  ...["Variant SKU", "Variant Grams", "Variant Inventory Qty", "Variant Price", "Image Src", "Status"],
];

const quote = (cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const line = (row) => `${COLUMNS.map((name) => quote(String(row[name] ?? ""))).join(",")}\n`;

export const csvHead = `${COLUMNS.join(",")}\n`;

/**
 * The rows of one product, `{ handle, title, html, vendor, type, tags, variants: [{ sku, option, price, onHand }] }`; a variant
 * without `onHand` leaves the stock as it is.
 */
export const csvRows = ({ handle, title, html = "", vendor = "", type = "", tags = [], variants }) =>
  variants
    .map(({ sku, option, price, onHand = "" }, i) =>
      line({
        Handle: handle,
        ...(i === 0 && {
          ...{ Title: title, "Body (HTML)": html, Vendor: vendor, Type: type, Tags: tags.join(", ") },
          ...{ Published: "true", Status: "active", "Option1 Name": option === undefined ? "Title" : "Size" },
        }),
        ...{ "Option1 Value": option ?? "Default Title", "Variant SKU": sku, "Variant Grams": 100 },
        ...{ "Variant Inventory Qty": onHand, "Variant Price": price },
      }),
    )
    .join("");
